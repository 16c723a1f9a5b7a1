import { PDFiumModule } from '@hyzyla/pdfium'

/**
 * PDFium, Chrome's engine, as WebAssembly. The package's own classes never close a page after its text is read and give no
 * positions, so its raw module is called here; the functions below are PDFium's public ones (`fpdf_text.h`, `fpdfview.h`),
 * of which the package declares only a part. Pointers are offsets in the module's memory, 0 is "none".
 */
interface RawPdfium {
  readonly HEAPU8: Uint8Array
  readonly wasmExports: { readonly malloc: (size: number) => number; readonly free: (pointer: number) => void }
  _FPDF_InitLibraryWithConfig(config: object): void
  _FPDF_LoadMemDocument(bytes: number, size: number, password: number): number
  _FPDF_CloseDocument(document: number): void
  _FPDF_GetPageCount(document: number): number
  _FPDF_LoadPage(document: number, index: number): number
  _FPDF_ClosePage(page: number): void
  _FPDF_GetPageWidth(page: number): number
  _FPDF_GetPageHeight(page: number): number
  _FPDFText_LoadPage(page: number): number
  _FPDFText_ClosePage(text: number): void
  _FPDFText_CountChars(text: number): number
  _FPDFText_GetUnicode(text: number, index: number): number
  _FPDFText_IsGenerated(text: number, index: number): number
  _FPDFText_IsHyphen(text: number, index: number): number
  _FPDFText_HasUnicodeMapError(text: number, index: number): number
  _FPDFText_GetTextObject(text: number, index: number): number
  _FPDFText_GetCharOrigin(text: number, index: number, x: number, y: number): number
  _FPDFText_GetLooseCharBox(text: number, index: number, box: number): number
  _FPDFText_GetFillColor(text: number, index: number, r: number, g: number, b: number, a: number): number
  _FPDFTextObj_GetTextRenderMode(object: number): number
  _FPDFBitmap_CreateEx(width: number, height: number, format: number, buffer: number, stride: number): number
  _FPDFBitmap_FillRect(bitmap: number, left: number, top: number, width: number, height: number, colour: number): void
  _FPDFBitmap_Destroy(bitmap: number): void
  _FPDF_RenderPageBitmap(bitmap: number, page: number, x: number, y: number, width: number, height: number, rotate: number, flags: number): void
}

/** One instance of the library with memory of its own; not to be used from two calls at once. */
export class Pdfium {
  private view: DataView
  private constructor(readonly raw: RawPdfium) {
    this.view = new DataView(raw.HEAPU8.buffer)
  }

  static async start(): Promise<Pdfium> {
    // The package's declarations name only some of the functions that its WebAssembly exports.
    const raw = (await PDFiumModule({})) as unknown as RawPdfium
    raw._FPDF_InitLibraryWithConfig({ version: 2, m_pIsolate: null, m_pUserFontPaths: null, m_v8EmbedderSlot: 0, m_pPlatform: null })
    return new Pdfium(raw)
  }

  /** The module's memory. Ask anew after every call into it: when it grows, the old one is gone. */
  memory(): DataView {
    if (this.view.buffer !== this.raw.HEAPU8.buffer) this.view = new DataView(this.raw.HEAPU8.buffer)
    return this.view
  }

  /** Opens a document, hands `use` its handle and number of pages, closes it. @throws NotPdf if PDFium cannot open it. */
  withDocument<T>(bytes: Uint8Array, use: (document: number, pages: number) => T): T {
    return this.withMemory(Math.max(1, bytes.length), (pointer) => {
      this.raw.HEAPU8.set(bytes, pointer)
      const document = this.raw._FPDF_LoadMemDocument(pointer, bytes.length, 0)
      if (document === 0) throw new NotPdf('it is no PDF')
      try {
        return use(document, this.raw._FPDF_GetPageCount(document))
      } finally {
        this.raw._FPDF_CloseDocument(document)
      }
    })
  }

  /** Opens page `index` (from 0). @throws NotPdf if it cannot be opened. */
  withPage<T>(document: number, index: number, use: (page: number) => T): T {
    const page = this.raw._FPDF_LoadPage(document, index)
    if (page === 0) throw new NotPdf(`page ${String(index + 1)} cannot be opened`)
    try {
      return use(page)
    } finally {
      this.raw._FPDF_ClosePage(page)
    }
  }

  /** Lends `size` bytes of the module's memory. */
  withMemory<T>(size: number, use: (pointer: number) => T): T {
    const pointer = this.raw.wasmExports.malloc(size)
    if (pointer === 0) throw new NotPdf('it is too large')
    try {
      return use(pointer)
    } finally {
      this.raw.wasmExports.free(pointer)
    }
  }
}

/** What was given is not a PDF with readable pages; the message says why, without personal data. */
export class NotPdf extends Error {}
