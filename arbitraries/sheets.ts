import fc from 'fast-check'
import { FAMILY_PER_SHEET, INCOME_KINDS, PERSONS_PER_SHEET, type FamilyPerson, type ForeignItems, type ResidenceRecordSheet, type Sheet, type SheetPerson } from '../contract/index.ts'

/** Family names that issuing systems have stumbled over; each can be printed. Selectors are escapes, as they cannot be seen. */
export const HARD_NAMES = [
  '\u{20BB7}田', '髙橋', '山﨑', '渡邊', '渡邊\u{E0100}', '渡邉', '渡邉\u{E0100}', '葛城', '葛\u{E0100}城', '葛\u{E0101}城', '辻\u{E0100}', '辻\u{E0101}',
  '一', '二', '⼀', '神\u{FE00}田', '榊\u{E0100}原', '﨑\u{E0101}山', '濵田', '德永', '廣瀨', '齋藤', '佐々木', '\u{2000B}',
]
const PLAIN_NAMES = ['鈴木', '佐藤', '高橋', '山田', '五十嵐', '小鳥遊', '長谷川']
const GIVEN_NAMES = ['太郎', '花子', '一', 'ひかり', 'マリア', '礼', '凛\u{E0100}', '翔', '々', '三代子']
const LATIN_NAMES = ['SMITH　JOHN', 'NGUYEN　VAN　MINH', 'O\'BRIEN-SMITH　MARY', 'WOLFESCHLEGELSTEINHAUSENBERGERDORFF　HUBERT　BLAINE']

const digits = (length: number) => fc.string({ unit: fc.constantFrom(...Array.from('0123456789')), minLength: length, maxLength: length })
const textOf = (characters: readonly string[], minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...characters), minLength, maxLength })

/** Days from the first of Meiji's civil use to beyond the present, with the days on which eras change. */
const isoDate = fc.oneof(
  { arbitrary: fc.date({ min: new Date('1873-01-01'), max: new Date('2032-12-31'), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10)), weight: 4 },
  { arbitrary: fc.constantFrom('1912-07-29', '1912-07-30', '1926-12-25', '1989-01-07', '1989-01-08', '2019-04-30', '2019-05-01'), weight: 1 },
)

const japaneseName = fc
  .tuple(fc.constantFrom(...HARD_NAMES, ...PLAIN_NAMES), fc.constantFrom(...GIVEN_NAMES))
  .map(([family, given]) => `${family}　${given}`)
/** As long as a name can be made of the longest parts: seventy characters, which have to be set small. */
const longName = fc.array(fc.constantFrom(...HARD_NAMES, ...PLAIN_NAMES), { minLength: 8, maxLength: 20 }).map((parts) => parts.join('　'))
const name = fc.oneof({ arbitrary: japaneseName, weight: 6 }, { arbitrary: longName, weight: 1 }, { arbitrary: fc.constantFrom(...LATIN_NAMES), weight: 1 })
const kana = textOf(Array.from('アイウエオカキクケコガギグゲゴャュョッー・ヴ　'), 1, 30).map((text) => `ア${text}ン`)

const place = fc.tuple(
  fc.constantFrom('福岡県宗像市東郷', '神奈川県横浜市\u{845B}\u{E0100}葉区', '東京都足立区千住', '徳島県徳島市万代町', 'アメリカ合衆国カリフォルニア州'),
  fc.constantFrom('一丁目1番1号', '1-2-3', '二丁目３番地の４', '大字東郷995番地1'),
  fc.constantFrom('', 'メゾン・ド・髙﨑203号', 'ＡＢＣビルⅡ-1105', '(第2)棟B-', 'ｺｰﾎﾟ山田#102'),
)
const address = place.map((parts) => parts.join(''))

const foreign: fc.Arbitrary<ForeignItems> = fc.record({
  nationality: fc.constantFrom('米国', 'ベトナム', '中国', 'ブラジル', '朝鮮'),
  residenceStatus: fc.constantFrom('永住者', '技術・人文知識・国際業務', '日本人の配偶者等', '特別永住者'),
  periodOfStay: fc.constantFrom('5年（2028年3月31日満了）', '無期限', '1年3月'),
  cardNumber: fc.tuple(digits(8), fc.constantFrom('CD', 'XY')).map(([number, end]) => `AB${number}${end}`),
})

