import { HEAD_OF_HOUSEHOLD, type SealRegistration } from '../contract/index.ts'
import type { Register, RegisterState } from './register.ts'
import type { CounterOperation, State } from './states.ts'

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
    return this.latest(this.register.statesOf(id))
  }

  /** The person's seal registration at this instant, in force or revoked; `undefined` where there was none. */
  sealOf(id: string): SealRegistration | undefined {
    return this.latest(this.register.sealStatesOf(id))?.record
  }

  /** Those of `people` who are in the same household as `id`, `id` included, whatever their status. */
  householdOf(id: string, people: Iterable<string>): string[] {
    const household = this.stateOf(id)?.record.household
    if (household === undefined) return []
    return [...people].filter((person) => this.stateOf(person)?.record.household === household)
  }

  /** Whether one of `people` is head of that household and has this name. */
  hasHead(household: string, name: string, people: Iterable<string>): boolean {
    for (const id of people) {
      const resident = this.stateOf(id)?.record
      if (resident?.household === household && resident.relation === HEAD_OF_HOUSEHOLD && resident.name === name) return true
    }
    return false
  }

  private latest<R>(states: readonly State<R>[]): State<R> | undefined {
    return states.findLast(({ operation }) => operation === undefined || this.done.has(operation))
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
  // Where an operation ends nothing new is possible: what it leaves was possible while it was under way.
  const instants = new Set([fromI])
  for (const { invokedI } of operations) if (invokedI > fromI) instants.add(invokedI)
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
    for (const { operation } of [...register.statesOf(id), ...register.sealStatesOf(id)]) {
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
