import { describe, expect, it } from 'vitest'
import { defaultStrategy } from '../../../explore/strategies/default.ts'
import { delayStrategy } from '../../../explore/strategies/delays.ts'
import { guidedStrategy, turnsOf } from '../../../explore/strategies/guided.ts'
import { followStrategy, replayStrategy } from '../../../explore/strategies/replay.ts'
import { uniformStrategy } from '../../../explore/strategies/uniform.ts'
import type { World } from '../../../world/ports.ts'
import { HOLD_MS } from '../../../world/simulated/strategy.ts'
import { expectFinished, lines, runBodies } from '../../world/simulated/small-stage.ts'

const remove = (...names: string[]) => async ({ files }: World): Promise<void> => {
  for (const name of names) await files.remove(name)
}
/** Makes a step now and again, each a second after the one before. */
const clerk = (times: number) => async ({ files, clock }: World): Promise<void> => {
  for (let time = 1; time <= times; time += 1) {
    await files.remove(`clerk ${String(time)}`)
    await clock.sleep(1_000)
  }
}
const names = (trace: readonly { readonly name: string }[]): string[] => trace.flatMap(({ name }) => (name.includes('work file') ? [name.replace('print: remove work file ', '')] : []))

describe('a schedule that holds what it passes over', () => {
  it('keeps somebody waiting with one deviation, while others go on and time passes', async () => {
    // After a's first step b comes, not a; from then on a is slow.
    const strategy = guidedStrategy([{ after: 'one#script.1', count: 1, process: 'two#script.2', name: 'print: remove work file clerk 1' }])
    const run = await runBodies({ strategy }, remove('a1', 'a2'), clerk(3))

    expectFinished(run)
    expect(run.deviations).toHaveLength(1)
    expect(names(run.trace)).toEqual(['a1', 'clerk 1', 'clerk 2', 'clerk 3', 'a2'])
  })

  it('lets somebody wait for a minute at most', async () => {
    const strategy = guidedStrategy([{ after: 'one#script.1', count: 1, process: 'two#script.2', name: 'print: remove work file clerk 1' }])
    const run = await runBodies({ strategy }, remove('a1', 'a2'), clerk(100))

    expectFinished(run)
    expect(names(run.trace).indexOf('a2')).toBe(1 + HOLD_MS / 1_000)
  })

  it('is left by a second deviation that takes who waits', async () => {
    const strategy = guidedStrategy([
      { after: 'one#script.1', count: 1, process: 'two#script.2', name: 'print: remove work file clerk 1' },
      { after: 'two#script.2', count: 4, process: 'one#script.1', name: 'print: remove work file a2' },
    ])
    const run = await runBodies({ strategy }, remove('a1', 'a2'), clerk(5))

    expect(names(run.trace)).toEqual(['a1', 'clerk 1', 'clerk 2', 'a2', 'clerk 3', 'clerk 4', 'clerk 5'])
    expect(run.deviations).toHaveLength(2)
  })

  it('tells any other schedule in deviations of its own, as turns and as places (seeds 0 to 99)', async () => {
    const bodies = [remove('a', 'b', 'c'), clerk(3), remove('d', 'e')] as const
    for (let seed = 0; seed < 100; seed += 1) {
      const run = await runBodies({ strategy: uniformStrategy(seed, 3) }, ...bodies)
      const held = await runBodies({ strategy: followStrategy(run.trace) }, ...bodies)
      const turns = turnsOf(held.deviations, held.trace.map(({ process }) => process))

      expect(lines(held.trace)).toEqual(lines(run.trace))
      expect(lines((await runBodies({ strategy: guidedStrategy(turns) }, ...bodies)).trace)).toEqual(lines(run.trace))
      expect(lines((await runBodies({ strategy: replayStrategy(held.deviations, true) }, ...bodies)).trace)).toEqual(lines(run.trace))
    }
  })

  it('is the default one where no turn can be had', async () => {
    const bodies = [remove('a', 'b'), remove('c', 'd')] as const
    const run = await runBodies({ strategy: guidedStrategy([{ after: 'one#script.1', count: 1, process: 'nobody', name: 'nothing' }]) }, ...bodies)

    expect(lines(run.trace)).toEqual(lines((await runBodies({ strategy: defaultStrategy() }, ...bodies)).trace))
  })
})

describe('the strategy of delays', () => {
  it('deviates as often as it was told at most, and is the same for the same seed (seeds 0 to 99)', async () => {
    let deviated = 0
    for (let seed = 0; seed < 100; seed += 1) {
      const once = () => runBodies({ strategy: delayStrategy({ seed, delays: 2, steps: 10 }) }, remove('a', 'b', 'c'), remove('d', 'e'), clerk(2))
      const run = await once()

      expectFinished(run)
      expect(run.deviations.length).toBeLessThanOrEqual(2)
      expect(lines((await once()).trace)).toEqual(lines(run.trace))
      deviated += run.deviations.length
    }
    expect(deviated).toBeGreaterThan(100)
  })
})