const person: fc.Arbitrary<SheetPerson> = fc
  .record({
    name,
    kana,
    birthDate: isoDate,
    sex: fc.constantFrom('male' as const, 'female' as const),
    relation: fc.option(fc.constantFrom('世帯主', '妻', '夫（未届）', '子', '子の妻', '同居人'), { nil: undefined }),
    becameResident: isoDate,
    addressFixed: isoDate,
    notified: isoDate,
    previousAddress: address,
    domicile: fc.option(fc.record({ domicile: address, domicileHead: japaneseName }), { nil: undefined }),
    individualNumber: fc.option(digits(12), { nil: undefined }),
    recordCode: fc.option(digits(11), { nil: undefined }),
    foreign: fc.option(foreign, { nil: undefined, freq: 2 }),
  })
  .map(({ relation, domicile, individualNumber, recordCode, foreign, ...always }) => ({
    ...always,
    ...(relation === undefined ? {} : { relation }),
    ...domicile,
    ...(individualNumber === undefined ? {} : { individualNumber }),
    ...(recordCode === undefined ? {} : { recordCode }),
    ...(foreign === undefined ? {} : { foreign }),
  }))

/** What the sheets of one document have in common. */
const frame = fc.record({
  municipality: fc.constantFrom('宗像市', '横浜市', '東京都足立区', '\u{845B}\u{E0100}城市'),
  mayor: fc.oneof(japaneseName, fc.constantFrom('ムナカタ　タロウ')),
  address,
  headOfHousehold: fc.option(name, { nil: undefined, freq: 4 }),
  certifiedOn: isoDate,
  issueNumber: fc.tuple(digits(4), digits(6)).map((parts) => parts.join('-')),
  provenance: fc.oneof(textOf(Array.from('abz019-_.:#/= '), 0, 60).map((text) => `application=a${text.replaceAll(/ +/g, ' ')}z`), fc.constant('')),
})

/** The sheets of one residence record: a household of one to eight on one or two sheets, or one person on the single form. */
const residenceRecord: fc.Arbitrary<Sheet[]> = fc
  .tuple(frame, fc.oneof({ arbitrary: fc.array(person, { minLength: 1, maxLength: 2 * PERSONS_PER_SHEET }), weight: 3 }, { arbitrary: fc.tuple(person), weight: 1 }), fc.boolean())
  .map(([common, persons, single]) => {
    const groups = Array.from({ length: Math.ceil(persons.length / PERSONS_PER_SHEET) }, (_, i) =>
      persons.slice(PERSONS_PER_SHEET * i, PERSONS_PER_SHEET * (i + 1)),
    )
    return groups.map((group, i) => sheetOf(common, group, i + 1, groups.length, single && persons.length === 1 ? 'single' : 'household'))
  })

/** The sheet of one seal certificate; an impression has two to six characters, hard ones among them. */
const sealCertificate: fc.Arbitrary<Sheet[]> = fc
  .record({ common: frame, impression: fc.tuple(fc.constantFrom(...HARD_NAMES), fc.constantFrom('花子', '印', '之印')).map((parts) => parts.join('')), name, birthDate: isoDate })
  .map(({ common: { headOfHousehold: _none, ...common }, ...rest }) => [{ type: 'seal-certificate', k: 1, of: 1, ...common, ...rest }])

const familyPerson: fc.Arbitrary<FamilyPerson> = fc.record({
  name,
  birthDate: isoDate,
  father: japaneseName,
  mother: fc.constantFrom(...GIVEN_NAMES),
  bornAs: fc.constantFrom('長男', '二女', '三男'),
  matters: fc.array(fc.record({ what: fc.constantFrom('出生' as const, '婚姻' as const), on: isoDate }), { minLength: 1, maxLength: 3 }),
})

/** The sheets of one certificate of a family register: one to seven people, two a sheet. */
const familyRegister: fc.Arbitrary<Sheet[]> = fc
  .record({ common: frame, type: fc.constantFrom('family-register' as const, 'family-register-extract' as const), domicile: address, head: japaneseName, madeOn: isoDate, persons: fc.array(familyPerson, { minLength: 1, maxLength: 7 }) })
  .map(({ common: { headOfHousehold: _none, address: _nowhere, ...common }, persons, ...rest }) => {
    const of = Math.ceil(persons.length / FAMILY_PER_SHEET)
    return Array.from({ length: of }, (_, i) => ({ k: i + 1, of, ...common, ...rest, persons: persons.slice(FAMILY_PER_SHEET * i, FAMILY_PER_SHEET * (i + 1)) }))
  })

