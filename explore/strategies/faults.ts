import { keyedStream } from '../../world/keyed-random.ts'
import type { FaultKind } from '../../world/simulated/faults.ts'
import type { Strategy } from '../../world/simulated/strategy.ts'

/** At about so many steps of a run a fault of a kind could happen; one happens at one of them, on average. */
const CHANCES: Readonly<Record<FaultKind, number>> = {
  'late-link': 10,
  'slow-engine': 3,
  timeout: 60,
  'lost-answer': 60,
  'double-press': 30,
  stall: 3,
  'job-twice': 3,
  jam: 3,
  restart: 350,
}

export interface FaultPlan {
  readonly seed: number
  /** Which kinds may happen at all. */
  readonly kinds: readonly FaultKind[]
  /** How many faults there are at most. Default 4. */
  readonly most?: number
}

/** Chooses as `inner` does, and lets things go wrong, drawn from a seed: each kind about once a run, all in all at most `most`. */
export function withFaults(inner: Strategy, { seed, kinds, most = 4 }: FaultPlan): Strategy {
  if (kinds.length === 0) return inner
  const draw = keyedStream(seed, 'faults')
  let left = most
  return {
    ...inner,
    fault: (offered) => {
      if (left === 0) return undefined
      for (const kind of offered) {
        if (!kinds.includes(kind) || draw() * CHANCES[kind] >= 1) continue
        left -= 1
        return kind
      }
      return undefined
    },
  }
}
