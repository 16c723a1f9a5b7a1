import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exhaust, type ExhaustiveRun, type Scope } from '../../explore/exhaustive.ts'
import { linearExtensions } from '../../explore/linear-extensions.ts'
import { runBodies } from '../world/simulated/small-stage.ts'
import { bodyOf, type Move, randomSystem } from './strategies/random-system.ts'

const SEED = 20230506
const EVERYTHING: Scope = { includes: () => true, timeJumps: 0 }
const most = 3_000

/** Runs a system under each strategy it is given, and keeps what its tasks saw: the ends that there are. */
function watched(system: readonly (readonly Move[])[]): { readonly run: ExhaustiveRun; readonly ends: Set<string> } {
  const ends = new Set<string>()
  return {
    ends,
    run: async (strategy, watch) => {
      const seen: string[] = []
      const { end } = await runBodies({ strategy, ...watch }, ...system.map((moves) => bodyOf(moves, (what) => seen.push(what))))
      if (end.end === 'finished') ends.add([...seen].sort().join('; '))
    },
  }
}

const small = randomSystem.map((system) => system.slice(0, 3).map((moves) => moves.slice(0, 3)))

describe('an exhaustive search', () => {
  it(`loses no end by leaving out orders that cannot matter, and counts them all (seed ${String(SEED)})`, { timeout: 120_000 }, async () => {
    let left = 0
    await fc.assert(
      fc.asyncProperty(small, fc.integer({ min: 0, max: 1 }), async (system, timeJumps) => {
        const scope = { ...EVERYTHING, timeJumps }
        const all = watched(system)
        const whole = await exhaust(all.run, { scope, reduced: false, most })
        const few = watched(system)
        const reduced = await exhaust(few.run, { scope, most })

        fc.pre(whole.complete)
        expect(reduced.complete).toBe(true)
        expect([...few.ends].sort()).toEqual([...all.ends].sort())
        expect(reduced.interleavings).toBe(BigInt(whole.schedules))
        left += whole.schedules - reduced.schedules
      }),
      { seed: SEED, numRuns: 12 },
    )
    expect(left).toBeGreaterThan(100)
  })

  it('runs one schedule where nothing that is done together can matter, and all where everything does', async () => {
    const apart = watched([[{ kind: 'write', file: 'a.img' }, { kind: 'write', file: 'a.img' }], [{ kind: 'write', file: 'b.img' }, { kind: 'write', file: 'b.img' }]])
    expect(await exhaust(apart.run, { scope: EVERYTHING })).toMatchObject({ complete: true, schedules: 1, interleavings: 6n })

    const together = watched([[{ kind: 'write', file: 'a.img' }, { kind: 'write', file: 'a.img' }], [{ kind: 'write', file: 'a.img' }, { kind: 'write', file: 'a.img' }]])
    expect(await exhaust(together.run, { scope: EVERYTHING })).toMatchObject({ complete: true, schedules: 6, interleavings: 6n })
  })

  it('says that it is not complete where it was stopped', async () => {
    const system = watched([[{ kind: 'write', file: 'a.img' }], [{ kind: 'write', file: 'a.img' }]])

    expect(await exhaust(system.run, { scope: EVERYTHING, most: 1 })).toMatchObject({ complete: false, schedules: 1 })
    expect(await exhaust(system.run, { scope: EVERYTHING, most: 2 })).toMatchObject({ complete: true, schedules: 2 })
  })
})

describe('the linear extensions of a list', () => {
  it(`are as many as the permutations that keep what is dependent in order (seed ${String(SEED)})`, () => {
    const pairs = fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 4 })), { maxLength: 8 })
    fc.assert(
      fc.property(pairs, (dependencies) => {
        const items = [0, 1, 2, 3, 4]
        const dependent = (one: number, other: number): boolean => dependencies.some(([a, b]) => (a === one && b === other) || (a === other && b === one))
        const kept = permutations(items).filter((order) => items.every((one) => items.every((other) => one >= other || !dependent(one, other) || order.indexOf(one) < order.indexOf(other))))

        expect(linearExtensions(items, dependent)).toBe(BigInt(kept.length))
      }),
      { seed: SEED, numRuns: 100 },
    )
  })
})

function permutations(items: readonly number[]): number[][] {
  if (items.length === 0) return [[]]
  return items.flatMap((item) => permutations(items.filter((one) => one !== item)).map((rest) => [item, ...rest]))
}
