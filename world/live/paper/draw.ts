import PDFDocument from 'pdfkit'
import type { Sheet, Slip } from '../../../contract/index.ts'
import { EmbeddedFont } from './embedded-font.ts'
import type { Face } from './face.ts'
import { loadFonts, type Fonts } from './fonts.ts'
import { makeOrnaments, SEAL_SIDE, type Ornament } from './ornaments.ts'
import { PAGE, pageForm, type Frame, type PageForm } from './page-form.ts'
import { PageInk } from './page-ink.ts'
import { SLIP_WIDTH, slipForm } from './slip-form.ts'

/** What all documents share: parsed fonts and ready-made drawings. Nothing of a document is kept in it. */
interface Press {
  readonly fonts: Fonts
  readonly watermark: Ornament
  readonly seal: Ornament
}

let press: Press | undefined

/** Made at the first sheet, because a process that draws nothing should not read the fonts. */
function thePress(): Press {
  if (press === undefined) {
    const fonts = loadFonts()
    const [watermark, seal] = makeOrnaments(fonts, PAGE)
    press = { fonts, watermark, seal }
  }
  return press
}

/**
 * Draws sheets as a PDF, an A4 page each. A pure function: the same sheets give the same bytes, without dates or ids of its
 * own, and nothing of one document reaches another. Every page bears the watermark 見本.
 *
 * pdfkit writes the file; text and its fonts are written by `EmbeddedFont` and `PageInk`, because pdfkit leaves both to
 * fontkit (see `sfnt.ts` for what is wrong with that).
 * A value that is empty or all blanks leaves its cell empty, and so reads as no value at all.
 * @throws Refusal GLYPH_PENDING, TEXT_TOO_LONG
 * @throws RangeError for no sheets, or too many people on one.
 */
export function drawSheets(sheets: readonly Sheet[]): Promise<Uint8Array> {
  return new Promise((resolve) => {
    resolve(new Drawing(thePress()).draw(sheets))
  })
}

/** Draws a slip of the receipt printer as a PDF of one page, as {@link drawSheets} draws sheets: the same slip, the same bytes. */
export function drawSlip(slip: Slip): Promise<Uint8Array> {
  return new Promise((resolve) => {
    resolve(new Drawing(thePress()).drawSlip(slip))
  })
}

/** One document while it is drawn. */
class Drawing {
  private readonly document = new PDFDocument({
    autoFirstPage: false,
    font: '',
    info: { Producer: 'torichigae', Creator: 'torichigae', CreationDate: new Date(0) },
  })
  private readonly embedded = new Map<Face, EmbeddedFont>()
  constructor(private readonly press: Press) {}

  draw(sheets: readonly Sheet[]): Uint8Array {
    if (sheets.length === 0) throw new RangeError('there are no sheets to draw')
    const watermark = this.ornament(this.press.watermark)
    const seal = this.ornament(this.press.seal)
    for (const sheet of sheets) {
      this.document.addPage({ size: [PAGE.width, PAGE.height], margin: 0 })
      Object.assign(this.document.page.xobjects, { Watermark: watermark, Seal: seal })
      this.page(pageForm(sheet))
    }
    return this.finish()
  }

  drawSlip(slip: Slip): Uint8Array {
    const { form, height } = slipForm(slip)
    this.document.addPage({ size: [SLIP_WIDTH, height], margin: 0 })
    Object.assign(this.document.page.xobjects, { Watermark: this.ornament(this.press.watermark) })
    this.page(form, SLIP_WIDTH / PAGE.width)
    return this.finish()
  }

  private finish(): Uint8Array {
    for (const font of this.embedded.values()) font.write()
    this.document.end()
    return wholeOf(this.document)
  }

