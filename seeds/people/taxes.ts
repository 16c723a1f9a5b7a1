import { type IncomeKind, type Municipality, newestFiscalYear, type Resident, type TaxRecord } from '../../contract/index.ts'
import { between, chance } from './draw.ts'
import { keyedRandom } from './keyed-random.ts'

/** Nobody younger has a record; nobody from there on has a salary. Ours, as are all amounts (`docs/parameters.md`). */
const AGES = { earning: 18, pension: 65 } as const
/** How many of those who have to have filed. */
const FILED_SHARE = 0.9
/** How many have paid all of it. */
const PAID_SHARE = 0.95
const BASIC_DEDUCTION_YEN = 430_000
const DEPENDANT_DEDUCTION_YEN = 330_000
/** Rates of the two taxes on income (住民税所得割): 6 and 4 in a hundred, by law, rounded down to 100 yen. */
const RATES = { city: 0.06, prefecture: 0.04 } as const

/**
 * The tax register of a population for the fiscal year of which certificates are issued on `today`: everybody grown up who lived
 * here on 1 January and has filed.
 */
export function taxRecordsOf(population: readonly Resident[], { code }: Municipality, seed: number, today: string): TaxRecord[] {
  const fiscalYear = newestFiscalYear(today)
  const day = `${String(fiscalYear)}-01-01`
  return population.flatMap((resident): TaxRecord[] => {
    const age = fiscalYear - Number(resident.birthDate.slice(0, 4))
    const draw = keyedRandom(seed, `tax/${resident.id}/${String(fiscalYear)}`)
    if (age < AGES.earning || resident.becameResident > day || !chance(draw, FILED_SHARE)) return []
    const { id, name, birthDate, address, previousAddress, addressFixed } = resident
    const incomes = incomesOf(age, draw)
    const totalYen = incomes.reduce((sum, { yen }) => sum + yen, 0)
    const dependants = between(draw, 0, 2)
    const deductionsYen = BASIC_DEDUCTION_YEN + dependants * DEPENDANT_DEDUCTION_YEN
    const baseYen = Math.floor(Math.max(0, totalYen - deductionsYen) / 1_000) * 1_000
    const [cityTaxYen, prefectureTaxYen] = [taxOf(baseYen, RATES.city), taxOf(baseYen, RATES.prefecture)]
    const dueYen = cityTaxYen + prefectureTaxYen
    const paidYen = chance(draw, PAID_SHARE) ? dueYen : Math.floor(dueYen / 2)
    // Whoever has moved within since lived at the address before on that day.
    const lived = addressFixed > day ? previousAddress : address
    return [{ resident: id, municipality: code, fiscalYear, address: lived, name, birthDate, incomes, totalYen, deductionsYen, dependants, baseYen, cityTaxYen, prefectureTaxYen, paidYen }]
  })
}

function incomesOf(age: number, draw: () => number): { kind: IncomeKind; yen: number }[] {
  const main = age >= AGES.pension ? { kind: '年金', yen: between(draw, 600, 2_400) * 1_000 } as const : { kind: chance(draw, 0.85) ? '給与' : '事業', yen: between(draw, 0, 7_500) * 1_000 } as const
  return chance(draw, 0.1) ? [main, { kind: 'その他', yen: between(draw, 10, 900) * 1_000 }] : [main]
}

const taxOf = (baseYen: number, rate: number): number => Math.floor((baseYen * rate) / 100) * 100
