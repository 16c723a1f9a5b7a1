import { describe, expect, it } from 'vitest'
import { pctStrategy } from '../../../explore/strategies/pct.ts'
import type { World } from '../../../world/ports.ts'
import { lines, runBodies } from '../../world/simulated/small-stage.ts'

const STEPS = 5
/** Four steps, and then one that the test looks at. */
const walk = (last: string, first?: string) => async ({ files }: World): Promise<void> => {
  for (let step = 1; step < STEPS; step += 1) await files.remove(step === 1 && first !== undefined ? first : 'other')
  await files.remove(last)
}

/** How often `seen` holds of the names of the steps, in order, over the seeds. */
async function share(depth: number, seeds: number, seen: (names: readonly string[]) => boolean): Promise<number> {
  let count = 0
  for (let seed = 0; seed < seeds; seed += 1) {
    const strategy = pctStrategy({ seed, depth, steps: 3 * STEPS })
    const { trace } = await runBodies({ strategy }, walk('a', 'begin'), walk('b'), walk('c'))
    if (seen(trace.map(({ name }) => name.replace('print: remove work file ', '')))) count += 1
  }
  return count / seeds
}

describe('the PCT strategy', () => {
  it('is the same for the same seed', async () => {
    const once = () => runBodies({ strategy: pctStrategy({ seed: 7, depth: 3, steps: 15, timeJumps: 2 }) }, walk('a'), ({ clock }) => clock.sleep(5), walk('b'))

    expect(lines((await once()).trace)).toEqual(lines((await once()).trace))
  })

  it('lets tasks run one after the other at depth 1 (seeds 0 to 199)', async () => {
    const switches = await share(1, 200, (names) => names.indexOf('a') === STEPS - 1 || names.indexOf('b') === STEPS - 1 || names.indexOf('c') === STEPS - 1)

    expect(switches).toBe(1)
  })

  it('finds what one ordering makes at least as often as its bound 1/n says (seeds 0 to 1999)', async () => {
    // Depth 1: task b is through before a begins. n = 3, so 1/3; three standard deviations of 2,000 draws are 0.032.
    expect(await share(1, 2_000, (names) => names.indexOf('b') < names.indexOf('begin'))).toBeGreaterThan(1 / 3 - 0.032)
  })

  it('finds what two orderings make at least as often as its bound 1/(n k) says, and never at depth 1 (seeds 0 to 1999)', async () => {
    // Depth 2: a begins, b runs to its end, and only then a ends. n = 3, k = 15, so 1/45 = 0.022; three standard deviations are 0.010.
    const nested = (names: readonly string[]): boolean => names.indexOf('begin') < names.indexOf('b') && names.indexOf('b') < names.indexOf('a')

    expect(await share(2, 2_000, nested)).toBeGreaterThan(1 / 45 - 0.01)
    expect(await share(1, 500, (names) => nested(names) && names.indexOf('begin') === 0 && names.indexOf('a') === 3 * STEPS - 1)).toBe(0)
  })

  it('lets time pass before ready steps within its budget, and never without one (seeds 0 to 199)', async () => {
    const early = async (seed: number, timeJumps: number): Promise<boolean> => {
      const { trace } = await runBodies({ strategy: pctStrategy({ seed, depth: 1, steps: 5, timeJumps }) }, ({ clock }) => clock.sleep(1), walk('a'))
      return trace[0]?.name === 'print: wait'
    }
    let jumped = 0
    for (let seed = 0; seed < 200; seed += 1) {
      if (await early(seed, 1)) jumped += 1
      expect(await early(seed, 0)).toBe(false)
    }

    expect(jumped).toBeGreaterThan(50)
    expect(jumped).toBeLessThan(150)
  })
})
