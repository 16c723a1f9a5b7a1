import { keyedStream } from '../../world/keyed-random.ts'
import type { Strategy } from '../../world/simulated/strategy.ts'

export interface DelayOptions {
  readonly seed: number
  /** How often somebody is passed over. */
  readonly delays: number
  /** About how many steps a run has; over these the delays are spread. */
  readonly steps: number
}

/**
 * Delay-bounded scheduling (Emmi, Qadeer, Rakamarić, "Delay-Bounded Scheduling", POPL 2011): the default schedule, but at a few
 * steps drawn from a seed whoever would come next is passed over for anything else that could, time included, and is slow from
 * then on.
 */
export function delayStrategy({ seed, delays, steps }: DelayOptions): Strategy {
  const draw = keyedStream(seed, 'delays')
  const at = new Set(Array.from({ length: delays }, () => Math.floor(draw() * steps)))
  return {
    timeJumps: delays,
    holds: true,
    choose: ({ step, ready, timeIsOpen, byDefault }) => {
      if (!at.has(step)) return byDefault
      const others = ready.length + (timeIsOpen ? 1 : 0) - 1
      if (others === 0) return byDefault
      const other = Math.floor(draw() * others)
      return other < byDefault ? other : other + 1
    },
  }
}
