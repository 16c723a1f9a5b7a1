import { CharacterMap } from './character-map.ts'
import type { Cluster } from './clusters.ts'
import { Sfnt } from './sfnt.ts'

/**
 * Characters that one glyph beside another cannot show, or not so that they are read as what they are: private use (another
 * glyph in each city), controls, marks that need placing over their base, blanks that no reader tells apart, and ligatures
 * (U+FB00 to U+FB06), which are read as their letters. U+3000 and the ASCII space remain.
 */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{M}\p{Z}\uFB00-\uFB06]/u
const BLANKS: ReadonlySet<string> = new Set([' ', '\u3000'])

/** True for a character that is set without ink. */
export function isBlank(cluster: Cluster): boolean {
  return BLANKS.has(cluster)
}

/** A parsed font: read once, shared by all documents, and never changed by one. */
export class Face {
  readonly name: string
  private readonly characters: CharacterMap
  private readonly glyphs = new Map<Cluster, number | undefined>()

  constructor(readonly font: Sfnt) {
    this.name = font.postScriptName
    this.characters = new CharacterMap(font.table('cmap'))
  }

  static parse(bytes: Uint8Array): Face {
    return new Face(new Sfnt(bytes))
  }

  /** The glyph that shows exactly this cluster; `undefined` if the font has none. */
  glyph(cluster: Cluster): number | undefined {
    const known = this.glyphs.get(cluster)
    if (known !== undefined) return known
    const glyph = this.find(cluster)
    if (glyph !== undefined) this.glyphs.set(cluster, glyph)
    return glyph
  }

  /** Width of a glyph in thousandths of its size. */
  width(glyph: number): number {
    return (this.font.advance(glyph) * 1000) / this.font.unitsPerEm
  }

  private find(cluster: Cluster): number | undefined {
    const [base = '', selector, ...more] = cluster
    if (more.length > 0 || (UNPRINTABLE.test(base) && !isBlank(base))) return undefined
    const codePoint = base.codePointAt(0)
    if (codePoint === undefined) return undefined
    return selector === undefined
      ? this.characters.glyph(codePoint)
      : this.characters.variation(codePoint, selector.codePointAt(0) ?? 0)
  }
}
