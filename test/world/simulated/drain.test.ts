import { afterEach, describe, expect, it, vi } from 'vitest'
import { uniformStrategy } from '../../../explore/strategies/uniform.ts'
import type { World } from '../../../world/ports.ts'
import { expectFinished, lines, runBodies } from './small-stage.ts'

/** So many awaits before the next port call, each of them a turn of the microtask queue. */
async function links(count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) await Promise.resolve(n)
}

/** Two port calls with a chain of promises between them. */
const chained = (count: number) => async ({ files }: World): Promise<void> => {
  await files.remove('first')
  await links(count)
  await files.remove('second')
}

afterEach(() => {
  vi.doUnmock('../../../world/simulated/drain.ts')
  vi.resetModules()
})

/** The system under test loaded anew in a program without the engine's own way to empty the microtask queue. */
async function withoutDraining(): Promise<typeof import('./small-stage.ts')> {
  vi.resetModules()
  vi.stubGlobal('process', new Proxy(process, { get: (real, key) => (key === '_tickCallback' ? undefined : (Reflect.get(real, key) as unknown)) }))
  try {
    return await import('./small-stage.ts')
  } finally {
    vi.unstubAllGlobals()
  }
}

describe('draining', () => {
  it.each([1, 50, 10_000])('goes through a chain of %i promises within one step', async (count) => {
    const run = await runBodies({}, chained(count), chained(count), chained(count))

    expectFinished(run)
    // A chain that were not through would give the turn to another process: run to block shows it.
    expect(run.trace.map(({ process }) => process)).toEqual(['one', 'one', 'two', 'two', 'three', 'three'].map((name, index) => `${name}#script.${String(Math.floor(index / 2) + 1)}`))
  })

  it('works on this version of Node', async () => {
    const { canDrain } = await import('../../../world/simulated/drain.ts')
    const inMacrotask = await new Promise((resolve) => setImmediate(() => resolve(canDrain())))

    expect(inMacrotask).toBe(true)
  })

  it('is known not to work within a microtask', async () => {
    const { canDrain } = await import('../../../world/simulated/drain.ts')
    await Promise.resolve()

    expect(canDrain()).toBe(false)
  })

  it('is not needed where a run waits a while before it asks for anything', async () => {
    const late = async ({ files }: World): Promise<void> => {
      await links(50)
      await files.remove('first')
    }
    const other = await withoutDraining()

    expect((await runBodies({}, late)).end).toEqual({ end: 'finished' })
    expect((await other.runBodies({}, late)).end).toEqual({ end: 'finished' })
  })

  it.each([1, 50, 10_000])('is not needed: a turn of the event loop does the same for a chain of %i promises', async (count) => {
    const other = await withoutDraining()
    const { canDrain } = await import('../../../world/simulated/drain.ts')
    expect(canDrain()).toBe(false)

    const drained = await runBodies({}, chained(count), chained(1))
    const turned = await other.runBodies({}, chained(count), chained(1))

    expect(turned.end).toEqual({ end: 'finished' })
    expect(lines(turned.trace)).toEqual(lines(drained.trace))
  })

  it.each([1, 2, 3])('is not needed under a random schedule either (seed %i)', async (seed) => {
    const bodies = [1, 7, 50].map((count) => async (world: World) => {
      await chained(count)(world)
      await world.clock.sleep(count)
      await world.database.transaction('count', async (tx) => {
        await tx.put({ name: 'table' }, 'row', 'group', count)
        await links(count)
      })
    })
    const other = await withoutDraining()

    const drained = await runBodies({ strategy: uniformStrategy(seed, 5) }, ...bodies)
    const turned = await other.runBodies({ strategy: uniformStrategy(seed, 5) }, ...bodies)

    expect(turned.end).toEqual({ end: 'finished' })
    expect(lines(turned.trace)).toEqual(lines(drained.trace))
    expect(turned.deviations).toEqual(drained.deviations)
  })

  it('is not needed to notice a real timer, and ends quiet where a promise never settles', async () => {
    const other = await withoutDraining()

    const leaking = await other.runBodies({}, async ({ files }) => {
      await files.remove('first')
      await links(3)
      setTimeout(() => undefined, 1)
    })
    const quiet = await other.runBodies({}, () => new Promise(() => undefined))

    expect(leaking.end).toMatchObject({ end: 'failed', error: { code: 'REAL_IO' } })
    expect(quiet.end.end).toBe('quiet')
  })
})
