import { keyedStream } from '../../world/keyed-random.ts'
import type { Strategy } from '../../world/simulated/strategy.ts'

/**
 * Every choice equally likely, from one seed; firing the earliest timer is one of them as long as its budget lasts.
 * @param timeJumps how often time may pass while something is ready; default 0: time passes when nothing is
 * @param timeChance how likely time is to pass where it may; by default as likely as any other choice
 */
export function uniformStrategy(seed: number, timeJumps = 0, timeChance?: number): Strategy {
  const draw = keyedStream(seed, 'schedule')
  return {
    timeJumps,
    choose: ({ ready, timeIsOpen }) => {
      const chooseTime = timeIsOpen && ready.length > 0 && timeChance !== undefined
      if (chooseTime && draw() < timeChance) return ready.length
      const choices = ready.length + (timeIsOpen && !chooseTime ? 1 : 0)
      return choices === 1 ? 0 : Math.floor(draw() * choices)
    },
  }
}
