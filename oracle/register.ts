import { type EventOf, HEAD_OF_HOUSEHOLD, type Municipality, type Resident } from '../contract/index.ts'

/** An operation at the counter: it took effect at one moment between its `invoke` and its `ok`, nobody knows which. */
export interface CounterOperation {
  readonly invokedI: number
  readonly ended: EventOf<'ok', 'counter'>
}

/** A person's record as it stood from one operation to the next. */
export interface RegisterState {
  readonly resident: Resident
  /** What made it; absent for the state at the beginning. */
  readonly operation?: CounterOperation
  /** What replaced it. */
  readonly next?: CounterOperation
}

const NOBODY: ReadonlySet<string> = new Set()

/** `i` of the first event at which the state may have been in force. */
export const possibleFrom = (state: RegisterState): number => state.operation?.invokedI ?? -1
/** `i` of the last event at which the state may have been in force. */
export const possibleTo = (state: RegisterState): number => state.next?.ended.i ?? Number.POSITIVE_INFINITY

/**
 * The register history: every state of every person, ordered by the record's version, which is the only order between two
 * states of one person. Filled once from the events, then only read.
 */
export class Register {
  private readonly people = new Map<string, (RegisterState & { next?: CounterOperation })[]>()
  private readonly byName = new Map<string, RegisterState[]>()
  private readonly households = new Map<string, Set<string>>()
  private readonly unended = new Map<string, number>()
  private readonly municipalities: ReadonlyMap<string, Municipality>

  constructor(municipalities: readonly Municipality[]) {
    this.municipalities = new Map(municipalities.map((municipality) => [municipality.code, municipality]))
  }

  add(resident: Resident, operation?: CounterOperation): void {
    const state = { resident, ...(operation === undefined ? {} : { operation }) }
    const states = listIn(this.people, resident.id)
    states.push(state)
    const before = states.at(-2)
    if (before !== undefined && before.resident.version > resident.version) {
      states.sort((a, b) => a.resident.version - b.resident.version)
    }
    for (let at = Math.max(0, states.indexOf(state) - 1); at < states.length - 1; at += 1) link(states[at], states[at + 1])
    listIn(this.byName, resident.name).push(state)
    const household = this.households.get(resident.household)
    if (household === undefined) this.households.set(resident.household, new Set([resident.id]))
    else household.add(resident.id)
  }

  /** Notes operations that began and of which no end was recorded: what they did is not known. */
  addUnended(residents: readonly string[], invokedI: number): void {
    for (const id of residents) this.unended.set(id, Math.min(invokedI, this.unended.get(id) ?? invokedI))
  }

  get empty(): boolean {
    return this.people.size === 0
  }

  municipality(code: string): Municipality | undefined {
    return this.municipalities.get(code)
  }

  /** Whether `printed` is how paper names the municipality; one that the header does not list is not judged by its name. */
  isNameOf(printed: string, code: string): boolean {
    const municipality = this.municipalities.get(code)
    return municipality === undefined || municipality.name === printed
  }

  /** All states of a person, oldest first. */
  statesOf(id: string): readonly RegisterState[] {
    return this.people.get(id) ?? []
  }

  /** States of whoever at any time had this name. */
  statesNamed(name: string): readonly RegisterState[] {
    return this.byName.get(name) ?? []
  }

  /** The name by which a person was last known; the key where the register does not know the person. */
  nameOf(id: string): string {
    return this.people.get(id)?.at(-1)?.resident.name ?? id
  }

  /** Everyone who was ever in a household in which this person ever was, the person included. */
  circleOf(id: string): ReadonlySet<string> {
    const households = new Set(this.statesOf(id).map(({ resident }) => resident.household))
    if (households.size === 1) for (const household of households) return this.households.get(household) ?? NOBODY
    const circle = new Set([id])
    for (const household of households) for (const member of this.households.get(household) ?? NOBODY) circle.add(member)
    return circle
  }

  /** Whether somebody of that name may have been head of the household while the state may have been in force. */
  hadHead(state: RegisterState, name: string): boolean {
    const { household } = state.resident
    return this.statesNamed(name).some(
      (head) =>
        head.resident.household === household &&
        head.resident.relation === HEAD_OF_HOUSEHOLD &&
        possibleFrom(head) <= possibleTo(state) &&
        possibleFrom(state) <= possibleTo(head),
    )
  }

  /** Whether one of them was in an operation that began before event `i` and of which no end was recorded. */
  unsure(people: Iterable<string>, i: number): boolean {
    if (this.unended.size === 0) return false
    for (const id of people) if ((this.unended.get(id) ?? i) < i) return true
    return false
  }
}

function link(state: { next?: CounterOperation } | undefined, following: RegisterState | undefined): void {
  if (state !== undefined && following?.operation !== undefined) state.next = following.operation
}

function listIn<K, T>(map: Map<K, T[]>, key: K): T[] {
  const known = map.get(key)
  if (known !== undefined) return known
  const list: T[] = []
  map.set(key, list)
  return list
}
