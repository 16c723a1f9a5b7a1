import type { CounterOperation, Register, RegisterState } from './register.ts'
import { HEAD_OF_HOUSEHOLD } from '../contract/index.ts'

/** More operations than this under way at once on one household give more orders of taking effect than are worth trying. */
const UNDER_WAY_MAX = 10

const NOTHING: ReadonlySet<CounterOperation> = new Set()

/** The register of a few people at one instant. */
export class Snapshot {
  constructor(
    private readonly register: Register,
    private readonly done: ReadonlySet<CounterOperation>,
  ) {}

  /** The person's record at this instant; `undefined` before the register knew the person. */
  stateOf(id: string): RegisterState | undefined {
    const states = this.register.statesOf(id)
    for (let at = states.length - 1; at >= 0; at -= 1) {
      const state = states[at]
      if (state !== undefined && (state.operation === undefined || this.done.has(state.operation))) return state
    }
    return undefined
  }

  /** Those of `people` who are in the same household as `id`, `id` included, whatever their status. */
  householdOf(id: string, people: Iterable<string>): string[] {
    const household = this.stateOf(id)?.resident.household
    if (household === undefined) return []
    return [...people].filter((person) => this.stateOf(person)?.resident.household === household)
  }

  /** Whether one of `people` is head of that household and has this name. */
  hasHead(household: string, name: string, people: Iterable<string>): boolean {
    for (const id of people) {
      const resident = this.stateOf(id)?.resident
      if (resident?.household === household && resident.relation === HEAD_OF_HOUSEHOLD && resident.name === name) return true
    }
    return false
  }
}

/**
 * Every state in which the register of these people may have been at one instant from event `fromI` to event `toI`.
 *
 * 1. An operation whose `ok` is at or before the instant has taken effect, one not yet begun has not.
 * 2. One under way may have or not, as a whole: all people whom it changes, or none.
 *
 * Most windows see no operation on the people concerned and have one snapshot.
 * @throws RangeError where more than ten operations on these people were under way at once.
 */
export function snapshotsBetween(register: Register, people: Iterable<string>, fromI: number, toI: number): Snapshot[] {
  const operations = operationsOn(register, people, toI)
  if (operations.length === 0) return [new Snapshot(register, NOTHING)]
  const instants = new Set([fromI])
  for (const { invokedI, ended } of operations) {
    if (invokedI > fromI) instants.add(invokedI)
    if (ended.i > fromI && ended.i < toI) instants.add(ended.i)
  }
  const found = new Map<string, Snapshot>()
  for (const instant of [...instants].sort((a, b) => a - b)) {
    for (const done of effectsAt(operations, instant)) {
      const key = operations.map((operation) => (done.has(operation) ? '1' : '0')).join('')
      if (!found.has(key)) found.set(key, new Snapshot(register, done))
    }
  }
  return [...found.values()]
}

function operationsOn(register: Register, people: Iterable<string>, beforeI: number): CounterOperation[] {
  const operations = new Set<CounterOperation>()
  for (const id of people) {
    for (const { operation } of register.statesOf(id)) {
      if (operation !== undefined && operation.invokedI < beforeI) operations.add(operation)
    }
  }
  return [...operations]
}

function effectsAt(operations: readonly CounterOperation[], instant: number): Set<CounterOperation>[] {
  const done = operations.filter(({ ended }) => ended.i <= instant)
  const underWay = operations.filter(({ invokedI, ended }) => invokedI <= instant && ended.i > instant)
  if (underWay.length > UNDER_WAY_MAX) throw new RangeError(`${String(underWay.length)} counter operations were under way at once on one household`)
  let effects = [new Set(done)]
  for (const operation of underWay) effects = effects.flatMap((set) => [set, new Set([...set, operation])])
  return effects
}
