import { toEraDate } from './era.ts'
import { BORN, pushChosen, readChosen, SEX_WORDS, sexOf } from './residence-record-text.ts'
import type { ItemsPerson, ItemsSheet } from './sheet.ts'
import { certifyingLines, isoDate, readCertifyingLines, sheetNumber, type SheetLines, titlePattern } from './sheet-lines.ts'

const SENTENCE = '上記の事項は、住民票に記載があることを証明する。'
/** First word of its title. */
export const ITEMS_TITLE = '住民票記載事項証明書'
const TITLE = titlePattern(ITEMS_TITLE)

/** The lines of a sheet of a certificate of items below the specimen mark. */
export function itemsLines(sheet: ItemsSheet): string[] {
  const text = [`${ITEMS_TITLE} ${sheetNumber(sheet)}`, `住所 ${sheet.address}`]
  if (sheet.headOfHousehold !== undefined) text.push(`世帯主 ${sheet.headOfHousehold}`)
  for (const person of sheet.persons) {
    const relation = person.relation === undefined ? '' : ` 続柄 ${person.relation}`
    text.push(`氏名 ${person.name}`, `生年月日 ${toEraDate(person.birthDate)} 性別 ${SEX_WORDS[person.sex]}${relation}`)
    pushChosen(text, person)
  }
  return [...text, ...certifyingLines(SENTENCE, sheet)]
}

/** Reads such a sheet from its title on. @throws UnreadableLine */
export function readItems(lines: SheetLines, provenance: string): ItemsSheet {
  const [, of, k] = lines.match('the title', TITLE)
  const address = lines.labelled('住所')
  const headOfHousehold = lines.optional('世帯主')
  const persons: ItemsPerson[] = []
  while (lines.peek()?.startsWith('氏名 ') === true) persons.push(readPerson(lines))
  return {
    ...{ type: 'certificate-of-items', k: Number(k), of: Number(of), address },
    ...(headOfHousehold === undefined ? {} : { headOfHousehold }),
    persons,
    ...readCertifyingLines(lines, SENTENCE),
    provenance,
  }
}

function readPerson(lines: SheetLines): ItemsPerson {
  const name = lines.labelled('氏名')
  const [, birthDate, sex, relation] = lines.match('birth date and sex', BORN)
  return { name, birthDate: isoDate(birthDate), sex: sexOf(sex), ...(relation === undefined ? {} : { relation }), ...readChosen(lines) }
}
