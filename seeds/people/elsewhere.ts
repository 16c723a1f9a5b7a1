import type { FamilyRegister, Municipality, Resident } from '../../contract/index.ts'
import { civilDay, isoDay } from './civil-days.ts'
import { familyRegistersOf } from './families.ts'
import { keyedHash } from './keyed-random.ts'
import { generatePopulation, type PopulationOptions } from './population.ts'

/** Where people of a municipality live who live elsewhere: a town that does not exist and takes no part, another one for each. */
const townBeside = ({ code }: Municipality): Municipality => ({ code: `yoso-${code}`, name: '余所町', prefecture: '見本県', mayor: '見本　花子', feesYen: {} })

/** People of a municipality who live elsewhere, to be played with. Ours (`docs/parameters.md`). */
const SIZE = 24
/** Days before today on which somebody was registered for use, and days after it on which somebody is going to be. */
const DAYS = { before: 30, after: 3 }

/** Somebody whose family register is kept in a municipality in which he or she does not live. */
export interface LivesElsewhere {
  readonly resident: Resident
  /** The day from which he or she may use it; absent for somebody who never asked. */
  readonly from?: string
}

/**
 * People who live elsewhere and have their registered domicile in this municipality, and their family registers. A third of them are
 * registered for use, a third will be in some days, a third is not.
 */
export function peopleElsewhere(options: PopulationOptions): { readonly people: readonly LivesElsewhere[]; readonly families: readonly FamilyRegister[] } {
  const { municipality, seed, today } = options
  const { prefecture, name, code } = municipality
  const town = townBeside(municipality)
  const residents = generatePopulation({ seed, municipality: town, size: SIZE, today }).map((resident): Resident => {
    const { domicile, address } = resident
    return domicile === undefined ? resident : { ...resident, domicile: address.replace(town.prefecture + town.name, prefecture + name) }
  })
  const families = familyRegistersOf(residents, municipality, seed, `${code}-elsewhere-f`)
  const people = residents.filter(({ domicile }) => domicile !== undefined).map((resident): LivesElsewhere => {
    const third = keyedHash(seed, `elsewhere/${resident.id}`) % 3
    return { resident, ...(third === 0 ? { from: dayFrom(today, -DAYS.before) } : third === 1 ? { from: dayFrom(today, DAYS.after) } : {}) }
  })
  return { people, families }
}

const dayFrom = (day: string, days: number): string => isoDay(civilDay(day) + days)
