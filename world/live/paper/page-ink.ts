import { Refusal } from '../../../contract/index.ts'
import type { EmbeddedFont } from './embedded-font.ts'
import type { Face } from './face.ts'
import type { Fonts, PlacedGlyph } from './fonts.ts'
import { MIN_SIZE, PADDING, type Cell, type Ink } from './page-form.ts'

const COLOURS = { black: '0 g', red: '0.82 0.1 0.08 rg', grey: '0.55 g' } as const satisfies Record<Ink, string>

/** Writes words on one page, as operators of PDF in a space that runs downwards. */
export class PageInk {
  private readonly operators: string[] = []
  private state = ''

  constructor(
    private readonly fonts: Fonts,
    private readonly embedded: (face: Face) => EmbeddedFont,
  ) {}

  /**
   * Sets a word in its cell and gives back where it ends. A word that is too wide is set smaller.
   * @throws Refusal TEXT_TOO_LONG if it would be smaller than anyone can read, GLYPH_PENDING if a character has no glyph.
   */
  word(cell: Cell, baseline: number): number {
    const glyphs = this.fonts.place(cell.text)
    const room = cell.width - 2 * PADDING
    const ems = glyphs.reduce((sum, { width }) => sum + width, 0) / 1000
    const size = round(Math.min(cell.size, room / ems))
    if (size < Math.min(cell.size, MIN_SIZE)) throw new Refusal('TEXT_TOO_LONG')
    const indent = cell.align === 'centre' ? (room - size * ems) / 2 : 0
    let x = cell.x + PADDING + indent
    for (const run of runsOf(glyphs)) x = this.run(run, x, baseline, size, cell.ink)
    return x
  }

  /** All that was written, as one text object. */
  toString(): string {
    return `BT\n${this.operators.join('\n')}\nET`
  }

  private run(glyphs: readonly PlacedGlyph[], x: number, y: number, size: number, ink: Ink): number {
    const [first] = glyphs
    if (first === undefined) return x
    const font = this.embedded(first.face)
    const state = `${COLOURS[ink]} /${font.key} ${String(size)} Tf`
    if (state !== this.state) this.operators.push((this.state = state))
    const codes = glyphs.map((glyph) => font.encode(glyph)).join('')
    this.operators.push(`1 0 0 -1 ${String(round(x))} ${String(round(y))} Tm <${codes}> Tj`)
    return x + (size * glyphs.reduce((sum, { width }) => sum + width, 0)) / 1000
  }
}

/** Neighbours that one font draws. */
function runsOf(glyphs: readonly PlacedGlyph[]): PlacedGlyph[][] {
  const runs: PlacedGlyph[][] = []
  let face: Face | undefined
  for (const glyph of glyphs) {
    if (glyph.face !== face) runs.push([])
    face = glyph.face
    runs.at(-1)?.push(glyph)
  }
  return runs
}

/** Hundredths of a point, downwards: a word must not outgrow its cell by rounding. */
function round(points: number): number {
  return Math.floor(points * 100) / 100
}
