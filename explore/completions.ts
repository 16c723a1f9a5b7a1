import type { Ordering } from '../world/orderings.ts'
import { isSame } from './arena.ts'
import { LatentScheduler } from './latency.ts'
import type { Failure } from './minimise.ts'
import { enforceOrderings } from './strategies/enforce.ts'
import { uniformStrategy } from './strategies/uniform.ts'

/** So many random completions have to give the same victim the wrong paper before orderings are said to suffice. */
export const COMPLETIONS = 100

/** Which completions are tried, and which of them count. */
export interface Completing {
  /** In every other one calls take time, as they do in the live world; in the rest time passes only when nothing is ready. */
  readonly withLatency: boolean
  /** One that had to give an ordering up counts for nothing. Otherwise an ordering is a delay of as long as it holds, at most. */
  readonly obeying: boolean
}

/** Random runs that obey orderings, held against a failure: in each of them the same person is wronged in the same way, or not. */
export class Completions {
  constructor(
    private readonly failure: Failure,
    private readonly completing: Completing,
  ) {}

  /** Whether every completion fails alike; the first that does not decides. */
  async allFail(orderings: readonly Ordering[]): Promise<boolean> {
    for (let seed = 0; seed < COMPLETIONS; seed += 1) if (!(await this.failsAlike(orderings, seed))) return false
    return true
  }

  /** How many of the first completions fail alike. */
  async failed(orderings: readonly Ordering[], of = COMPLETIONS): Promise<number> {
    let failed = 0
    for (let seed = 0; seed < of; seed += 1) if (await this.failsAlike(orderings, seed)) failed += 1
    return failed
  }

  private async failsAlike(orderings: readonly Ordering[], seed: number): Promise<boolean> {
    const { arena, found } = this.failure
    const { withLatency, obeying } = this.completing
    const strategy = enforceOrderings(orderings, uniformStrategy(seed))
    const attempt = await arena.run(strategy, withLatency && seed % 2 === 0 ? { scheduling: LatentScheduler.for(seed) } : {})
    return (!obeying || strategy.missed.length === 0) && isSame(found, arena.found(attempt))
  }
}
