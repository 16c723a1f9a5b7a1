import type { History } from '../../contract/index.ts'
import { type Invariant, judge, type Judgement } from '../../oracle/index.ts'

/** The invariants a history violates, each once. */
export const violated = (history: History): Invariant[] => [...new Set(judge(history).violations.map(({ invariant }) => invariant))]

/** What one check says, with its explanation. */
export function verdictOf(history: History, invariant: Invariant): { verdict: Judgement['verdict']; why: string } {
  const { checks, violations, unknowns } = judge(history)
  const why = [...violations.filter((each) => each.invariant === invariant).map(({ explanation }) => explanation)]
  why.push(...unknowns.filter((each) => each.invariant === invariant).map((unknown) => unknown.why))
  return { verdict: checks[invariant], why: why.join(' ') }
}
