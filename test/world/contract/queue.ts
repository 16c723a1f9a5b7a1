import { describe } from 'vitest'
import { describeHandingOut } from './queue-handing-out.ts'
import { describeRetries } from './queue-retries.ts'
import type { MakeQueueSubject } from './queue-subject.ts'
import { describeTakeover } from './queue-takeover.ts'

/**
 * What every `Queue` and its workers have to do. Whether a job that is tried again or taken over goes before those that wait or
 * behind them is no part of it: BullMQ's back ends differ in both.
 */
export function describeQueueContract(name: string, make: MakeQueueSubject): void {
  describe(`the queue of ${name}`, () => {
    describeHandingOut(make)
    describeRetries(make)
    describeTakeover(make)
  })
}