  /** @param scale of the watermark, which is made for A4 */
  private page(form: PageForm, scale = 1): void {
    this.document.addContent(`q ${String(scale)} 0 0 ${String(scale)} 0 0 cm /${this.press.watermark.key} Do Q`)
    this.document.addContent(ruling(form))
    const ink = new PageInk(this.press.fonts, (face) => this.fontOf(face))
    for (const row of form.rows) {
      let end = 0
      for (const cell of row.cells) end = ink.word(cell, row.baseline)
      if (row.baseline === form.sealBaseline) this.stamp(end + 6, row.baseline - 0.6 * SEAL_SIDE)
    }
    this.document.addContent(ink.toString())
    for (const font of this.embedded.values()) Object.assign(this.document.page.fonts, { [font.key]: font.reference })
  }

  private stamp(x: number, y: number): void {
    this.document.addContent(`q 1 0 0 1 ${point(x, y)} cm /${this.press.seal.key} Do Q`)
  }

  private fontOf(face: Face): EmbeddedFont {
    let font = this.embedded.get(face)
    if (font === undefined) {
      font = new EmbeddedFont(this.document, face, `F${String(this.embedded.size + 1)}`)
      this.embedded.set(face, font)
    }
    return font
  }

  private ornament({ box, operators }: Ornament): PDFKit.PDFKitReference {
    const drawing = this.document.ref({ Type: 'XObject', Subtype: 'Form', BBox: box, Filter: 'FlateDecode' })
    drawing.end(operators)
    return drawing
  }
}

/** Thin lines around the cells, heavier ones around frames, one across what is left free. */
function ruling({ rows, frames, unused, stamp }: PageForm): string {
  const cells = rows.flatMap(({ cells, ruled }) =>
    ruled === undefined ? [] : cells.map(({ x, width }) => rectangle({ x, width, y: ruled.top, height: ruled.height })),
  )
  const slash = unused === undefined ? '' : `${point(unused.x, unused.y + unused.height)} m ${point(unused.x + unused.width, unused.y)} l S`
  const heavy = frames.map((frame) => `${frame.ink === 'red' ? '0.82 0.1 0.08 RG' : '0 G'} ${rectangle(frame)} S`)
  const oval = stamp === undefined ? '' : `0.82 0.1 0.08 RG 1.6 w ${ellipse(stamp)} S`
  return ['q 0.4 w 0.25 G', ...cells, 'S', slash, '1 w', ...heavy, oval, 'Q'].join('\n')
}

/** Four Bézier curves; 0.5523 is the control points' distance that comes nearest to an ellipse. */
function ellipse({ x, y, width, height }: Frame): string {
  const [rx, ry] = [width / 2, height / 2]
  const [cx, cy, kx, ky] = [x + rx, y + ry, 0.5523 * rx, 0.5523 * ry]
  const curve = (...points: readonly (readonly [number, number])[]): string => `${points.map(([px, py]) => point(px, py)).join(' ')} c`
  return [
    `${point(cx + rx, cy)} m`,
    curve([cx + rx, cy + ky], [cx + kx, cy + ry], [cx, cy + ry]),
    curve([cx - kx, cy + ry], [cx - rx, cy + ky], [cx - rx, cy]),
    curve([cx - rx, cy - ky], [cx - kx, cy - ry], [cx, cy - ry]),
    curve([cx + kx, cy - ry], [cx + rx, cy - ky], [cx + rx, cy]),
  ].join('\n')
}

function rectangle({ x, y, width, height }: Pick<Frame, 'x' | 'y' | 'width' | 'height'>): string {
  return `${point(x, y)} ${point(width, height)} re`
}

function point(x: number, y: number): string {
  return `${String(Math.round(x * 100) / 100)} ${String(Math.round(y * 100) / 100)}`
}

/** pdfkit has written everything by the time its `end` returns, so no event needs to be awaited. */
function wholeOf(document: PDFKit.PDFDocument): Uint8Array {
  const bytes: unknown = document.read()
  if (!(bytes instanceof Uint8Array)) throw new Error('pdfkit gave no bytes')
  return bytes
}
