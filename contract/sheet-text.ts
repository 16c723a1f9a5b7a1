import { FAMILY_REGISTER_TITLES, familyRegisterLines, readFamilyRegister } from './family-register-text.ts'
import { ITEMS_TITLE, itemsLines, readItems } from './items-text.ts'
import { readResidenceRecord, residenceRecordLines } from './residence-record-text.ts'
import { readSealCertificate, sealCertificateLines } from './seal-certificate-text.ts'
import { SheetLines, UnreadableLine } from './sheet-lines.ts'
import type { PrintedSheet, Sheet } from './sheet.ts'
import { readSupplement, SUPPLEMENT_TITLE, supplementLines } from './supplement-text.ts'
import { INCOME_TITLE, incomeTaxLines, PAYMENT_TITLE, readIncomeTax, readTaxPayment, taxPaymentLines } from './tax-text.ts'

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
  return { text: [SPECIMEN, ...linesOf(sheet)], provenance: sheet.provenance }
}

function linesOf(sheet: Sheet): string[] {
  switch (sheet.type) {
    case 'residence-record':
      return residenceRecordLines(sheet)
    case 'certificate-of-items':
      return itemsLines(sheet)
    case 'seal-certificate':
      return sealCertificateLines(sheet)
    case 'income-tax-certificate':
      return incomeTaxLines(sheet)
    case 'tax-payment-certificate':
      return taxPaymentLines(sheet)
    case 'family-register':
    case 'family-register-extract':
      return familyRegisterLines(sheet)
    case 'register-supplement':
      return supplementLines(sheet)
  }
}

type Reader = (lines: SheetLines, provenance: string) => Sheet

/** Who reads a sheet, by the first word of its title; a residence record's where nobody knows it. */
const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['印鑑登録証明書', readSealCertificate],
  [ITEMS_TITLE, readItems],
  [INCOME_TITLE, readIncomeTax],
  [PAYMENT_TITLE, readTaxPayment],
  [SUPPLEMENT_TITLE, readSupplement],
  ...FAMILY_REGISTER_TITLES.map((title): [string, Reader] => [title, readFamilyRegister]),
])

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
    const [title = ''] = lines.peek()?.split(' ') ?? []
    return { sheet: (READERS.get(title) ?? readResidenceRecord)(lines, provenance) }
  } catch (error) {
    if (error instanceof UnreadableLine) return { unreadable: error.message }
    throw error
  }
}
