import { TorichigaeError } from '../contract/index.ts'
import { keyedStream } from '../world/keyed-random.ts'

/** How sessions are begun in an open loop. */
export interface Schedule {
  /** `constant`: one after another at equal distances. `poisson`: at random, as independent people come. */
  readonly arrivals: 'constant' | 'poisson'
  /** Sessions a second of real time. */
  readonly perSecond: number
  /** Real milliseconds from the first possible start to the last. */
  readonly durationMs: number
  readonly seed: number
}

/** More starts than this are no load test of one machine; the history of a run is kept in memory until it is judged. */
export const STARTS_MAX = 100_000

/**
 * When each session is meant to begin, in real milliseconds from the beginning, in order. Whatever becomes of the sessions
 * before, nothing here changes: that is what makes the loop an open one. Each start has a draw of its own.
 * @throws TorichigaeError USAGE where there would be more than {@link STARTS_MAX}
 */
export function intendedStarts({ arrivals, perSecond, durationMs, seed }: Schedule): number[] {
  if ((perSecond * durationMs) / 1_000 > STARTS_MAX) {
    throw new TorichigaeError('USAGE', `--rate times --duration is more than ${String(STARTS_MAX)} sessions`)
  }
  const meanGapMs = 1_000 / perSecond
  const starts: number[] = []
  for (let atMs = 0; ; ) {
    const gapMs = arrivals === 'constant' ? meanGapMs : -Math.log(1 - keyedStream(seed, `start/${String(starts.length)}`)()) * meanGapMs
    // Counted and not added up, so that constant starts do not drift by rounding.
    atMs = arrivals === 'constant' ? starts.length * meanGapMs : atMs + gapMs
    if (atMs >= durationMs || starts.length === STARTS_MAX) return starts
    starts.push(atMs)
  }
}
