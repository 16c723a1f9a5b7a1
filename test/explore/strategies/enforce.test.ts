import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defaultStrategy } from '../../../explore/strategies/default.ts'
import { enforceOrderings } from '../../../explore/strategies/enforce.ts'
import { replayStrategy } from '../../../explore/strategies/replay.ts'
import { uniformStrategy } from '../../../explore/strategies/uniform.ts'
import type { Ordering, StepPoint } from '../../../world/orderings.ts'
import type { World } from '../../../world/ports.ts'
import type { Strategy } from '../../../world/simulated/strategy.ts'
import { expectFinished, NOON, node, runOn, type TracedRun } from '../../world/simulated/small-stage.ts'

const SEED = 20230628
const point = (kiosk: string, step: string) => ({ kiosk, step: `print: ${step}` })
const ordering = (first: StepPoint, then: StepPoint, withinMs = 10_000): Ordering => ({ first, then, withinMs })

const WRITE = 'write work file print.img'
const READ = 'read work file print.img'
const writeAndRead = async ({ files }: World): Promise<void> => {
  await files.write('print.img', { digest: 'd', pages: 1, body: 'b' })
  await files.read('print.img')
}

/** Bodies that work for the first application of kiosks shop-1, shop-2 and so on, each on a node of its own. */
function play(strategy: Strategy, ...bodies: readonly ((world: World) => Promise<void>)[]): Promise<TracedRun> {
  const names = bodies.map((_, index) => `shop-${String(index + 1)}`)
  return runOn(names.map((name) => node(name)), { strategy }, async (stage) => {
    await Promise.all(bodies.map((body, index) => body(stage.world(names[index]!, `application-${names[index]!}-1`))))
  })
}

/** Steps as `shop-1 write work file print.img`. */
const made = ({ trace }: TracedRun): string[] => trace.map(({ process, name }) => `${process.replace(/#.*/, '')} ${name.replace('print: ', '')}`)
const before = (steps: readonly string[], one: string, other: string): boolean => steps.indexOf(one) >= 0 && steps.indexOf(one) < steps.indexOf(other)

describe('enforced orderings', () => {
  it('hold under the default schedule, which would do otherwise', async () => {
    const strategy = enforceOrderings([ordering(point('shop-2', WRITE), point('shop-1', READ))], defaultStrategy())
    const run = await play(strategy, writeAndRead, writeAndRead)

    expectFinished(run)
    expect(made(run)).toEqual([`shop-1 ${WRITE}`, `shop-2 ${WRITE}`, `shop-2 ${READ}`, `shop-1 ${READ}`])
    expect(strategy.missed).toEqual([])
  })

  it(`hold under every random schedule, and its choices are what they leave (seed ${String(SEED)})`, async () => {
    const orderings = [ordering(point('shop-2', WRITE), point('shop-1', READ)), ordering(point('shop-1', WRITE), point('shop-2', WRITE))]
    const seen = new Set<string>()
    await fc.assert(
      fc.asyncProperty(fc.integer(), async (seed) => {
        const strategy = enforceOrderings(orderings, uniformStrategy(seed, 3))
        const run = await play(strategy, writeAndRead, writeAndRead, writeAndRead)
        const steps = made(run)

        expectFinished(run)
        expect(strategy.missed).toEqual([])
        expect(before(steps, `shop-2 ${WRITE}`, `shop-1 ${READ}`)).toBe(true)
        expect(before(steps, `shop-1 ${WRITE}`, `shop-2 ${WRITE}`)).toBe(true)
        seen.add(steps.filter((name) => !name.startsWith('shop-3')).join())
      }),
      { seed: SEED, numRuns: 200 },
    )

    expect(seen.size).toBe(2)
  })

  it('can be replayed as the deviations they led to', async () => {
    const run = await play(enforceOrderings([ordering(point('shop-2', WRITE), point('shop-1', WRITE))], defaultStrategy()), writeAndRead, writeAndRead)
    const again = await play(replayStrategy(run.deviations), writeAndRead, writeAndRead)

    expect(made(run)[0]).toBe(`shop-2 ${WRITE}`)
    expect(made(again)).toEqual(made(run))
  })

  it('let time pass while they hold the only step that is ready', async () => {
    const late = async (world: World): Promise<void> => {
      await world.clock.sleep(500)
      await writeAndRead(world)
    }
    const strategy = enforceOrderings([ordering(point('shop-2', WRITE), point('shop-1', READ))], defaultStrategy())
    const run = await play(strategy, writeAndRead, late)

    expectFinished(run)
    expect(before(made(run), `shop-2 ${WRITE}`, `shop-1 ${READ}`)).toBe(true)
    expect(strategy.missed).toEqual([])
  })

  it('may have the firing of a timer for the first of two', async () => {
    const body = async ({ clock, files }: World): Promise<void> => {
      clock.after(5_000, 'the print limit passes', () => undefined)
      await files.remove('a')
    }
    const strategy = enforceOrderings([ordering(point('shop-2', 'the print limit passes'), point('shop-1', WRITE))], defaultStrategy())
    const run = await play(strategy, writeAndRead, body)

    expect(before(made(run), 'shop-2 the print limit passes', `shop-1 ${WRITE}`)).toBe(true)
    expect(run.trace.at(-1)?.atMs).toBe(NOON + 5_000)
    expect(strategy.missed).toEqual([])
  })

  it(`take a call that waits for a lock to be made once it has the lock, and to be one call (seed ${String(SEED)})`, async () => {
    const LOCK = 'get and lock rows'
    const counted = async ({ database }: World): Promise<void> => {
      await database.transaction('count', async (tx) => {
        const row = await tx.get<number>({ name: 'rows' }, 'one')
        await tx.put({ name: 'rows' }, 'one', 'all', (row?.data ?? 0) + 1)
      })
    }
    const twice = async (world: World): Promise<void> => {
      await counted(world)
      await counted(world)
    }
    let waited = 0
    await fc.assert(
      fc.asyncProperty(fc.integer(), async (seed) => {
        const strategy = enforceOrderings([ordering({ ...point('shop-1', LOCK), nth: 2 }, point('shop-3', WRITE))], uniformStrategy(seed))
        const run = await play(strategy, twice, twice, writeAndRead)
        const asked = run.trace.filter(({ process, name }) => process.startsWith('shop-1') && name === `print: ${LOCK}`)
        const had = asked.filter((step) => !step.waited)

        expectFinished(run)
        expect(strategy.missed).toEqual([])
        expect(had).toHaveLength(2)
        expect(run.trace.indexOf(had[1]!)).toBeLessThan(run.trace.findIndex(({ name }) => name === `print: ${WRITE}`))
        waited += asked.length - had.length
      }),
      { seed: SEED, numRuns: 50 },
    )

    expect(waited).toBeGreaterThan(0)
  })

  it('hold the first step of its kind only, and of that kiosk only', async () => {
    const twice = async (world: World): Promise<void> => {
      await writeAndRead(world)
      await writeAndRead(world)
    }
    const strategy = enforceOrderings([ordering(point('shop-2', WRITE), point('shop-1', WRITE))], defaultStrategy())
    const run = await play(strategy, twice, twice, writeAndRead)

    expectFinished(run)
    expect(made(run)[0]).toBe(`shop-2 ${WRITE}`)
    expect(strategy.missed).toEqual([])
  })
})

