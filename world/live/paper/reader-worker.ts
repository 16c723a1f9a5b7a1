import { parentPort } from 'node:worker_threads'
import { NotPdf, Pdfium } from './pdfium.ts'
import { readDocument } from './read-document.ts'
import type { ReadAnswer, ReadRequest } from './reader-pool.ts'

/**
 * A thread that reads PDFs, one after the other. What PDFium cannot read is an answer; anything else that it throws may have
 * left its memory broken, so a new instance takes its place.
 */
let pdfium: Pdfium | undefined

async function answer({ id, bytes }: ReadRequest): Promise<ReadAnswer> {
  try {
    pdfium ??= await Pdfium.start()
    return { id, sheets: readDocument(pdfium, bytes) }
  } catch (error) {
    if (error instanceof NotPdf) return { id, unreadable: error.message }
    pdfium = undefined
    return { id, unreadable: 'PDFium gave up on it' }
  }
}

parentPort?.on('message', (request: ReadRequest) => {
  void answer(request).then((reply) => parentPort?.postMessage(reply))
})
