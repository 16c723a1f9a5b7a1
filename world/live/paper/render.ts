import { TorichigaeError } from '../../../contract/index.ts'
import { NotPdf, Pdfium } from './pdfium.ts'
import { encodePng } from './png.ts'

const POINTS_PER_INCH = 72
const BGRA = 4
const WHITE = 0xffffffff
/** PDFium's flag for red first in memory, as PNG has it. */
const REVERSE_BYTE_ORDER = 0x10
const DPI_MAX = 300

/**
 * Pictures of all pages as PNG files, for people to look at. Works in the calling thread, a tenth of a second a page.
 * @param dpi dots an inch, at most 300.
 * @throws TorichigaeError UNREADABLE_IMAGE for what is no PDF. @throws RangeError for a resolution beyond its bounds.
 */
export async function renderPages(bytes: Uint8Array, dpi = 110): Promise<Uint8Array[]> {
  if (!(dpi > 0 && dpi <= DPI_MAX)) throw new RangeError(`a resolution of ${String(dpi)} dpi is not between 1 and ${String(DPI_MAX)}`)
  const pdfium = await Pdfium.start()
  try {
    return pdfium.withDocument(bytes, (document, pages) =>
      Array.from({ length: pages }, (_, index) => pdfium.withPage(document, index, (page) => renderPage(pdfium, page, dpi))),
    )
  } catch (error) {
    if (error instanceof NotPdf) throw new TorichigaeError('UNREADABLE_IMAGE', error.message, { cause: error })
    throw error
  }
}

function renderPage(pdfium: Pdfium, page: number, dpi: number): Uint8Array {
  const { raw } = pdfium
  const width = Math.round((raw._FPDF_GetPageWidth(page) * dpi) / POINTS_PER_INCH)
  const height = Math.round((raw._FPDF_GetPageHeight(page) * dpi) / POINTS_PER_INCH)
  const size = width * height * BGRA
  return pdfium.withMemory(size, (pixels) => {
    const bitmap = raw._FPDFBitmap_CreateEx(width, height, BGRA, pixels, width * BGRA)
    if (bitmap === 0) throw new NotPdf('a page is too large to be shown')
    try {
      raw._FPDFBitmap_FillRect(bitmap, 0, 0, width, height, WHITE)
      raw._FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, REVERSE_BYTE_ORDER)
      return encodePng({ width, height, rgba: raw.HEAPU8.slice(pixels, pixels + size) })
    } finally {
      raw._FPDFBitmap_Destroy(bitmap)
    }
  })
}
