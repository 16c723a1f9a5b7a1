import type { CounterOperation, Register, RegisterState } from './register.ts'

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
  const states = statesAt(register, id, i)
  const facts = states.map(ownFact)
  const [fact] = facts
  if (fact !== undefined && facts.every((each) => each !== undefined)) return fact
  const applicantStates = id === applicant ? states : statesAt(register, applicant, i)
  const households = new Set(applicantStates.map(({ resident }) => resident.household))
  const [state] = states
  if (state === undefined || applicantStates.length === 0 || states.some(({ resident }) => households.has(resident.household))) return undefined
  return withOperation(`was no longer of the household of ${register.nameOf(applicant)}`, state)
}

function ownFact(state: RegisterState): StopFact | undefined {
  const { status, restricted } = state.resident
  if (status === 'deceased') return withOperation('was recorded as deceased', state)
  if (status === 'moved-out') return withOperation('had moved out', state)
  return restricted ? withOperation('was under a protective measure', state) : undefined
}

const withOperation = (words: string, { operation }: RegisterState): StopFact => ({ words, ...(operation === undefined ? {} : { operation }) })

/** Every state that may have been in force at event `i`: one, unless an operation was under way. */
const statesAt = (register: Register, id: string, i: number): RegisterState[] =>
  register
    .statesOf(id)
    .filter(({ operation, next }) => (operation === undefined || operation.invokedI < i) && !(next !== undefined && next.ended.i < i))
