import { NotPdf, type Pdfium } from './pdfium.ts'

/** A character as it stands on a page: where it begins, where it ends, its baseline; points, from the page's lower left. */
interface Mark {
  readonly text: string
  readonly x: number
  readonly end: number
  readonly y: number
}

/** Baselines nearer than this are one line; the form has none nearer than 12. */
const SAME_LINE = 2
/** A gap wider than this is a space; the form has none narrower than 6, and none within a word. */
const SPACE_GAP = 3
/** More than any sheet has; a page with more is no certificate. */
const MARKS_MAX = 20_000

/** Text render modes without ink. */
const HIDDEN_MODES: ReadonlySet<number> = new Set([3, 7])
const NEAR_WHITE = 0xf4

/**
 * The lines of a page from top to bottom, as the eye finds them: characters on one baseline from left to right, and a space
 * where there is a gap. The order in which a program wrote them counts for nothing; what it wrote invisibly, white or off
 * the page is not read.
 * @throws NotPdf if a character on the page has no known meaning.
 */
export function readLines(pdfium: Pdfium, page: number): string[] {
  const text = pdfium.raw._FPDFText_LoadPage(page)
  if (text === 0) throw new NotPdf('a page has no text')
  try {
    return pdfium.withMemory(40, (scratch) => linesOf(new MarkReader(pdfium, page, text, scratch).read()))
  } finally {
    pdfium.raw._FPDFText_ClosePage(text)
  }
}

class MarkReader {
  private readonly width: number
  private readonly height: number
  private object = 0
  private visible = true

  constructor(
    private readonly pdfium: Pdfium,
    page: number,
    private readonly text: number,
    private readonly scratch: number,
  ) {
    this.width = pdfium.raw._FPDF_GetPageWidth(page)
    this.height = pdfium.raw._FPDF_GetPageHeight(page)
  }

  read(): Mark[] {
    const { raw } = this.pdfium
    const count = raw._FPDFText_CountChars(this.text)
    if (count > MARKS_MAX) throw new NotPdf('a page has more text than a sheet')
    const marks: Mark[] = []
    for (let i = 0; i < count; i += 1) {
      // PDFium adds blanks and line ends by rules of its own; ours are in `linesOf`.
      if (raw._FPDFText_IsGenerated(this.text, i) === 1) continue
      const mark = this.mark(i)
      if (mark !== undefined) marks.push(mark)
    }
    return marks
  }

  private mark(i: number): Mark | undefined {
    const { raw } = this.pdfium
    const { scratch, text } = this
    if (!this.isVisible(i) || raw._FPDFText_GetCharOrigin(text, i, scratch, scratch + 8) === 0) return undefined
    const memory = this.pdfium.memory()
    const x = memory.getFloat64(scratch, true)
    const y = memory.getFloat64(scratch + 8, true)
    if (x < 0 || y < 0 || x > this.width || y > this.height) return undefined
    if (raw._FPDFText_HasUnicodeMapError(text, i) === 1) throw new NotPdf('a character has no known meaning')
    raw._FPDFText_GetLooseCharBox(text, i, scratch)
    return { text: this.character(i), x, end: memory.getFloat32(scratch + 8, true), y }
  }

  /** PDFium marks a hyphen at a line's end, to join words of Latin text; on a form it is a hyphen. */
  private character(i: number): string {
    const { raw } = this.pdfium
    return raw._FPDFText_IsHyphen(this.text, i) === 1 ? '-' : String.fromCodePoint(raw._FPDFText_GetUnicode(this.text, i))
  }

  /** Colour and mode belong to a run of text, so they are asked once for each. */
  private isVisible(i: number): boolean {
    const { raw } = this.pdfium
    const object = raw._FPDFText_GetTextObject(this.text, i)
    if (object === this.object) return this.visible
    this.object = object
    const at = this.scratch + 16
    const coloured = raw._FPDFText_GetFillColor(this.text, i, at, at + 4, at + 8, at + 12) !== 0
    const [red, green, blue, alpha] = [0, 4, 8, 12].map((offset) => this.pdfium.memory().getUint32(at + offset, true))
    const white = Math.min(red ?? 0, green ?? 0, blue ?? 0) >= NEAR_WHITE
    this.visible = !HIDDEN_MODES.has(raw._FPDFTextObj_GetTextRenderMode(object)) && !(coloured && (white || alpha === 0))
    return this.visible
  }
}

function linesOf(marks: readonly Mark[]): string[] {
  const lines: Mark[][] = []
  for (const mark of marks.toSorted((a, b) => b.y - a.y)) {
    const line = lines.at(-1)
    if (line?.[0] !== undefined && line[0].y - mark.y <= SAME_LINE) line.push(mark)
    else lines.push([mark])
  }
  return lines.map(lineText).filter((line) => line !== '')
}

/** Equal places keep their order: a variation selector stands where its base stands. */
function lineText(marks: readonly Mark[]): string {
  let text = ''
  let end = Number.POSITIVE_INFINITY
  for (const mark of marks.toSorted((a, b) => a.x - b.x)) {
    const gap = mark.x - end > SPACE_GAP && mark.text !== ' ' && !text.endsWith(' ')
    text += gap ? ` ${mark.text}` : mark.text
    end = Math.max(mark.end, mark.x)
  }
  return text.replace(/^ +| +$/g, '')
}
