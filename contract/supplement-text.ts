import { toEraDate } from './era.ts'
import { SEX_WORDS, sexOf } from './residence-record-text.ts'
import type { SupplementPerson, SupplementSheet } from './sheet.ts'
import { certifyingLines, DATE, isoDate, readCertifyingLines, sheetNumber, type SheetLines, titlePattern } from './sheet-lines.ts'

const SENTENCE = 'この写しは、戸籍の附票の原本と相違ないことを証明する。'
/** First word of its title. */
export const SUPPLEMENT_TITLE = '戸籍の附票の写し'
const TITLE = titlePattern(SUPPLEMENT_TITLE)
const BORN = new RegExp(`^生年月日 ${DATE} 性別 (男|女)$`)
const LIVED = new RegExp(`^住所 ([^ ]+) 住定日 ${DATE}$`)

/** The lines of a sheet of the supplement below the specimen mark. */
export function supplementLines(sheet: SupplementSheet): string[] {
  const people = sheet.persons.flatMap(({ name, birthDate, sex, addresses }) => [
    `氏名 ${name}`,
    `生年月日 ${toEraDate(birthDate)} 性別 ${SEX_WORDS[sex]}`,
    ...addresses.map(({ address, since }) => `住所 ${address} 住定日 ${toEraDate(since)}`),
  ])
  return [`${SUPPLEMENT_TITLE} ${sheetNumber(sheet)}`, `本籍 ${sheet.domicile}`, `筆頭者 ${sheet.head}`, ...people, ...certifyingLines(SENTENCE, sheet)]
}

/** Reads such a sheet from its title on. @throws UnreadableLine */
export function readSupplement(lines: SheetLines, provenance: string): SupplementSheet {
  const [, of, k] = lines.match('the title', TITLE)
  const domicile = lines.labelled('本籍')
  const head = lines.labelled('筆頭者')
  const persons: SupplementPerson[] = []
  while (lines.peek()?.startsWith('氏名 ') === true) persons.push(readPerson(lines))
  return { type: 'register-supplement', k: Number(k), of: Number(of), domicile, head, persons, ...readCertifyingLines(lines, SENTENCE), provenance }
}

function readPerson(lines: SheetLines): SupplementPerson {
  const name = lines.labelled('氏名')
  const [, birthDate, sex] = lines.match('birth date and sex', BORN)
  const addresses: { address: string; since: string }[] = []
  do {
    const [, address = '', since] = lines.match('an address', LIVED)
    addresses.push({ address, since: isoDate(since) })
  } while (LIVED.test(lines.peek() ?? ''))
  return { name, birthDate: isoDate(birthDate), sex: sexOf(sex), addresses }
}
