import { newestFiscalYear, Refusal, type Resident, type TaxRecord, type Wish } from '../../contract/index.ts'
import type { TableDefinition, World } from '../../world/ports.ts'

/** The issuing system's copy of the tax register: a year's is made once, before its certificates are issued. Group: the resident. */
export const TAXES: TableDefinition<TaxRecord> = { name: 'replica.taxes' }

/** Key of one person's record of one fiscal year. */
export const taxKey = ({ resident, fiscalYear }: Pick<TaxRecord, 'resident' | 'fiscalYear'>): string => `${resident} ${String(fiscalYear)}`

/**
 * The record of which a certificate can be issued today: of the newest fiscal year, of somebody who lived here on its 1 January and
 * has filed (`domain.md`, section 3).
 * @throws Refusal TAX_OLD_YEAR, TAX_NOT_RESIDENT_ON_1_JANUARY, TAX_NO_RECORD
 */
export async function taxRecord(world: World, { id: resident, becameResident }: Resident, { fiscalYear }: Pick<Wish, 'fiscalYear'>): Promise<TaxRecord> {
  const newest = newestFiscalYear(world.clock.today())
  if (fiscalYear !== undefined && fiscalYear !== newest) throw new Refusal('TAX_OLD_YEAR')
  const row = await world.database.get(TAXES, taxKey({ resident, fiscalYear: newest }))
  if (row !== undefined) return row.data
  throw new Refusal(becameResident > `${String(newest)}-01-01` ? 'TAX_NOT_RESIDENT_ON_1_JANUARY' : 'TAX_NO_RECORD')
}
