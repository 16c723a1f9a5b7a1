import { readResidenceRecord, residenceRecordLines } from './residence-record-text.ts'
import { readSealCertificate, sealCertificateLines } from './seal-certificate-text.ts'
import { SheetLines, UnreadableLine } from './sheet-lines.ts'
import type { PrintedSheet, Sheet } from './sheet.ts'

/**
 * The words on a sheet. `printedSheet` is what a typed sheet looks like line by line, `readSheet` the typed sheet that
 * lines say. Both worlds print these lines, and a reader of a PDF has to give them back exactly; the oracle knows a sheet
 * only through them.
 *
 * A line is labels and values with one ASCII space between them. Values never contain an ASCII space (a name has U+3000
 * between family and given name), so a line has one reading only.
 */
export const SPECIMEN = '見本'

/** The lines of a sheet, top to bottom. */
export function printedSheet(sheet: Sheet): PrintedSheet {
  const lines = sheet.type === 'residence-record' ? residenceRecordLines(sheet) : sealCertificateLines(sheet)
  return { text: [SPECIMEN, ...lines], provenance: sheet.provenance }
}

/** What can be read of a sheet, or in one sentence why it cannot be read. */
export type SheetReading = { readonly sheet: Sheet } | { readonly unreadable: string }

/**
 * Reads the lines of one sheet. The provenance line is carried over when there is one and empty otherwise; nothing else
 * depends on it. Lines that are no part of a certificate make the sheet unreadable rather than being skipped.
 */
export function readSheet({ text, provenance = '' }: PrintedSheet): SheetReading {
  const lines = new SheetLines(text)
  try {
    lines.exactly('the specimen mark', SPECIMEN)
    const seal = lines.peek()?.startsWith('印鑑登録証明書 ') === true
    return { sheet: seal ? readSealCertificate(lines, provenance) : readResidenceRecord(lines, provenance) }
  } catch (error) {
    if (error instanceof UnreadableLine) return { unreadable: error.message }
    throw error
  }
}
