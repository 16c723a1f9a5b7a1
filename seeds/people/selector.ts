import { HEAD_OF_HOUSEHOLD, TorichigaeError, type Resident, type SealStatus, type Sex } from '../../contract/index.ts'

/**
 * A selector says whom a role of an incident may be played by. Words joined by commas must all hold:
 *
 * - `any`, `any:male`, `any:female`: anybody, of that sex
 * - `adult`: 15 or older on the day of the incident, the age from which kiosks serve many municipalities' residents
 * - `household:8`: the head of a household of at least so many
 * - `foreign`: a foreign national
 * - `family:4`: in a family register of this municipality in which at least so many stand
 * - `elsewhere:registered`, `elsewhere:pending`, `elsewhere:unregistered`: who lives elsewhere and has the registered domicile in this
 *   municipality, by how far registering for use has got
 * - `restricted`: under a protective measure; without this word nobody who is
 * - `sealed`: with a seal registration in force
 * - `unsealed`: who never registered a seal
 * - `namesake:<role>`: of the same name as that role's person, and another person
 * - `same-household:<role>`: another member of that role's household
 */
export interface Selector {
  readonly role: string
  readonly text: string
  readonly sex: Sex | undefined
  readonly adult: boolean
  readonly foreign: boolean
  readonly restricted: boolean
  readonly sealed: boolean
  readonly unsealed: boolean
  readonly householdOfAtLeast: number | undefined
  readonly familyOfAtLeast: number | undefined
  readonly elsewhere: DomicileUse | undefined
  readonly namesakeOf: readonly string[]
  readonly sameHouseholdAs: readonly string[]
}

/** How far registering for use of the family registers has got, of somebody who lives elsewhere. */
export type DomicileUse = 'registered' | 'pending' | 'unregistered'
const DOMICILE_USES: readonly DomicileUse[] = ['registered', 'pending', 'unregistered']

/** The age of `adult`. */
const ADULT_YEARS = 15

/** Reads one entry of a cast. @throws TorichigaeError BAD_FILE naming role and selector. */
export function parseSelector(role: string, text: string): Selector {
  const words = text.split(',').map((word) => word.trim())
  const unknown = words.find((word) => !/^(any|any:male|any:female|adult|foreign|restricted|sealed|unsealed|household:[1-9]\d*|family:[1-9]\d*|elsewhere:(registered|pending|unregistered)|(namesake|same-household):.+)$/.test(word))
  if (unknown !== undefined) throw badCast(role, text, `"${unknown}" is no selector`)
  const sexes = words.filter((word) => word.startsWith('any:'))
  if (new Set(sexes).size > 1) throw badCast(role, text, 'nobody is of two sexes')
  if (words.filter((word) => word.startsWith('elsewhere:')).length > 1) throw badCast(role, text, 'nobody is registered in two ways')
  const most = (name: string): number | undefined => {
    const sizes = argumentsOf(words, name).map(Number)
    return sizes.length === 0 ? undefined : Math.max(...sizes)
  }
  return {
    role,
    text,
    sex: sexes.includes('any:male') ? 'male' : sexes.includes('any:female') ? 'female' : undefined,
    adult: words.includes('adult'),
    foreign: words.includes('foreign'),
    restricted: words.includes('restricted'),
    sealed: words.includes('sealed'),
    unsealed: words.includes('unsealed'),
    householdOfAtLeast: most('household'),
    familyOfAtLeast: most('family'),
    elsewhere: DOMICILE_USES.find((use) => words.includes(`elsewhere:${use}`)),
    namesakeOf: argumentsOf(words, 'namesake'),
    sameHouseholdAs: argumentsOf(words, 'same-household'),
  }
}

/** What is known of a person besides the record. */
export interface Circumstances {
  readonly householdSize: number
  readonly seal: SealStatus | undefined
  /** How many stand in the person's family register, if that is kept in this municipality. */
  readonly familySize: number
  /** Of somebody who lives elsewhere. */
  readonly use: DomicileUse | undefined
}

/** True where the person by himself or herself may play the role: all but namesakes and shared households. */
export function fits(selector: Selector, person: Resident, { householdSize, seal, familySize, use }: Circumstances, today: string): boolean {
  if (person.status !== 'resident' || person.restricted !== selector.restricted) return false
  if (selector.sex !== undefined && person.sex !== selector.sex) return false
  if (selector.adult && !isAdult(person.birthDate, today)) return false
  if (selector.foreign && person.foreign === undefined) return false
  if ((selector.sealed && seal !== 'active') || (selector.unsealed && seal !== undefined)) return false
  if (selector.familyOfAtLeast !== undefined && familySize < selector.familyOfAtLeast) return false
  if (selector.elsewhere !== use) return false
  if (selector.householdOfAtLeast === undefined) return true
  return householdSize >= selector.householdOfAtLeast && person.relation === HEAD_OF_HOUSEHOLD
}

/** The roles that a selector speaks of. */
export function rolesNamedBy({ namesakeOf, sameHouseholdAs }: Selector): readonly string[] {
  return [...namesakeOf, ...sameHouseholdAs]
}

/** An entry of a cast that cannot be met. */
export function badCast(role: string, text: string, why: string): TorichigaeError {
  return new TorichigaeError('BAD_FILE', `role "${role}" is cast as "${text}", but ${why}`)
}

function isAdult(birthDate: string, today: string): boolean {
  return `${String(Number(birthDate.slice(0, 4)) + ADULT_YEARS)}${birthDate.slice(4)}` <= today
}

function argumentsOf(words: readonly string[], name: string): string[] {
  return words.filter((word) => word.startsWith(`${name}:`)).map((word) => word.slice(name.length + 1))
}
