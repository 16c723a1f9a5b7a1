/** Three-valued: what cannot be decided is `unknown`, and unknown is never a pass. */
export type Verdict = 'pass' | 'violation' | 'unknown'

/** What must hold, in the order in which reports show it. */
export const INVARIANTS = [
  'SUBJECT',
  'TYPE',
  'WHOLE',
  'FRESH',
  'STOPPED',
  'PAID',
  'ENTITLED',
  'CUSTODY',
  'ONE-WRITER',
  'UNIQUE',
  'ECHO',
  'PROVENANCE',
  'MONOTONIC',
] as const
export type Invariant = (typeof INVARIANTS)[number]

/** One thing that did not hold. It names people: a history is judged where it was made. */
export interface Violation {
  readonly invariant: Invariant
  readonly application?: string
  /** The `i` of the events that prove it, in order. */
  readonly events: readonly number[]
  /** Two or three sentences for a clerk: which kiosk, what time, who asked, whose record. */
  readonly explanation: string
}

/** Why something could not be decided; `HISTORY` stands for the recording as a whole. */
export interface Unknown {
  readonly invariant: Invariant | 'HISTORY'
  readonly why: string
}

/** What the oracle says of a history. */
export interface Judgement {
  readonly verdict: Verdict
  readonly violations: readonly Violation[]
  readonly unknowns: readonly Unknown[]
  readonly checks: Readonly<Record<Invariant, Verdict>>
  /**
   * Invariants that need events from inside, on a target that shows none. They stand as `unknown` in `checks` and do not
   * keep the verdict from being a pass, which then holds for what can be observed from outside and for nothing else.
   */
  readonly notObservable: readonly Invariant[]
  /** Papers handed out, one a print, that violate SUBJECT. */
  readonly wrongPapers: number
  /** Applications whose paper broke FRESH: of the right person, and no longer so. */
  readonly stalePapers: number
}
