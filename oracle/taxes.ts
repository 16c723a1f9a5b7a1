import type { IncomeTaxSheet, TaxPaymentSheet, TaxRecord } from '../contract/index.ts'
import { listIn } from './states.ts'

/** The tax register as it stood at the beginning: a year's is made once. Filled once, then only read. */
export class Taxes {
  private readonly byName = new Map<string, TaxRecord[]>()

  add(record: TaxRecord): void {
    listIn(this.byName, record.name).push(record)
  }

  /** Whose certificate this may be: everybody of whom a year's record says all that the sheet says. */
  fitting(sheet: IncomeTaxSheet | TaxPaymentSheet): readonly TaxRecord[] {
    return (this.byName.get(sheet.name) ?? []).filter((record) => {
      const { fiscalYear, birthDate, address } = sheet
      if (fiscalYear !== record.fiscalYear || birthDate !== record.birthDate || address !== record.address) return false
      const dueYen = record.cityTaxYen + record.prefectureTaxYen
      if (sheet.type === 'tax-payment-certificate') return sheet.dueYen === dueYen && sheet.paidYen === record.paidYen && sheet.unpaidYen === dueYen - record.paidYen
      const incomes = sheet.incomes.length === record.incomes.length && sheet.incomes.every(({ kind, yen }, at) => kind === record.incomes[at]?.kind && yen === record.incomes[at].yen)
      return incomes && AMOUNTS.every((amount) => sheet[amount] === record[amount])
    })
  }
}

const AMOUNTS = ['totalYen', 'deductionsYen', 'dependants', 'baseYen', 'cityTaxYen', 'prefectureTaxYen'] as const
