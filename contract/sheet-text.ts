import { ERA_DATE_PATTERN, fromEraDate, toEraDate } from './era.ts'
import type { PrintedSheet, Sheet, SheetPerson } from './sheet.ts'

/**
 * The words on a sheet. `printedSheet` is what a typed sheet looks like line by line, `readSheet` the typed sheet that
 * lines say. Both worlds print these lines, and a reader of a PDF has to give them back exactly; the oracle knows a sheet
 * only through them.
 *
 * A line is labels and values with one ASCII space between them. Values never contain an ASCII space (a name has U+3000
 * between family and given name), so a line has one reading only.
 */
export const SPECIMEN = '見本'
const SENTENCE = 'この写しは、住民票の原本と相違ないことを証明する。'
const SEX_WORDS = { male: '男', female: '女' } as const
const FORM_WORDS = { household: '世帯', single: '個人' } as const

/** The lines of a sheet, top to bottom. */
export function printedSheet(sheet: Sheet): PrintedSheet {
  const text = [
    SPECIMEN,
    `住民票の写し ${FORM_WORDS[sheet.form]} ${String(sheet.of)}枚中${String(sheet.k)}枚目`,
    `住所 ${sheet.address}`,
  ]
  if (sheet.headOfHousehold !== undefined) text.push(`世帯主 ${sheet.headOfHousehold}`)
  for (const person of sheet.persons) pushPerson(text, person)
  text.push(SENTENCE)
  text.push(`${toEraDate(sheet.certifiedOn)} ${sheet.municipality}長 ${sheet.mayor}`)
  text.push(`発行番号 ${sheet.issueNumber}`)
  return { text, provenance: sheet.provenance }
}

function pushPerson(text: string[], person: SheetPerson): void {
  text.push(`氏名 ${person.name}`)
  text.push(`フリガナ ${person.kana}`)
  const relation = person.relation === undefined ? '' : ` 続柄 ${person.relation}`
  text.push(`生年月日 ${toEraDate(person.birthDate)} 性別 ${SEX_WORDS[person.sex]}${relation}`)
  text.push(`住民となった年月日 ${toEraDate(person.becameResident)} 住所を定めた年月日 ${toEraDate(person.addressFixed)}`)
  text.push(`届出年月日 ${toEraDate(person.notified)} 前住所 ${person.previousAddress}`)
  if (person.domicile !== undefined) text.push(`本籍 ${person.domicile} 筆頭者 ${person.domicileHead ?? ''}`)
  if (person.individualNumber !== undefined) text.push(`個人番号 ${person.individualNumber}`)
  if (person.recordCode !== undefined) text.push(`住民票コード ${person.recordCode}`)
  if (person.foreign !== undefined) {
    const { nationality, residenceStatus, periodOfStay, cardNumber } = person.foreign
    text.push(`国籍・地域 ${nationality} 在留資格 ${residenceStatus}`)
    text.push(`在留期間 ${periodOfStay} 在留カード番号 ${cardNumber}`)
  }
}

const DATE = `(${ERA_DATE_PATTERN})`
const TITLE = /^住民票の写し (世帯|個人) (\d+)枚中(\d+)枚目$/
const BORN = new RegExp(`^生年月日 ${DATE} 性別 (男|女)(?: 続柄 ([^ ]+))?$`)
const RESIDENT = new RegExp(`^住民となった年月日 ${DATE} 住所を定めた年月日 ${DATE}$`)
const NOTIFIED = new RegExp(`^届出年月日 ${DATE} 前住所 ([^ ]+)$`)
const CERTIFIED = new RegExp(`^${DATE} ([^ ]+)長 ([^ ]+)$`)

/** What can be read of a sheet, or in one sentence why it cannot be read. */
export type SheetReading = { readonly sheet: Sheet } | { readonly unreadable: string }

/**
 * Reads the lines of one sheet. The provenance line is carried over when there is one and empty otherwise; nothing else
 * depends on it. Lines that are no part of a residence record make the sheet unreadable rather than being skipped.
 */
export function readSheet(printed: PrintedSheet): SheetReading {
  try {
    return { sheet: new SheetReader(printed.text).read(printed.provenance ?? '') }
  } catch (error) {
    if (error instanceof UnreadableLine) return { unreadable: error.message }
    throw error
  }
}

class UnreadableLine extends Error {}

/** A cursor over a sheet's lines; each method takes the lines it understands. */
class SheetReader {
  private at = 0
  constructor(private readonly lines: readonly string[]) {}

