import { describe, expect, it } from 'vitest'
import { LatentScheduler } from '../../explore/latency.ts'
import { uniformStrategy } from '../../explore/strategies/uniform.ts'
import type { TableDefinition, World } from '../../world/ports.ts'
import { expectFinished, NOON, runBodies } from '../world/simulated/small-stage.ts'

const LOCK: TableDefinition<string> = { name: 'lock' }

/** Waits for the one row and says so while holding it. */
const holding = (name: string) => async ({ database, files }: World): Promise<void> => {
  await database.transaction('hold', async (tx) => {
    await tx.get(LOCK, 'row')
    await files.write(name, { digest: name, pages: 1, body: name })
  })
}

const runLatent = async (seed: number, ...names: readonly string[]) => {
  const run = await runBodies({ strategy: uniformStrategy(seed), scheduling: LatentScheduler.for(seed) }, ...names.map(holding))
  expectFinished(run)
  const calls = run.trace.filter(({ timer }) => !timer)
  return { trace: run.trace, calls, order: calls.filter(({ name }) => name.includes('write')).map(({ name }) => name.slice(-1)).join('') }
}

describe('a scheduler under which calls take time', () => {
  it('lets time pass before each call, between 2 and 500 milliseconds', async () => {
    const { calls } = await runLatent(1, 'a')
    let before: number = NOON

    expect(calls.length).toBe(3)
    for (const { atMs } of calls) {
      expect(atMs - before).toBeGreaterThanOrEqual(2)
      expect(atMs - before).toBeLessThanOrEqual(500)
      before = atMs
    }
  })

  it('is the same each time for one seed', async () => {
    expect((await runLatent(3, 'a', 'b', 'c')).trace).toEqual((await runLatent(3, 'a', 'b', 'c')).trace)
  })

  it('serves those who wait for a lock in any order', async () => {
    const orders = new Set<string>()
    for (let seed = 0; seed < 60; seed += 1) orders.add((await runLatent(seed, 'a', 'b', 'c')).order)

    expect([...orders].sort()).toEqual(['abc', 'acb', 'bac', 'bca', 'cab', 'cba'])
  })
})
