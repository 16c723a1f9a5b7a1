import type { Household, PopulationHeader } from './population.ts'
import { impossibleRelations, yearsAfter } from './relation-ages.ts'
import { HEAD_OF_HOUSEHOLD, type Resident } from './resident.ts'
import type { WrongField } from './schema-lines.ts'
import { SEAL_AGE_MIN, type SealRegistration } from './seal.ts'

/**
 * What cannot be of a household, though each field by itself is as the schema says: fields and why, with ids and without
 * personal data. Whether somebody is in the file twice is the file's matter (`population-file.ts`).
 */
export function impossibleInHousehold(household: Household, header: PopulationHeader): WrongField[] {
  const { residents, seals } = household
  const wrong = residents.flatMap((resident, at) => wrongInResident(resident, household, header).map(under(`residents/${String(at)}`)))
  const sealsWrong = seals.flatMap((seal, at) => wrongInSeal(seal, at, household, header).map(under(`seals/${String(at)}`)))
  return [...wrongHeads(household, header), ...wrong, ...sealsWrong]
}

const under = (place: string) => ({ field, what }: WrongField): WrongField => ({ field: `${place}/${field}`, what })

/** A household without one head has no relations that could be looked at. */
function wrongHeads({ residents }: Household, { day }: PopulationHeader): WrongField[] {
  const heads = residents.flatMap(({ relation }, at) => (relation === HEAD_OF_HOUSEHOLD ? [at] : []))
  const [head, second] = heads
  if (head === undefined) return [{ field: 'residents', what: `is without a head (${HEAD_OF_HOUSEHOLD})` }]
  if (second !== undefined) return [{ field: `residents/${String(second)}/relation`, what: `is that of a second head (${HEAD_OF_HOUSEHOLD})` }]
  if (head !== 0) return [{ field: `residents/${String(head)}/relation`, what: 'is that of the head, who has to come first' }]
  const [first] = residents
  if (first === undefined) return []
  return impossibleRelations(residents, first, day).map(({ at, what }) => ({ field: `residents/${String(at)}/relation`, what }))
}

function wrongInResident(resident: Resident, { household, residents }: Household, { municipality, day }: PopulationHeader): WrongField[] {
  const wrong: WrongField[] = []
  if (resident.household !== household) wrong.push({ field: 'household', what: 'is another than that of the line' })
  if (resident.municipality !== municipality) wrong.push({ field: 'municipality', what: 'is another than that of the header' })
  if (resident.address !== residents[0]?.address) wrong.push({ field: 'address', what: 'is another than that of the first of the household' })
  for (const field of DAYS) if (!isDate(resident[field])) wrong.push({ field, what: 'is no day of the calendar' })
  if (resident.birthDate > day) wrong.push({ field: 'birthDate', what: 'is later than the population\'s day' })
  return wrong
}

function wrongInSeal(seal: SealRegistration, place: number, { residents, seals }: Household, { municipality, day }: PopulationHeader): WrongField[] {
  const wrong: WrongField[] = []
  const holder = residents.find(({ id }) => id === seal.resident)
  const before = seals.slice(0, place)
  if (holder === undefined) wrong.push({ field: 'resident', what: 'is nobody of the household' })
  if (before.some(({ resident }) => resident === seal.resident)) wrong.push({ field: 'resident', what: 'has a registration already' })
  if (before.some(({ impression }) => impression === seal.impression)) wrong.push({ field: 'impression', what: 'is registered in the household already' })
  if (seal.municipality !== municipality) wrong.push({ field: 'municipality', what: 'is another than that of the header' })
  if (!isDate(seal.registeredOn)) wrong.push({ field: 'registeredOn', what: 'is no day of the calendar' })
  if (seal.registeredOn > day) wrong.push({ field: 'registeredOn', what: 'is later than the population\'s day' })
  if (holder !== undefined && yearsAfter(holder.birthDate, SEAL_AGE_MIN) > seal.registeredOn) {
    wrong.push({ field: 'registeredOn', what: `is before the holder was ${String(SEAL_AGE_MIN)} years old` })
  }
  return wrong
}

const DAYS = ['birthDate', 'becameResident', 'addressFixed', 'notified'] as const
const MONTH_DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const

/** Whether what looks like a date is one. */
export function isDate(iso: string): boolean {
  const [year = 0, month = 0, day = 0] = [iso.slice(0, 4), iso.slice(5, 7), iso.slice(8)].map(Number)
  if (day < 1 || day > (MONTH_DAYS[month - 1] ?? 0)) return false
  return month !== 2 || day < 29 || (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0))
}