  read(provenance: string): Sheet {
    this.expect('the specimen mark', (line) => (line === SPECIMEN ? line : undefined))
    const [, form, of, k] = this.match('the title', TITLE)
    const address = this.labelled('住所')
    const headOfHousehold = this.optional('世帯主')
    const persons: SheetPerson[] = []
    while (this.peek()?.startsWith('氏名 ') === true) persons.push(this.person())
    this.expect('the certifying sentence', (line) => (line === SENTENCE ? line : undefined))
    const [, certifiedOn, municipality, mayor] = this.match('date and mayor', CERTIFIED)
    const issueNumber = this.labelled('発行番号')
    if (this.peek() !== undefined) throw new UnreadableLine(`line ${String(this.at + 1)} stands after the end of the sheet`)
    return {
      type: 'residence-record',
      form: form === FORM_WORDS.household ? 'household' : 'single',
      municipality: municipality ?? '',
      mayor: mayor ?? '',
      k: Number(k),
      of: Number(of),
      address,
      ...(headOfHousehold === undefined ? {} : { headOfHousehold }),
      persons,
      certifiedOn: isoDate(certifiedOn),
      issueNumber,
      provenance,
    }
  }

  private person(): SheetPerson {
    const name = this.labelled('氏名')
    const kana = this.labelled('フリガナ')
    const [, birthDate, sex, relation] = this.match('birth date and sex', BORN)
    const [, becameResident, addressFixed] = this.match('dates of residence', RESIDENT)
    const [, notified, previousAddress] = this.match('notification and previous address', NOTIFIED)
    const [domicile, domicileHead] = this.optionalPair('本籍', '筆頭者')
    const individualNumber = this.optional('個人番号')
    const recordCode = this.optional('住民票コード')
    const [nationality, residenceStatus] = this.optionalPair('国籍・地域', '在留資格')
    const [periodOfStay, cardNumber] = this.optionalPair('在留期間', '在留カード番号')
    return {
      name,
      kana,
      birthDate: isoDate(birthDate),
      sex: sex === SEX_WORDS.male ? 'male' : 'female',
      ...(relation === undefined ? {} : { relation }),
      becameResident: isoDate(becameResident),
      addressFixed: isoDate(addressFixed),
      notified: isoDate(notified),
      previousAddress: previousAddress ?? '',
      ...(domicile === undefined || domicileHead === undefined ? {} : { domicile, domicileHead }),
      ...(individualNumber === undefined ? {} : { individualNumber }),
      ...(recordCode === undefined ? {} : { recordCode }),
      ...(nationality === undefined || residenceStatus === undefined || periodOfStay === undefined || cardNumber === undefined
        ? {}
        : { foreign: { nationality, residenceStatus, periodOfStay, cardNumber } }),
    }
  }

  private peek(): string | undefined {
    return this.lines[this.at]
  }

  private expect<T>(what: string, take: (line: string) => T | undefined | null): T {
    const line = this.peek()
    const taken = line === undefined ? undefined : take(line)
    if (taken === undefined || taken === null) throw new UnreadableLine(`line ${String(this.at + 1)} is not ${what}`)
    this.at += 1
    return taken
  }

  private match(what: string, pattern: RegExp): RegExpExecArray {
    return this.expect(what, (line) => pattern.exec(line))
  }

  private labelled(label: string): string {
    return this.expect(`"${label}"`, (line) => valueOf(line, label))
  }

  private optional(label: string): string | undefined {
    return this.peek()?.startsWith(`${label} `) === true ? this.labelled(label) : undefined
  }

  private optionalPair(first: string, second: string): [string | undefined, string | undefined] {
    if (this.peek()?.startsWith(`${first} `) !== true) return [undefined, undefined]
    const parts = this.expect(`"${first}" and "${second}"`, (line) => {
      const [, one, label, two, more] = line.split(' ')
      return label === second && one !== undefined && two !== undefined && more === undefined ? { one, two } : undefined
    })
    return [parts.one, parts.two]
  }
}

function valueOf(line: string, label: string): string | undefined {
  const [first, value, more] = line.split(' ')
  return first === label && value !== undefined && more === undefined ? value : undefined
}

function isoDate(era: string | undefined): string {
  const iso = fromEraDate(era ?? '')
  if (iso === undefined) throw new UnreadableLine(`"${era ?? ''}" is no date`)
  return iso
}
