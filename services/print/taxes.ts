import type { IncomeTaxSheet, TaxPaymentSheet, TaxRecord } from '../../contract/index.ts'
import type { SheetFrame, Unstamped } from './sheet-frame.ts'

/** The one sheet of a certificate of taxes. */
export function taxForm(frame: SheetFrame, type: (IncomeTaxSheet | TaxPaymentSheet)['type'], record: TaxRecord): readonly Unstamped<IncomeTaxSheet | TaxPaymentSheet>[] {
  const { resident: _key, municipality: _code, paidYen, ...shown } = record
  const one = { k: 1, of: 1, ...frame } as const
  if (type === 'income-tax-certificate') return [{ type, ...one, ...shown }]
  const { fiscalYear, name, birthDate, address, cityTaxYen, prefectureTaxYen } = record
  const dueYen = cityTaxYen + prefectureTaxYen
  return [{ type, ...one, fiscalYear, name, birthDate, address, dueYen, paidYen, unpaidYen: dueYen - paidYen }]
}
