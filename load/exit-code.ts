import type { Verdict } from '../oracle/index.ts'
import type { Threshold } from './thresholds.ts'

/** What the exit code of a load test follows from. */
export interface Ending {
  readonly verdict: Verdict
  readonly thresholds: readonly Threshold[]
  /** The client was the limit, so that the result is not known. */
  readonly limited: boolean
}

/** 0 clean, 1 a violation, 3 a threshold missed, 2 unknown or the client was the limit; where several hold, in this order. */
export function exitCodeOfLoad({ verdict, thresholds, limited }: Ending): 0 | 1 | 2 | 3 {
  if (verdict === 'violation') return 1
  if (thresholds.some(({ ok }) => !ok)) return 3
  return verdict === 'unknown' || limited ? 2 : 0
}
