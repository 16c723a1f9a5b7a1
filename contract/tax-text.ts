import { toEraDate } from './era.ts'
import type { IncomeTaxSheet, TaxPaymentSheet } from './sheet.ts'
import { certifyingLines, DATE, isoDate, readCertifyingLines, sheetNumber, type SheetLines, titlePattern } from './sheet-lines.ts'
import { INCOME_KINDS, type IncomeKind } from './tax.ts'

const INCOME_SENTENCE = '上記のとおり相違ないことを証明する。'
const PAYMENT_SENTENCE = '上記のとおり納付されていることを証明する。'
/** First word of the title of an income and tax certificate. */
export const INCOME_TITLE = '所得・課税証明書'
/** First word of the title of a tax payment certificate. */
export const PAYMENT_TITLE = '納税証明書'
const TITLES = { income: titlePattern(INCOME_TITLE), payment: titlePattern(PAYMENT_TITLE) } as const
const BORN = new RegExp(`^生年月日 ${DATE}$`)
/** An amount as a certificate has it: `1,234,000円`. */
const YEN = '(\\d{1,3}(?:,\\d{3})*)円'
const yenText = (yen: number): string => `${String(yen).replace(/\B(?=(?:\d{3})+$)/g, ',')}円`
const yenOfText = (text: string | undefined): number => Number(text?.replaceAll(',', ''))
const YEAR = /^年度 (\d{4})年度$/
const INCOME = new RegExp(`^所得 (${INCOME_KINDS.join('|')}) 金額 ${YEN}$`)
const amount = (label: string): RegExp => new RegExp(`^${label} ${YEN}$`)

/** Who it is, as both certificates say it. */
const personLines = ({ fiscalYear, name, birthDate, address }: IncomeTaxSheet | TaxPaymentSheet): string[] => [
  `年度 ${String(fiscalYear)}年度`,
  `氏名 ${name}`,
  `生年月日 ${toEraDate(birthDate)}`,
  `住所 ${address}`,
]

function readPerson(lines: SheetLines): Pick<IncomeTaxSheet, 'fiscalYear' | 'name' | 'birthDate' | 'address'> {
  const [, fiscalYear] = lines.match('the fiscal year', YEAR)
  const name = lines.labelled('氏名')
  const [, birthDate] = lines.match('the birth date', BORN)
  return { fiscalYear: Number(fiscalYear), name, birthDate: isoDate(birthDate), address: lines.labelled('住所') }
}

const yenOf = (lines: SheetLines, label: string): number => yenOfText(lines.match(`"${label}"`, amount(label))[1])

/** The lines of an income and tax certificate below the specimen mark. */
export const incomeTaxLines = (sheet: IncomeTaxSheet): string[] => [
  `${INCOME_TITLE} ${sheetNumber(sheet)}`,
  ...personLines(sheet),
  ...sheet.incomes.map(({ kind, yen }) => `所得 ${kind} 金額 ${yenText(yen)}`),
  `合計所得 ${yenText(sheet.totalYen)}`,
  `所得控除 ${yenText(sheet.deductionsYen)}`,
  `扶養人数 ${String(sheet.dependants)}人`,
  `課税標準 ${yenText(sheet.baseYen)}`,
  `市民税 ${yenText(sheet.cityTaxYen)}`,
  `県民税 ${yenText(sheet.prefectureTaxYen)}`,
  ...certifyingLines(INCOME_SENTENCE, sheet),
]

/** Reads an income and tax certificate from its title on. @throws UnreadableLine */
export function readIncomeTax(lines: SheetLines, provenance: string): IncomeTaxSheet {
  const [, of, k] = lines.match('the title', TITLES.income)
  const person = readPerson(lines)
  const incomes: { kind: IncomeKind; yen: number }[] = []
  while (INCOME.test(lines.peek() ?? '')) {
    const [, word, yen] = lines.match('an income', INCOME)
    incomes.push({ kind: INCOME_KINDS.find((kind) => kind === word) ?? 'その他', yen: yenOfText(yen) })
  }
  return {
    ...{ type: 'income-tax-certificate', k: Number(k), of: Number(of), ...person, incomes },
    totalYen: yenOf(lines, '合計所得'),
    deductionsYen: yenOf(lines, '所得控除'),
    dependants: Number(lines.match('the number of dependants', /^扶養人数 (\d+)人$/)[1]),
    baseYen: yenOf(lines, '課税標準'),
    cityTaxYen: yenOf(lines, '市民税'),
    prefectureTaxYen: yenOf(lines, '県民税'),
    ...readCertifyingLines(lines, INCOME_SENTENCE),
    provenance,
  }
}

/** The lines of a tax payment certificate below the specimen mark. */
export const taxPaymentLines = (sheet: TaxPaymentSheet): string[] => [
  `${PAYMENT_TITLE} ${sheetNumber(sheet)}`,
  ...personLines(sheet),
  `税額 ${yenText(sheet.dueYen)}`,
  `納付額 ${yenText(sheet.paidYen)}`,
  `未納額 ${yenText(sheet.unpaidYen)}`,
  ...certifyingLines(PAYMENT_SENTENCE, sheet),
]

/** Reads a tax payment certificate from its title on. @throws UnreadableLine */
export function readTaxPayment(lines: SheetLines, provenance: string): TaxPaymentSheet {
  const [, of, k] = lines.match('the title', TITLES.payment)
  const person = readPerson(lines)
  const [dueYen, paidYen, unpaidYen] = [yenOf(lines, '税額'), yenOf(lines, '納付額'), yenOf(lines, '未納額')]
  return { type: 'tax-payment-certificate', k: Number(k), of: Number(of), ...person, dueYen, paidYen, unpaidYen, ...readCertifyingLines(lines, PAYMENT_SENTENCE), provenance }
}
