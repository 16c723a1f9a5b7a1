import Type, { type Static } from 'typebox'
import { IsoDate } from './resident.ts'

const Yen = Type.Integer({ minimum: 0 })

/** Kinds of income that a certificate shows, in its order. */
export const INCOME_KINDS = ['給与', '年金', '事業', 'その他'] as const
/** One of them: salary, pension, business, other. */
export type IncomeKind = (typeof INCOME_KINDS)[number]

/**
 * What a municipality's tax register says of one person and one fiscal year (年度): of the income of the calendar year before, taxed
 * where the person lived on 1 January. Somebody who has not filed has no record.
 */
export const TaxRecord = Type.Object({
  resident: Type.String(),
  municipality: Type.String(),
  fiscalYear: Type.Integer(),
  /** The address on 1 January of the fiscal year. */
  address: Type.String(),
  /** The person as he or she was registered on that day. */
  name: Type.String(),
  birthDate: IsoDate,
  incomes: Type.Array(Type.Object({ kind: Type.Enum([...INCOME_KINDS]), yen: Yen })),
  totalYen: Yen,
  deductionsYen: Yen,
  dependants: Type.Integer({ minimum: 0 }),
  baseYen: Yen,
  cityTaxYen: Yen,
  prefectureTaxYen: Yen,
  /** Of both taxes together, by the day on which the register is as it stands. */
  paidYen: Yen,
})
export type TaxRecord = Static<typeof TaxRecord>

/** The fiscal year of which certificates are issued on a day: the new one comes in June (`domain.md`, section 3). */
export const newestFiscalYear = (today: string): number => Number(today.slice(0, 4)) - (today.slice(5, 7) < '06' ? 1 : 0)
