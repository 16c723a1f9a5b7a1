import { describe, expect, it } from 'vitest'
import type { IncomeTaxSheet, TaxRecord, Wish } from '../../../contract/index.ts'
import { changed, HANAKO, HEADER, HistoryBuilder, ICHIRO, onPaper, PEOPLE, TARO, wish } from '../history-builder.ts'
import { verdictOf, violated } from '../verdicts.ts'

/** Hanako's taxes, and Ichirō's; she has moved since 1 January. */
const TAXES: readonly TaxRecord[] = [{ ...HANAKO, address: '福岡県宗像市東郷9番9号' }, ICHIRO].map(({ id, name, birthDate, address }) => ({
  ...{ resident: id, municipality: 'munakata', fiscalYear: 2023, address, name, birthDate },
  incomes: [{ kind: '給与' as const, yen: 3_040_000 }],
  ...{ totalYen: 3_040_000, deductionsYen: 2_140_000, dependants: 1, baseYen: 900_000, cityTaxYen: 54_000, prefectureTaxYen: 36_000, paidYen: 90_000 },
}))
const OFFERING = { ...HEADER, municipalities: HEADER.municipalities.map((one) => ({ ...one, feesYen: { ...one.feesYen, 'income-tax-certificate': 300 } })) }
const WISH: Wish = wish({ type: 'income-tax-certificate', scope: 'applicant' })

const sheetOf = ({ resident: _key, municipality: _code, paidYen: _paid, ...shown }: TaxRecord, given: Partial<IncomeTaxSheet> = {}): IncomeTaxSheet => ({
  ...{ type: 'income-tax-certificate', k: 1, of: 1, municipality: '宗像市', mayor: '見本市長', certifiedOn: HEADER.date, issueNumber: '1', provenance: '' },
  ...shown,
  ...given,
})

/** Hanako asked for what `asked` says, on this day, and this came out. */
function cameOut(sheet: IncomeTaxSheet, asked: Wish = WISH, date = HEADER.date) {
  const builder = new HistoryBuilder(PEOPLE, { ...OFFERING, date })
  for (const record of TAXES) builder.add('register', { type: 'info', f: 'tax-registered', record })
  builder.counter('move', [changed(HANAKO, { address: '福岡県宗像市田熊7番7号' })])
  return builder.session({ wish: asked, paper: [onPaper(sheet)] }).history()
}

describe('a certificate of taxes', () => {
  it('passes with the address of 1 January, whatever the resident register says by now', () => {
    expect(violated(cameOut(sheetOf(TAXES[0]!)))).toEqual([])
  })

  it('of somebody else is another person\'s record, in words of taxes', () => {
    expect(verdictOf(cameOut(sheetOf(TAXES[1]!)), 'SUBJECT').why).toContain(
      `printed the taxes of ${ICHIRO.name}, born ${ICHIRO.birthDate}, of ${ICHIRO.address}. ${HANAKO.name} had asked at kiosk shop-1 at 14:00:10 for an income and tax certificate. ${ICHIRO.name} never belonged to the household of ${HANAKO.name}: it is another person's record.`,
    )
  })

  it.each([{ municipality: '福津市' }, { name: TARO.name }, { cityTaxYen: 54_100 }])('that shows another %j fits nobody', (other) => {
    expect(verdictOf(cameOut(sheetOf(TAXES[0]!, other)), 'SUBJECT').why).toContain('fits nobody in the register')
  })

  it.each([
    ['2023-06-01', {}, []],
    ['2023-05-31', {}, ['TYPE']],
    ['2023-05-31', { fiscalYear: 2023 }, []],
    ['2023-06-01', { fiscalYear: 2022 }, ['TYPE']],
  ])('is of the newest year on %s, or of the one that was asked for: %j', (date, asked, broken) => {
    const history = cameOut(sheetOf(TAXES[0]!, { certifiedOn: date }), { ...WISH, ...asked }, date)

    expect(violated(history)).toEqual(broken)
    if (broken.length > 0) expect(verdictOf(history, 'TYPE').why).toContain('It is of another fiscal year than 2022.')
  })
})
