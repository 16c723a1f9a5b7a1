import { type EventOf, HEAD_OF_HOUSEHOLD, type Municipality, type Resident, type SealRegistration } from '../contract/index.ts'
import { Families } from './families.ts'
import { type CounterOperation, listIn, possibleFrom, possibleTo, RecordStates, type State } from './states.ts'
import { Taxes } from './taxes.ts'

/** A person's record in the resident register as it stood from one operation to the next. */
export type RegisterState = State<Resident>

const NOBODY: ReadonlySet<string> = new Set()

/**
 * The history of the registers: every state of every person's record and seal registration. Filled once from the events, then
 * only read.
 */
export class Register {
  readonly families = new Families()
  readonly taxes = new Taxes()
  /** Registrations for use by people from elsewhere, by person. */
  readonly domicileUsers = new Map<string, EventOf<'info', 'domicile-user'>[]>()
  private readonly people = new RecordStates<Resident>()
  private readonly seals = new RecordStates<SealRegistration>()
  private readonly byName = new Map<string, RegisterState[]>()
  private readonly households = new Map<string, Set<string>>()
  private readonly unended = new Map<string, number>()
  private readonly municipalities: ReadonlyMap<string, Municipality>

  constructor(municipalities: readonly Municipality[]) {
    this.municipalities = new Map(municipalities.map((municipality) => [municipality.code, municipality]))
  }

  add(resident: Resident, operation?: CounterOperation): void {
    const state = this.people.add(resident.id, resident, operation)
    listIn(this.byName, resident.name).push(state)
    const household = this.households.get(resident.household)
    if (household === undefined) this.households.set(resident.household, new Set([resident.id]))
    else household.add(resident.id)
  }

  addSeal(seal: SealRegistration, operation?: CounterOperation): void {
    this.seals.add(seal.resident, seal, operation)
  }

  /** Notes operations that began and of which no end was recorded: what they did is not known. */
  addUnended(residents: readonly string[], invokedI: number): void {
    for (const id of residents) this.unended.set(id, Math.min(invokedI, this.unended.get(id) ?? invokedI))
  }

  get empty(): boolean {
    return this.people.empty
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
    return this.people.of(id)
  }

  /** All states of a person's seal registration, oldest first. */
  sealStatesOf(id: string): readonly State<SealRegistration>[] {
    return this.seals.of(id)
  }

  /** States of whoever at any time had this name. */
  statesNamed(name: string): readonly RegisterState[] {
    return this.byName.get(name) ?? []
  }

  /** The name by which a person was last known; the key where no register knows the person. */
  nameOf(id: string): string {
    return this.statesOf(id).at(-1)?.record.name ?? this.families.nameOf(id) ?? id
  }

  /** Everyone who was ever in a household in which this person ever was, the person included. */
  circleOf(id: string): ReadonlySet<string> {
    const households = new Set(this.statesOf(id).map(({ record }) => record.household))
    if (households.size === 1) for (const household of households) return this.households.get(household) ?? NOBODY
    const circle = new Set([id])
    for (const household of households) for (const member of this.households.get(household) ?? NOBODY) circle.add(member)
    return circle
  }

  /** Whether somebody of that name may have been head of the household while the state may have been in force. */
  hadHead(state: RegisterState, name: string): boolean {
    const { household } = state.record
    return this.statesNamed(name).some(
      (head) =>
        head.record.household === household &&
        head.record.relation === HEAD_OF_HOUSEHOLD &&
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
