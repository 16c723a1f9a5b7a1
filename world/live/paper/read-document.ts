import type { PrintedSheet } from '../../../contract/index.ts'
import { readLines } from './page-text.ts'
import { NotPdf, type Pdfium } from './pdfium.ts'

/** More pages than ten copies of the largest household; a longer document is no certificate. */
export const PAGES_MAX = 200
/** A document of this many bytes is no certificate either: a sheet takes some 20 kB. */
export const BYTES_MAX = 32 * 1024 * 1024

const PROVENANCE = /^#(?: (.*))?$/u
const END = Buffer.from('%%EOF', 'latin1')

/**
 * What each page of a PDF visibly says. Blocks its thread for some milliseconds a page.
 * @throws NotPdf for what is no PDF, is cut short, or has a page without a word.
 */
export function readDocument(pdfium: Pdfium, bytes: Uint8Array): PrintedSheet[] {
  if (bytes.length > BYTES_MAX) throw new NotPdf('it is too large for a certificate')
  if (!endsAsPdf(bytes)) throw new NotPdf('it is no whole PDF; its end is missing')
  return pdfium.withDocument(bytes, (document, pages) => {
    if (pages === 0 || pages > PAGES_MAX) throw new NotPdf(`it has ${String(pages)} pages`)
    return Array.from({ length: pages }, (_, index) =>
      pdfium.withPage(document, index, (page) => printedSheetOf(readLines(pdfium, page), index)),
    )
  })
}

/** PDFium mends a cut file as well as it can, and so would read half a certificate as a whole one. */
function endsAsPdf(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).subarray(-64).includes(END)
}

/** The machine's line is the last one on the page and is known by its prefix; without it the rest reads the same. */
function printedSheetOf(lines: readonly string[], index: number): PrintedSheet {
  const provenance = PROVENANCE.exec(lines.at(-1) ?? '')
  const text = provenance === null ? lines : lines.slice(0, -1)
  if (text.length === 0) throw new NotPdf(`page ${String(index + 1)} has no text`)
  return provenance === null ? { text } : { text, provenance: provenance[1] ?? '' }
}
