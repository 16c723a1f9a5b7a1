import type { Register, RegisterState } from './register.ts'
import { type CounterOperation, type State, statesAt } from './states.ts'

/** A fact of the register after which nothing may be issued, and the operation that brought it about. */
export interface StopFact {
  /** Continues a sentence that begins with the person's name. */
  readonly words: string
  readonly operation?: CounterOperation
}

/**
 * Why nothing of this person could be issued to that applicant when event `i` happened; `undefined` where something still
 * could. An operation that was under way then may or may not have taken effect, so it neither sets a fact nor lifts one.
 */
export function stopReason(register: Register, id: string, applicant: string, i: number): StopFact | undefined {
  const states = statesAt(register.statesOf(id), i)
  const facts = states.map(ownFact)
  const [fact] = facts
  if (fact !== undefined && facts.every((each) => each !== undefined)) return fact
  const applicantStates = id === applicant ? states : statesAt(register.statesOf(applicant), i)
  const households = new Set(applicantStates.map(({ record }) => record.household))
  const [state] = states
  if (state === undefined || applicantStates.length === 0 || states.some(({ record }) => households.has(record.household))) return undefined
  return withOperation(`was no longer of the household of ${register.nameOf(applicant)}`, state)
}

function ownFact(state: RegisterState): StopFact | undefined {
  const { status, restricted, movingOutOn } = state.record
  if (status === 'deceased') return withOperation('was recorded as deceased', state)
  if (status === 'moved-out') return withOperation('had moved out', state)
  if (restricted) return withOperation('was under a protective measure', state)
  return movingOutOn === undefined ? undefined : withOperation('had given notice of moving out', state)
}

const withOperation = (words: string, { operation }: State<unknown>): StopFact => ({ words, ...(operation === undefined ? {} : { operation }) })

/** Why no seal certificate could be issued to this person when event `i` happened; `undefined` where one could. */
export function sealStopReason(register: Register, id: string, i: number): StopFact | undefined {
  const states = statesAt(register.sealStatesOf(id), i)
  const [state] = states
  if (state === undefined || states.some(({ record }) => record.status === 'active')) return undefined
  return withOperation('had the seal registration revoked', state)
}
