import { describe, expect, it } from 'vitest'
import type { IncomeTaxSheet, TaxPaymentSheet, TaxRecord } from '../../contract/index.ts'
import { Taxes } from '../../oracle/taxes.ts'
import { HANAKO, HEADER, TARO } from './history-builder.ts'

const RECORD: TaxRecord = {
  ...{ resident: HANAKO.id, municipality: 'munakata', fiscalYear: 2023, address: HANAKO.address, name: HANAKO.name, birthDate: HANAKO.birthDate },
  incomes: [{ kind: '給与', yen: 3_000_000 }, { kind: 'その他', yen: 40_000 }],
  ...{ totalYen: 3_040_000, deductionsYen: 2_140_000, dependants: 1, baseYen: 900_000, cityTaxYen: 54_000, prefectureTaxYen: 36_000, paidYen: 60_000 },
}
const { resident: _resident, municipality: _municipality, paidYen, ...SHOWN } = RECORD
const FRAME = { municipality: '宗像市', mayor: '見本市長', k: 1, of: 1, certifiedOn: HEADER.date, issueNumber: '1', provenance: '' }
const INCOME: IncomeTaxSheet = { type: 'income-tax-certificate', ...FRAME, ...SHOWN }
const PAYMENT: TaxPaymentSheet = { type: 'tax-payment-certificate', ...FRAME, fiscalYear: 2023, name: HANAKO.name, birthDate: HANAKO.birthDate, address: HANAKO.address, dueYen: 90_000, paidYen, unpaidYen: 30_000 }

/** Whose a sheet may be, of those in the tax register. */
function whose(sheet: Parameters<Taxes['fitting']>[0], records: readonly TaxRecord[] = [RECORD]): string[] {
  const taxes = new Taxes()
  for (const record of records) taxes.add(record)
  return taxes.fitting(sheet).map(({ resident }) => resident)
}

describe('a certificate of taxes', () => {
  it.each([INCOME, PAYMENT])('is hers of whom a record says all that it says ($type)', (sheet) => {
    const double = { ...RECORD, resident: 'double' }
    const taros = { ...RECORD, resident: TARO.id, name: TARO.name }

    expect(whose(sheet, [taros, RECORD, { ...RECORD, resident: 'last-year', fiscalYear: 2022 }, double])).toEqual([HANAKO.id, 'double'])
    expect(whose(sheet, [taros])).toEqual([])
    expect(whose(sheet, [])).toEqual([])
  })

  it.each([{ fiscalYear: 2022 }, { name: TARO.name }, { birthDate: TARO.birthDate }, { address: '福岡県宗像市田熊2番2号' }])('that shows another %j is nobody\'s', (other) => {
    expect([whose({ ...INCOME, ...other }), whose({ ...PAYMENT, ...other })]).toEqual([[], []])
  })

  it.each([
    { totalYen: 1 },
    { deductionsYen: 1 },
    { dependants: 2 },
    { baseYen: 1 },
    { cityTaxYen: 36_000 },
    { prefectureTaxYen: 54_000 },
    { incomes: [{ kind: '給与', yen: 3_000_000 }] },
    { incomes: [...RECORD.incomes, { kind: 'その他', yen: 1 }] },
    { incomes: [{ kind: '給与', yen: 3_000_000 }, { kind: '給与', yen: 40_000 }] },
    { incomes: [{ kind: '給与', yen: 3_000_000 }, { kind: 'その他', yen: 40_001 }] },
    { incomes: [{ kind: 'その他', yen: 3_000_000 }, { kind: 'その他', yen: 40_000 }] },
  ] satisfies Partial<IncomeTaxSheet>[])('of income and tax that shows another %j is nobody\'s', (other) => {
    expect(whose({ ...INCOME, ...other })).toEqual([])
  })

  it.each([{ dueYen: 89_000 }, { dueYen: 18_000 }, { paidYen: 59_000 }, { unpaidYen: 31_000 }, { unpaidYen: 150_000 }])('of payment that shows another %j is nobody\'s', (other) => {
    expect(whose({ ...PAYMENT, ...other })).toEqual([])
  })

  it('says nothing of income where it is of payment, nor of payment where it is of income', () => {
    expect(whose(PAYMENT, [{ ...RECORD, incomes: [], totalYen: 0 }])).toEqual([HANAKO.id])
    expect(whose(INCOME, [{ ...RECORD, paidYen: 0 }])).toEqual([HANAKO.id])
  })
})
