import type { HistoryIndex } from './index-of-history.ts'
import type { Invariant } from './judgement.ts'

/** Something that did not hold, as a checker reports it. */
export interface Breach {
  readonly application?: string
  readonly events: readonly number[]
  readonly explanation: string
  /**
   * Set where the breach is that an event is *not* there, before the last event named or after it. Such a breach is unknown
   * where the history may have lost that very event: `earlier` where lines within are missing, `later` where the end is.
   */
  readonly absent?: 'earlier' | 'later'
}

/** Something that could not be decided, in a sentence. */
export interface Undecided {
  readonly unknown: string
}
export type Finding = Breach | Undecided

/**
 * One invariant as a value. A checker gives its findings one by one; what it found before it crashed stays found, and the
 * crash itself is unknown.
 */
export interface Checker {
  readonly name: Invariant
  /** `inside`: needs work files, images or replicas, which a black-box target does not show. */
  readonly needs: 'kiosk' | 'inside'
  check(index: HistoryIndex): Iterable<Finding>
}
