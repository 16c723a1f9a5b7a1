import { toEraDate } from './era.ts'
import type { SealCertificateSheet } from './sheet.ts'
import { certifyingLines, DATE, isoDate, readCertifyingLines, sheetNumber, type SheetLines, titlePattern } from './sheet-lines.ts'

const SENTENCE = 'この写しは、登録された印影と相違ないことを証明する。'
const TITLE = titlePattern('印鑑登録証明書')
const BORN = new RegExp(`^生年月日 ${DATE}$`)

/** The lines of a seal certificate's sheet below the specimen mark. */
export const sealCertificateLines = (sheet: SealCertificateSheet): string[] => [
  `印鑑登録証明書 ${sheetNumber(sheet)}`,
  `印影 ${sheet.impression}`,
  `氏名 ${sheet.name}`,
  `生年月日 ${toEraDate(sheet.birthDate)}`,
  `住所 ${sheet.address}`,
  ...certifyingLines(SENTENCE, sheet),
]

/** Reads a seal certificate's sheet from its title on. @throws UnreadableLine */
export function readSealCertificate(lines: SheetLines, provenance: string): SealCertificateSheet {
  const [, of, k] = lines.match('the title', TITLE)
  const impression = lines.labelled('印影')
  const name = lines.labelled('氏名')
  const [, birthDate] = lines.match('the birth date', BORN)
  const address = lines.labelled('住所')
  const frame = readCertifyingLines(lines, SENTENCE)
  return { type: 'seal-certificate', k: Number(k), of: Number(of), impression, name, birthDate: isoDate(birthDate), address, ...frame, provenance }
}
