import { toEraDate } from './era.ts'
import type { ItemsPerson, ResidenceRecordSheet, SheetPerson } from './sheet.ts'
import { certifyingLines, DATE, isoDate, readCertifyingLines, sheetNumber, type SheetLines, titlePattern } from './sheet-lines.ts'

const SENTENCE = 'この写しは、住民票の原本と相違ないことを証明する。'
/** How paper says the sex. */
export const SEX_WORDS = { male: '男', female: '女' } as const
const FORM_WORDS = { household: '世帯', single: '個人' } as const
const TITLE = titlePattern('住民票の写し (世帯|個人)')

/** The lines of a residence record's sheet below the specimen mark. */
export function residenceRecordLines(sheet: ResidenceRecordSheet): string[] {
  const text = [`住民票の写し ${FORM_WORDS[sheet.form]} ${sheetNumber(sheet)}`, `住所 ${sheet.address}`]
  if (sheet.headOfHousehold !== undefined) text.push(`世帯主 ${sheet.headOfHousehold}`)
  for (const person of sheet.persons) pushPerson(text, person)
  return [...text, ...certifyingLines(SENTENCE, sheet)]
}

function pushPerson(text: string[], person: SheetPerson): void {
  text.push(`氏名 ${person.name}`)
  text.push(`フリガナ ${person.kana}`)
  const relation = person.relation === undefined ? '' : ` 続柄 ${person.relation}`
  text.push(`生年月日 ${toEraDate(person.birthDate)} 性別 ${SEX_WORDS[person.sex]}${relation}`)
  text.push(`住民となった年月日 ${toEraDate(person.becameResident)} 住所を定めた年月日 ${toEraDate(person.addressFixed)}`)
  text.push(`届出年月日 ${toEraDate(person.notified)} 前住所 ${person.previousAddress}`)
  pushChosen(text, person)
}

/** Items that are there only where they were chosen, relation apart. */
export function pushChosen(text: string[], person: ItemsPerson): void {
  if (person.domicile !== undefined) text.push(`本籍 ${person.domicile} 筆頭者 ${person.domicileHead ?? ''}`)
  if (person.individualNumber !== undefined) text.push(`個人番号 ${person.individualNumber}`)
  if (person.recordCode !== undefined) text.push(`住民票コード ${person.recordCode}`)
  if (person.foreign !== undefined) {
    const { nationality, residenceStatus, periodOfStay, cardNumber } = person.foreign
    text.push(`国籍・地域 ${nationality} 在留資格 ${residenceStatus}`)
    text.push(`在留期間 ${periodOfStay} 在留カード番号 ${cardNumber}`)
  }
}

/** Birth date, sex and, where it was chosen, relation to the head. */
export const BORN = new RegExp(`^生年月日 ${DATE} 性別 (男|女)(?: 続柄 ([^ ]+))?$`)
const RESIDENT = new RegExp(`^住民となった年月日 ${DATE} 住所を定めた年月日 ${DATE}$`)
const NOTIFIED = new RegExp(`^届出年月日 ${DATE} 前住所 ([^ ]+)$`)

/** Reads a residence record's sheet from its title on. @throws UnreadableLine */
export function readResidenceRecord(lines: SheetLines, provenance: string): ResidenceRecordSheet {
  const [, form, of, k] = lines.match('the title', TITLE)
  const address = lines.labelled('住所')
  const headOfHousehold = lines.optional('世帯主')
  const persons: SheetPerson[] = []
  while (lines.peek()?.startsWith('氏名 ') === true) persons.push(readPerson(lines))
  return {
    type: 'residence-record',
    form: form === FORM_WORDS.household ? 'household' : 'single',
    k: Number(k),
    of: Number(of),
    address,
    ...(headOfHousehold === undefined ? {} : { headOfHousehold }),
    persons,
    ...readCertifyingLines(lines, SENTENCE),
    provenance,
  }
}

function readPerson(lines: SheetLines): SheetPerson {
  const name = lines.labelled('氏名')
  const kana = lines.labelled('フリガナ')
  const [, birthDate, sex, relation] = lines.match('birth date and sex', BORN)
  const [, becameResident, addressFixed] = lines.match('dates of residence', RESIDENT)
  const [, notified, previousAddress] = lines.match('notification and previous address', NOTIFIED)
  return {
    name,
    kana,
    birthDate: isoDate(birthDate),
    sex: sexOf(sex),
    ...(relation === undefined ? {} : { relation }),
    becameResident: isoDate(becameResident),
    addressFixed: isoDate(addressFixed),
    notified: isoDate(notified),
    previousAddress: previousAddress ?? '',
    ...readChosen(lines),
  }
}

/** What such a word says. */
export const sexOf = (word: string | undefined): SheetPerson['sex'] => (word === SEX_WORDS.male ? 'male' : 'female')

/** Reads what {@link pushChosen} wrote. @throws UnreadableLine */
export function readChosen(lines: SheetLines): Partial<ItemsPerson> {
  const [domicile, domicileHead] = lines.optionalPair('本籍', '筆頭者')
  const individualNumber = lines.optional('個人番号')
  const recordCode = lines.optional('住民票コード')
  const [nationality, residenceStatus] = lines.optionalPair('国籍・地域', '在留資格')
  const [periodOfStay, cardNumber] = lines.optionalPair('在留期間', '在留カード番号')
  return {
    ...(domicile === undefined || domicileHead === undefined ? {} : { domicile, domicileHead }),
    ...(individualNumber === undefined ? {} : { individualNumber }),
    ...(recordCode === undefined ? {} : { recordCode }),
    ...(nationality === undefined || residenceStatus === undefined || periodOfStay === undefined || cardNumber === undefined
      ? {}
      : { foreign: { nationality, residenceStatus, periodOfStay, cardNumber } }),
  }
}
