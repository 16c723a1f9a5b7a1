import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { defaultStrategy } from '../../../explore/strategies/default.ts'
import { delayStrategy } from '../../../explore/strategies/delays.ts'
import { withFaults } from '../../../explore/strategies/faults.ts'
import { pctStrategy } from '../../../explore/strategies/pct.ts'
import { FAULT_KINDS } from '../../../world/simulated/faults.ts'
import { uniformStrategy } from '../../../explore/strategies/uniform.ts'
import type { Strategy } from '../../../world/simulated/strategy.ts'
import { frozen } from './frozen-system.ts'
import { expectFinished, lines, runOn, type TracedRun } from './small-stage.ts'

const play = (strategy: Strategy): Promise<TracedRun> => runOn(frozen.nodes(), { strategy }, frozen.drive)

const textOf = ({ trace }: TracedRun): string => `${lines(trace).join('\n')}\n`

const sha256 = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex')

/** Everything that has to be the same: steps with what they touch, events, deviations; what else a step's record says follows from that. */
const digestOf = ({ trace, events, deviations }: TracedRun): string =>
  sha256([trace.map(({ process, name, touch, atMs }) => ({ process, name, touch, atMs })), events, deviations])

/**
 * A token means the same in the next release and on every version of Node only if these stay. Where a change of the
 * simulated world is meant to change them, change them, and raise the token's version.
 */
describe('the schedules of a small frozen system', () => {
  it('are, by default, these steps', async () => {
    const run = await play(defaultStrategy())

    expectFinished(run)
    await expect(textOf(run)).toMatchFileSnapshot('golden/default.txt')
    expect(run.deviations).toEqual([])
    expect(digestOf(run)).toBe('181400907b81eb762cee50bd4104a04a418c0bdf6cbdc54388b516573685c78a')
  })

  it('are, for a seed of the uniform strategy, these steps (seed 20230327)', async () => {
    const run = await play(uniformStrategy(20230327, 3))

    expectFinished(run)
    await expect(textOf(run)).toMatchFileSnapshot('golden/uniform-20230327.txt')
    expect(run.deviations.length).toBeGreaterThan(20)
    expect(digestOf(run)).toBe('77033cb1d4ee7bb3c5409af83ecbc24cdb4c1a42a0f4c6c42f7e98d89382ed9a')
  })

  it.each([
    ['PCT', () => pctStrategy({ seed: 20230327, depth: 4, steps: 60, timeJumps: 3 }), '1ca61231accecc666ba5a3af363594f8f9e328720f9f49621def763dc181cfb1'],
    ['delays', () => delayStrategy({ seed: 20230327, delays: 4, steps: 60 }), '44a1719c748cfdfc92a0ef08686647852eed385f86d9955ccbb62e855656cde2'],
    ['faults', () => withFaults(uniformStrategy(20230327, 3, 0.1), { seed: 20230327, kinds: FAULT_KINDS }), '8cd2b8fc3e4bf0557fc893d21e60e44fbda57062e6ea4310d4a3197bd7695b56'],
  ])('are, for a seed of %s, these steps', async (_name, make, digest) => {
    const run = await play(make())

    expectFinished(run)
    expect(run.deviations.length).toBeGreaterThan(0)
    expect(digestOf(run)).toBe(digest)
  })

  it('differ from seed to seed (seeds 0 to 19)', async () => {
    const digests = new Set<string>()
    for (let seed = 0; seed < 20; seed += 1) {
      const run = await play(uniformStrategy(seed, 3))
      expectFinished(run)
      digests.add(digestOf(run))
    }

    expect(digests.size).toBe(20)
  })
})
