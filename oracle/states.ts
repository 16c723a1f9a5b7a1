import type { EventOf } from '../contract/index.ts'

/** An operation at the counter: it took effect at one moment between its `invoke` and its `ok`, nobody knows which. */
export interface CounterOperation {
  readonly invokedI: number
  readonly ended: EventOf<'ok', 'counter'>
}

/** A record as it stood from one operation to the next. */
export interface State<R> {
  readonly record: R
  /** What made it; absent for the state at the beginning. */
  readonly operation?: CounterOperation
  /** What replaced it. */
  readonly next?: CounterOperation
}

/** `i` of the first event at which the state may have been in force. */
export const possibleFrom = (state: State<unknown>): number => state.operation?.invokedI ?? -1
/** `i` of the last event at which the state may have been in force. */
export const possibleTo = (state: State<unknown>): number => state.next?.ended.i ?? Number.POSITIVE_INFINITY

/** Those states that may have been in force at event `i`: one, unless an operation was under way. */
export const statesAt = <R>(states: readonly State<R>[], i: number): State<R>[] =>
  states.filter(({ operation, next }) => (operation === undefined || operation.invokedI < i) && !(next !== undefined && next.ended.i < i))

/**
 * All states of each person's record, ordered by the record's version, which is the only order between two states of one
 * person. Filled once from the events, then only read.
 */
export class RecordStates<R extends { readonly version: number }> {
  private readonly people = new Map<string, (State<R> & { next?: CounterOperation })[]>()

  add(id: string, record: R, operation?: CounterOperation): State<R> {
    const state = { record, ...(operation === undefined ? {} : { operation }) }
    const states = listIn(this.people, id)
    states.push(state)
    const before = states.at(-2)
    if (before !== undefined && before.record.version > record.version) states.sort((a, b) => a.record.version - b.record.version)
    for (let at = Math.max(0, states.indexOf(state) - 1); at < states.length - 1; at += 1) link(states[at], states[at + 1])
    return state
  }

  get empty(): boolean {
    return this.people.size === 0
  }

  /** All states of a person's record, oldest first. */
  of(id: string): readonly State<R>[] {
    return this.people.get(id) ?? []
  }
}

function link(state: { next?: CounterOperation } | undefined, following: State<unknown> | undefined): void {
  if (state !== undefined && following?.operation !== undefined) state.next = following.operation
}

/** The list under a key, made where there is none. */
export function listIn<K, T>(map: Map<K, T[]>, key: K): T[] {
  const known = map.get(key)
  if (known !== undefined) return known
  const list: T[] = []
  map.set(key, list)
  return list
}
