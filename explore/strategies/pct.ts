import { keyedStream } from '../../world/keyed-random.ts'
import type { StepOwner } from '../../world/simulated/step.ts'
import type { Choice, Strategy } from '../../world/simulated/strategy.ts'
import type { SimulatedTimer } from '../../world/simulated/timers.ts'

export interface PctOptions {
  readonly seed: number
  /** How many orderings have to come together: d - 1 times a task loses its turn. At least 1. */
  readonly depth: number
  /** About how many steps a run has; over these the changes are spread. */
  readonly steps: number
  /** How often time may pass while something is ready. Default 0. */
  readonly timeJumps?: number
}

/**
 * Probabilistic concurrency testing (Burckhardt, Kothari, Musuvathi, Nagarakatte, "A Randomized Scheduler with Probabilistic
 * Guarantees of Finding Bugs", ASPLOS 2010). Each task has a random priority, and the ready step of the highest goes on. At
 * d - 1 steps drawn beforehand the task that has just run falls below all others. A bug that d orderings make is found with a
 * chance of at least 1 / (n * k^(d-1)) a run of n tasks and k steps, as long as time passes only when nothing is ready; with
 * time jumps a timer has a priority of its own as if it were a task, and the bound counts them among n.
 */
export function pctStrategy({ seed, depth, steps, timeJumps = 0 }: PctOptions): Strategy {
  const draw = keyedStream(seed, 'pct')
  // Ranks above 0 are drawn; each change gives one below all given before.
  const changes = new Set(Array.from({ length: depth - 1 }, () => Math.floor(draw() * steps)))
  const ranks = new WeakMap<StepOwner | SimulatedTimer, number>()
  let lowest = 0
  let last: StepOwner | SimulatedTimer | undefined
  const rankOf = (one: StepOwner | SimulatedTimer): number => {
    let rank = ranks.get(one)
    if (rank === undefined) {
      rank = draw()
      ranks.set(one, rank)
    }
    return rank
  }
  const best = ({ ready, timer, timeIsOpen }: Choice): number => {
    let at = -1
    let rank = -Infinity
    for (const [place, { process }] of ready.entries()) {
      const own = rankOf(process)
      if (own <= rank) continue
      at = place
      rank = own
    }
    return timer !== undefined && timeIsOpen && (at < 0 || rankOf(timer) > rank) ? ready.length : at
  }
  return {
    timeJumps,
    choose: (choice) => {
      if (last !== undefined && changes.has(choice.step)) ranks.set(last, (lowest -= 1))
      const at = best(choice)
      last = choice.ready[at]?.process ?? choice.timer
      return at
    },
  }
}