/** The sheets of one certificate of items: one to eight people, of each what was chosen. */
const certificateOfItems: fc.Arbitrary<Sheet[]> = fc.record({ common: frame, persons: fc.array(person, { minLength: 1, maxLength: 2 * PERSONS_PER_SHEET }) }).map(({ common: { headOfHousehold, ...common }, persons }) => {
  const of = Math.ceil(persons.length / PERSONS_PER_SHEET)
  const items = persons.map(({ kana: _k, becameResident: _b, addressFixed: _a, notified: _n, previousAddress: _p, ...chosen }) => chosen)
  return Array.from({ length: of }, (_, i) => ({
    ...{ type: 'certificate-of-items' as const, k: i + 1, of },
    ...common,
    ...(headOfHousehold === undefined ? {} : { headOfHousehold }),
    persons: items.slice(PERSONS_PER_SHEET * i, PERSONS_PER_SHEET * (i + 1)),
  }))
})

const supplement: fc.Arbitrary<Sheet[]> = fc
  .record({
    common: frame,
    domicile: address,
    head: japaneseName,
    persons: fc.array(fc.record({ name, birthDate: isoDate, sex: fc.constantFrom('male' as const, 'female' as const), addresses: fc.array(fc.record({ address, since: isoDate }), { minLength: 1, maxLength: 4 }) }), { minLength: 1, maxLength: 5 }),
  })
  .map(({ common: { headOfHousehold: _none, address: _nowhere, ...common }, persons, ...rest }) => {
    const of = Math.ceil(persons.length / FAMILY_PER_SHEET)
    return Array.from({ length: of }, (_, i) => ({ type: 'register-supplement' as const, k: i + 1, of, ...common, ...rest, persons: persons.slice(FAMILY_PER_SHEET * i, FAMILY_PER_SHEET * (i + 1)) }))
  })

const yen = fc.nat({ max: 99_999_999 })
const taxpayer = fc.record({ name, birthDate: isoDate, fiscalYear: fc.integer({ min: 2000, max: 2040 }) })

const taxes: fc.Arbitrary<Sheet[]> = fc.oneof(
  fc
    .record({
      common: frame,
      who: taxpayer,
      incomes: fc.array(fc.record({ kind: fc.constantFrom(...INCOME_KINDS), yen }), { maxLength: 4 }),
      amounts: fc.record({ totalYen: yen, deductionsYen: yen, dependants: fc.nat({ max: 12 }), baseYen: yen, cityTaxYen: yen, prefectureTaxYen: yen }),
    })
    .map(({ common: { headOfHousehold: _none, ...common }, who, incomes, amounts }): Sheet[] => [{ type: 'income-tax-certificate', k: 1, of: 1, ...common, ...who, incomes, ...amounts }]),
  fc
    .record({ common: frame, who: taxpayer, amounts: fc.record({ dueYen: yen, paidYen: yen, unpaidYen: yen }) })
    .map(({ common: { headOfHousehold: _none, ...common }, who, amounts }): Sheet[] => [{ type: 'tax-payment-certificate', k: 1, of: 1, ...common, ...who, ...amounts }]),
)

/** The sheets of one certificate of any type. */
export const certificateSheets = (): fc.Arbitrary<Sheet[]> =>
  fc.oneof({ arbitrary: residenceRecord, weight: 3 }, { arbitrary: sealCertificate, weight: 1 }, { arbitrary: familyRegister, weight: 2 }, { arbitrary: certificateOfItems, weight: 1 }, { arbitrary: supplement, weight: 1 }, { arbitrary: taxes, weight: 1 })

type Frame = typeof frame extends fc.Arbitrary<infer T> ? T : never

function sheetOf({ headOfHousehold, ...common }: Frame, persons: readonly SheetPerson[], k: number, of: number, form: ResidenceRecordSheet['form']): Sheet {
  return { type: 'residence-record', form, k, of, ...common, ...(headOfHousehold === undefined ? {} : { headOfHousehold }), persons }
}
