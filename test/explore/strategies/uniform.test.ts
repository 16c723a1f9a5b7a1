import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { uniformStrategy } from '../../../explore/strategies/uniform.ts'
import type { World } from '../../../world/ports.ts'
import { lines, runBodies } from '../../world/simulated/small-stage.ts'
import { bodyOf, randomSystem } from './random-system.ts'

const SEED = 20230509

const step = (name: string) => async ({ files }: World): Promise<void> => files.remove(name)

describe('the uniform strategy', () => {
  it(`is the same for the same seed, whatever the system (seed ${String(SEED)})`, async () => {
    await fc.assert(
      fc.asyncProperty(randomSystem, fc.integer({ min: 0, max: 1_000_000 }), async (system, seed) => {
        const once = (): ReturnType<typeof runBodies> =>
          runBodies({ strategy: uniformStrategy(seed, 3) }, ...system.map((moves) => bodyOf(moves, () => undefined)))
        const [first, second] = [await once(), await once()]

        expect(lines(second.trace)).toEqual(lines(first.trace))
        expect(second.deviations).toEqual(first.deviations)
      }),
      { seed: SEED, numRuns: 100 },
    )
  })

  it('takes every order of three steps about equally often (seeds 0 to 5999)', async () => {
    const counts = new Map<string, number>()
    for (let seed = 0; seed < 6_000; seed += 1) {
      const { trace } = await runBodies({ strategy: uniformStrategy(seed) }, step('a'), step('b'), step('c'))
      const order = trace.map(({ name }) => name.at(-1)).join('')
      counts.set(order, (counts.get(order) ?? 0) + 1)
    }

    expect([...counts.keys()].sort()).toEqual(['abc', 'acb', 'bac', 'bca', 'cab', 'cba'])
    // Five standard deviations of a binomial distribution of 6,000 draws at one sixth are 144.
    for (const count of counts.values()) expect(Math.abs(count - 1_000)).toBeLessThan(144)
  })

  it('lets time pass as often as anything else while its budget lasts, and never without one (seeds 0 to 1999)', async () => {
    const first = async (seed: number, timeJumps: number): Promise<boolean> => {
      const { trace } = await runBodies({ strategy: uniformStrategy(seed, timeJumps) }, ({ clock }) => clock.sleep(1), step('a'))
      return trace[0]?.name === 'print: wait'
    }
    let jumped = 0
    for (let seed = 0; seed < 2_000; seed += 1) {
      if (await first(seed, 1)) jumped += 1
      expect(await first(seed, 0)).toBe(false)
    }

    // Five standard deviations of a binomial distribution of 2,000 draws at one half are 112.
    expect(Math.abs(jumped - 1_000)).toBeLessThan(112)
  })
})
