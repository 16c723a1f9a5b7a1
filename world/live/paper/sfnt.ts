/**
 * A TrueType file as its tables, read where they lie. This replaces fontkit for drawing: its layout ignores most variation
 * selectors, and its glyph objects remember the code points of whichever document asked first, so that a later document
 * with another character of the same glyph (一 and ⼀) says the earlier one. Here nothing is remembered but the bytes.
 */
export class Sfnt {
  private readonly tables = new Map<string, DataView>()
  readonly head: DataView
  readonly glyphCount: number
  private readonly outlineOffsets: DataView
  private readonly outlines: DataView
  private readonly metrics: DataView
  private readonly metricCount: number

  /** @throws Error for a font other than TrueType outlines with long offsets; ours are, and a new version may not be. */
  constructor(private readonly bytes: Uint8Array) {
    const file = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    for (let i = 0; i < file.getUint16(4); i += 1) {
      const entry = 12 + 16 * i
      const tag = String.fromCharCode(...bytes.subarray(entry, entry + 4))
      const offset = bytes.byteOffset + file.getUint32(entry + 8)
      this.tables.set(tag, new DataView(bytes.buffer, offset, file.getUint32(entry + 12)))
    }
    this.head = this.table('head')
    if (this.head.getInt16(50) !== 1) throw new Error('the font has short outline offsets, which is not supported')
    this.glyphCount = this.table('maxp').getUint16(4)
    this.outlineOffsets = this.table('loca')
    this.outlines = this.table('glyf')
    this.metrics = this.table('hmtx')
    this.metricCount = this.table('hhea').getUint16(34)
  }

  /** @throws Error if the font has no such table. */
  table(tag: string): DataView {
    const view = this.tables.get(tag)
    if (view === undefined) throw new Error(`the font has no table "${tag}"`)
    return view
  }

  get unitsPerEm(): number {
    return this.head.getUint16(18)
  }

  /** Width of a glyph in font units. */
  advance(glyph: number): number {
    return this.metrics.getUint16(4 * Math.min(glyph, this.metricCount - 1))
  }

  leftBearing(glyph: number): number {
    const beyond = glyph - this.metricCount
    return this.metrics.getInt16(beyond < 0 ? 4 * glyph + 2 : 4 * this.metricCount + 2 * beyond)
  }

  /** The glyph's record in `glyf`; empty for a blank glyph. */
  outline(glyph: number): DataView {
    const from = this.outlineOffsets.getUint32(4 * glyph)
    const to = this.outlineOffsets.getUint32(4 * glyph + 4)
    return new DataView(this.bytes.buffer, this.outlines.byteOffset + from, to - from)
  }

  /** The PostScript name (name 6, Windows). */
  get postScriptName(): string {
    const names = this.table('name')
    const strings = names.getUint16(4)
    for (let i = 0; i < names.getUint16(2); i += 1) {
      const entry = 6 + 12 * i
      if (names.getUint16(entry) !== 3 || names.getUint16(entry + 6) !== 6) continue
      const from = strings + names.getUint16(entry + 10)
      let name = ''
      for (let at = from; at < from + names.getUint16(entry + 8); at += 2) name += String.fromCharCode(names.getUint16(at))
      return name
    }
    throw new Error('the font has no PostScript name')
  }
}
