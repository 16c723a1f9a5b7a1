import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { virtualMs } from '../../../world/ports.ts'
import { type SimulatedTimer, TimerHeap } from '../../../world/simulated/timers.ts'

const SEED = 20230714
const owner = (alive = true) => ({ name: 'task', node: { name: 'node' }, application: undefined, alive })

const operation = fc.oneof(
  fc.record({ op: fc.constant('set' as const), atMs: fc.integer({ min: 0, max: 20 }), alive: fc.boolean() }),
  fc.record({ op: fc.constant('cancel' as const), which: fc.nat(30) }),
  fc.record({ op: fc.constant('take' as const) }),
)

describe('the timers of a run', () => {
  it(`are taken by time, then by order of setting; cancelled ones and those of the dead never (seed ${String(SEED)})`, () => {
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 60 }), (operations) => {
        const heap = new TimerHeap()
        const set: SimulatedTimer[] = []
        const taken = new Set<SimulatedTimer>()
        for (const made of operations) {
          if (made.op === 'set') set.push(heap.set(virtualMs(made.atMs), 'x', owner(made.alive), () => undefined))
          else if (made.op === 'cancel') {
            const timer = set[made.which]
            if (timer !== undefined) timer.cancelled = true
          } else {
            const left = set.filter((timer) => !timer.cancelled && timer.process.alive && !taken.has(timer))
            const expected = left.sort((a, b) => a.atMs - b.atMs || a.order - b.order)[0]

            expect(heap.earliest()).toBe(expected)
            expect(heap.take()).toBe(expected)
            if (expected !== undefined) taken.add(expected)
          }
        }
      }),
      { seed: SEED, numRuns: 500 },
    )
  })
})
