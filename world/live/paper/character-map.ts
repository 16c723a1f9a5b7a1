/**
 * Which glyph stands for a character: `cmap` format 12 for code points and format 14 for a base with a variation selector.
 * A pair that format 14 does not list has no glyph, even where the base alone has one: showing the plain form of a name
 * that asks for another would be a silent substitution.
 */
export class CharacterMap {
  private readonly plain: DataView
  private readonly variations: DataView | undefined

  /** @param cmap the font's table. @throws Error if it has no format 12. */
  constructor(cmap: DataView) {
    const subtables = new Map<number, DataView>()
    for (let i = 0; i < cmap.getUint16(2); i += 1) {
      const offset = cmap.getUint32(4 + 8 * i + 4)
      subtables.set(cmap.getUint16(offset), new DataView(cmap.buffer, cmap.byteOffset + offset, cmap.byteLength - offset))
    }
    const plain = subtables.get(12)
    if (plain === undefined) throw new Error('the font has no character map of format 12')
    this.plain = plain
    this.variations = subtables.get(14)
  }

  /** The glyph of a code point by itself; `undefined` if the font lacks it. */
  glyph(codePoint: number): number | undefined {
    const view = this.plain
    const group = find(view.getUint32(12), (i) => {
      const at = 16 + 12 * i
      return codePoint < view.getUint32(at) ? -1 : codePoint > view.getUint32(at + 4) ? 1 : 0
    })
    if (group === undefined) return undefined
    const at = 16 + 12 * group
    const glyph = view.getUint32(at + 8) + codePoint - view.getUint32(at)
    return glyph === 0 ? undefined : glyph
  }

  /** The glyph of base and selector; the plain glyph only where the font says that it is the one meant. */
  variation(codePoint: number, selector: number): number | undefined {
    const view = this.variations
    if (view === undefined) return undefined
    const record = find(view.getUint32(6), (i) => selector - uint24(view, 10 + 11 * i))
    if (record === undefined) return undefined
    const usual = view.getUint32(10 + 11 * record + 3)
    const other = view.getUint32(10 + 11 * record + 7)
    if (usual !== 0 && inRanges(view, usual, codePoint)) return this.glyph(codePoint)
    if (other === 0) return undefined
    const mapping = find(view.getUint32(other), (i) => codePoint - uint24(view, other + 4 + 5 * i))
    return mapping === undefined ? undefined : view.getUint16(other + 4 + 5 * mapping + 3)
  }
}

function inRanges(view: DataView, table: number, codePoint: number): boolean {
  const range = find(view.getUint32(table), (i) => {
    const at = table + 4 + 4 * i
    const start = uint24(view, at)
    return codePoint < start ? -1 : codePoint > start + view.getUint8(at + 3) ? 1 : 0
  })
  return range !== undefined
}

function uint24(view: DataView, at: number): number {
  return view.getUint16(at) * 256 + view.getUint8(at + 2)
}

/** Binary search over `count` ordered records; `compare` is negative if what is sought stands before record `i`. */
function find(count: number, compare: (i: number) => number): number | undefined {
  let low = 0
  let high = count - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const order = compare(middle)
    if (order === 0) return middle
    if (order < 0) high = middle - 1
    else low = middle + 1
  }
  return undefined
}
