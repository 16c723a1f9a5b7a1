import type { Resident, SealRegistration } from '../../contract/index.ts'
import { groupsOf, inOrderOfNeed, liveTogether } from './cast-order.ts'
import type { LivesElsewhere } from './elsewhere.ts'
import { keyedHash } from './keyed-random.ts'
import { badCast, type Circumstances, fits, parseSelector, type Selector } from './selector.ts'

/** Who plays which role. */
export type Cast = Map<string, Resident>

/** What casting looks up; made once a call. */
interface Stage {
  readonly seed: number
  readonly today: string
  readonly population: readonly Resident[]
  readonly seals: ReadonlyMap<string, SealRegistration>
  readonly familySizes: ReadonlyMap<string, number>
  readonly elsewhere: ReadonlyMap<string, LivesElsewhere>
  readonly households: ReadonlyMap<string, readonly Resident[]>
  readonly namesakes: ReadonlyMap<string, readonly Resident[]>
  readonly together: (one: string, other: string) => boolean
}

/** People looked at for the later roles of one group before it is given up: about a second. */
const LOOKS_MAX = 2_000_000

/**
 * Casts every role with another person, from another household unless `same-household` says otherwise; the words are in
 * `selector.ts`. The same seed casts the same people, and whom a role gets depends on its name and selector only, as long as
 * no other role has a claim to that household.
 *
 * 1. Roles that speak of each other form a group. Groups are cast one after another, those that fewest people fit first.
 * 2. Within a group everybody is tried in an order that seed and role decide, going back where a later role finds nobody:
 *    a namesake is asked of somebody who has one.
 *
 * @param cast role to selector.
 * @param today ISO day on which ages count.
 * @param seals seal registrations by resident, for `sealed` and `unsealed`.
 * @param familySizes how many stand in somebody's family register, by resident, for `family`.
 * @param elsewhere people who do not live there, for `elsewhere`.
 * @throws TorichigaeError BAD_FILE naming role and selector: an unknown word or role, or nobody fits.
 */
export function castPeople(
  population: readonly Resident[],
  cast: Readonly<Record<string, string>>,
  seed: number,
  today: string,
  seals: ReadonlyMap<string, SealRegistration> = new Map(),
  familySizes: ReadonlyMap<string, number> = new Map(),
  elsewhere: readonly LivesElsewhere[] = [],
): Cast {
  const ordered = inOrderOfNeed(Object.entries(cast).map(([role, text]) => parseSelector(role, text)))
  const stage: Stage = {
    seed,
    today,
    population,
    seals,
    familySizes,
    elsewhere: new Map(elsewhere.map((person) => [person.resident.id, person])),
    households: groupedBy(population, ({ household }) => household),
    namesakes: groupedBy(population, ({ name }) => name),
    together: liveTogether(ordered),
  }
  const groups = groupsOf(ordered).map((roles) => ({ roles, fewest: Math.min(...roles.map((role) => countFitting(stage, role))) }))
  groups.sort((one, other) => one.fewest - other.fewest)
  const found: Cast = new Map()
  for (const { roles } of groups) castGroup(stage, roles, found)
  return new Map(Object.keys(cast).flatMap((role) => entryOf(found, role)))
}

function castGroup(stage: Stage, roles: readonly Selector[], found: Cast): void {
  let furthest = 0
  let looks = 0
  const castFrom = (index: number): boolean => {
    const selector = roles[index]
    if (selector === undefined) return true
    furthest = Math.max(furthest, index)
    const among = peopleFor(stage, selector, found)
    if (index > 0) looks += among.length
    for (const person of inOrderOfRole(stage, selector.role, fitting(stage, selector, among))) {
      if (looks > LOOKS_MAX) return false
      if (!agrees(stage, selector, person, found)) continue
      found.set(selector.role, person)
      if (castFrom(index + 1)) return true
      found.delete(selector.role)
    }
    return false
  }
  if (castFrom(0)) return
  const stuck = roles[furthest]
  throw badCast(stuck?.role ?? '', stuck?.text ?? '', 'nobody in the population fits')
}

/** Whom to look at: where the role speaks of another that is cast, only that person's household or namesakes. */
function peopleFor(stage: Stage, selector: Selector, found: Cast): readonly Resident[] {
  const { sameHouseholdAs: [housemate], namesakeOf: [namesake] } = selector
  if (housemate !== undefined) return stage.households.get(found.get(housemate)?.household ?? '') ?? []
  if (namesake !== undefined) return stage.namesakes.get(found.get(namesake)?.name ?? '') ?? []
  return everybody(stage, selector)
}

/** Those who live there, or those who do not. */
const everybody = ({ population, elsewhere }: Stage, { elsewhere: use }: Selector): readonly Resident[] =>
  use === undefined ? population : [...elsewhere.values()].map(({ resident }) => resident)

/** An order that is drawn for the role, and in which adding or removing a person moves nobody else. */
function inOrderOfRole(stage: Stage, role: string, people: readonly Resident[]): Resident[] {
  return people
    .map((person) => ({ person, rank: keyedHash(stage.seed, `cast/${role}/${person.id}`) }))
    .sort((one, other) => one.rank - other.rank || (one.person.id < other.person.id ? -1 : 1))
    .map(({ person }) => person)
}

function fitting(stage: Stage, selector: Selector, among: readonly Resident[]): Resident[] {
  const circumstancesOf = ({ id, household }: Resident): Circumstances => ({
    householdSize: stage.households.get(household)?.length ?? 0,
    seal: stage.seals.get(id)?.status,
    familySize: stage.familySizes.get(id) ?? 0,
    use: useOf(stage, id),
  })
  return among.filter((person) => fits(selector, person, circumstancesOf(person), stage.today))
}

/** How far somebody from elsewhere has got with registering for use. */
function useOf({ elsewhere, today }: Stage, id: string): Circumstances['use'] {
  const from = elsewhere.get(id)?.from
  if (!elsewhere.has(id)) return undefined
  return from === undefined ? 'unregistered' : from <= today ? 'registered' : 'pending'
}

/** @throws TorichigaeError BAD_FILE where it is none. */
function countFitting(stage: Stage, selector: Selector): number {
  const { length } = fitting(stage, selector, everybody(stage, selector))
  if (length === 0) throw badCast(selector.role, selector.text, 'nobody in the population fits')
  return length
}

/** True where the person goes with everybody cast so far. */
function agrees(stage: Stage, selector: Selector, person: Resident, found: Cast): boolean {
  for (const [role, other] of found) {
    if (person.id === other.id) return false
    if (stage.together(selector.role, role) !== (person.household === other.household)) return false
  }
  return selector.namesakeOf.every((role) => found.get(role)?.name === person.name)
}

function entryOf(found: Cast, role: string): [string, Resident][] {
  const person = found.get(role)
  return person === undefined ? [] : [[role, person]]
}

function groupedBy(people: readonly Resident[], keyOf: (person: Resident) => string): Map<string, Resident[]> {
  const groups = new Map<string, Resident[]>()
  for (const person of people) {
    const group = groups.get(keyOf(person))
    if (group === undefined) groups.set(keyOf(person), [person])
    else group.push(person)
  }
  return groups
}