describe('orderings that cannot be had', () => {
  const sleeps = (...times: readonly number[]) => async ({ clock }: World): Promise<void> => {
    for (const ms of times) await clock.sleep(ms)
  }
  const never = ordering(point('shop-9', WRITE), point('shop-1', WRITE), 1_000)
  const writtenAtMs = (run: TracedRun): number => (run.trace.find(({ name }) => name === `print: ${WRITE}`)?.atMs ?? NaN) - NOON

  it('are given up after the longest hold', async () => {
    const strategy = enforceOrderings([never], defaultStrategy())
    const run = await play(strategy, writeAndRead, sleeps(400, 400, 400, 400, 400))

    expectFinished(run)
    expect(writtenAtMs(run)).toBe(800)
    expect(strategy.missed).toEqual([never])
  })

  it('do not let hours pass for a hold of a second', async () => {
    const strategy = enforceOrderings([never], defaultStrategy())
    const run = await play(strategy, writeAndRead, sleeps(3_600_000))

    expect(writtenAtMs(run)).toBe(0)
    expect(strategy.missed).toEqual([never])
  })

  it('are given up at once where nothing else can happen', async () => {
    const strategy = enforceOrderings([never], defaultStrategy())
    const run = await play(strategy, writeAndRead)

    expectFinished(run)
    expect(strategy.missed).toEqual([never])
  })

  it('hold from when they begin to, not from the beginning of the run', async () => {
    const strategy = enforceOrderings([never], defaultStrategy())
    const late = async (world: World): Promise<void> => {
      await world.clock.sleep(5_000)
      await writeAndRead(world)
    }
    const run = await play(strategy, late, sleeps(...Array.from({ length: 80 }, () => 100)))

    expect(writtenAtMs(run)).toBe(6_000)
    expect(strategy.missed).toEqual([never])
  })

  it('that contradict each other leave one of them missed, and the run finishes', async () => {
    const both = [ordering(point('shop-1', WRITE), point('shop-2', WRITE)), ordering(point('shop-2', WRITE), point('shop-1', WRITE))]
    const strategy = enforceOrderings(both, uniformStrategy(5))
    const run = await play(strategy, writeAndRead, writeAndRead)

    expectFinished(run)
    expect(strategy.missed).toHaveLength(1)
  })

  it('are given up when time has been let pass too often', async () => {
    const impatient = { ...never, withinMs: 1e9 }
    const strategy = enforceOrderings([impatient], defaultStrategy())
    const ticking = async ({ clock }: World): Promise<void> => {
      for (let n = 0; n < 12_000; n += 1) await clock.sleep(1)
    }
    const run = await play(strategy, writeAndRead, ticking)

    expectFinished(run)
    expect(writtenAtMs(run)).toBe(10_000)
    expect(strategy.missed).toEqual([impatient])
  })
})
