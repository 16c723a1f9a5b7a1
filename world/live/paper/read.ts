import type { PrintedSheet } from '../../../contract/index.ts'
import { ReaderPool } from './reader-pool.ts'

/** The process's readers. They have no state of their own that one document could leave for another. */
const pool = new ReaderPool()

/**
 * Reads a PDF as a person reads paper: each page's lines from top to bottom, labels and values with a space between them.
 * Nothing but visible text counts; the machine's line at the very bottom is given apart, and is absent where there is none.
 * PDFium does it, in threads of its own.
 * @throws TorichigaeError UNREADABLE_IMAGE for what is no PDF, is cut short, or has a page without text.
 */
export function readPdf(bytes: Uint8Array): Promise<PrintedSheet[]> {
  return pool.read(bytes)
}

/** Ends the reader threads, which otherwise end with the process. Reading again starts them again. */
export function closeReaders(): Promise<void> {
  return pool.close()
}
