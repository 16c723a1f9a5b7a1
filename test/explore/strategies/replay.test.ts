import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DivergedError, replayStrategy } from '../../../explore/strategies/replay.ts'
import { uniformStrategy } from '../../../explore/strategies/uniform.ts'
import type { World } from '../../../world/ports.ts'
import type { Deviation, Strategy } from '../../../world/simulated/strategy.ts'
import { expectFinished, lines, runBodies, type TracedRun } from '../../world/simulated/small-stage.ts'
import { bodyOf, type Move, randomSystem } from './random-system.ts'

const SEED = 20230327

interface Seen {
  readonly run: TracedRun
  readonly notes: readonly string[]
}

async function play(system: readonly (readonly Move[])[], strategy: Strategy): Promise<Seen> {
  const notes: string[] = []
  const run = await runBodies({ strategy }, ...system.map((moves) => bodyOf(moves, (seen) => notes.push(seen))))
  return { run, notes }
}

/** Two tasks of three writes each. */
const SYSTEM: readonly (readonly Move[])[] = [0, 1].map(() => ['a.img', 'b.img', 'a.img'].map((file) => ({ kind: 'write' as const, file })))
const divergedAt = (run: TracedRun): DivergedError => {
  if (run.end.end !== 'failed' || !(run.end.error instanceof DivergedError)) throw new Error(`not diverged: ${JSON.stringify(run.end)}`)
  return run.end.error
}

describe('a replayed schedule', () => {
  it(`gives the identical step trace, deviations and outcome, whatever the system and the schedule (seed ${String(SEED)})`, async () => {
    await fc.assert(
      fc.asyncProperty(randomSystem, fc.integer({ min: 0, max: 1_000_000 }), fc.integer({ min: 0, max: 4 }), async (system, seed, timeJumps) => {
        const first = await play(system, uniformStrategy(seed, timeJumps))
        const again = await play(system, replayStrategy(first.run.deviations))

        expectFinished(first.run)
        expect(again.run.end).toEqual({ end: 'finished' })
        expect(lines(again.run.trace)).toEqual(lines(first.run.trace))
        expect(again.run.deviations).toEqual(first.run.deviations)
        expect(again.notes).toEqual(first.notes)
        expect(again.run.events).toEqual(first.run.events)
      }),
      { seed: SEED, numRuns: 300 },
    )
  })

  it('without deviations is the default one', async () => {
    const byDefault = await runBodies({}, ...SYSTEM.map((moves) => bodyOf(moves, () => undefined)))
    const { run } = await play(SYSTEM, replayStrategy([]))

    expect(lines(run.trace)).toEqual(lines(byDefault.trace))
  })

  it('does not mind the order in which deviations are given', async () => {
    const { run } = await play(SYSTEM, uniformStrategy(6))
    expect(run.deviations.length).toBeGreaterThan(1)

    const again = await play(SYSTEM, replayStrategy([...run.deviations].reverse()))

    expect(lines(again.run.trace)).toEqual(lines(run.trace))
  })
})

describe('a schedule that does not fit diverges', () => {
  const recorded: Deviation = { step: 1, take: 0, process: 'two#script.2', name: 'print: write work file a.img' }

  it('not, where it fits', async () => {
    expect((await play(SYSTEM, replayStrategy([recorded]))).run.end).toEqual({ end: 'finished' })
  })

  it('where another step stands there: the build is another', async () => {
    const other: readonly (readonly Move[])[] = [SYSTEM[0]!, [{ kind: 'read', file: 'a.img' }]]
    const error = divergedAt((await play(other, replayStrategy([recorded]))).run)

    expect(error).toMatchObject({ step: 1, expected: 'two#script.2: print: write work file a.img', got: 'two#script.2: print: read work file a.img' })
    expect(error.message).toBe('diverged at step 1, expected two#script.2: print: write work file a.img, got two#script.2: print: read work file a.img')
  })

  it('where another process stands there: the input is another', async () => {
    const error = divergedAt((await play(SYSTEM, replayStrategy([{ ...recorded, process: 'three#script.3' }]))).run)

    expect(error).toMatchObject({ step: 1, expected: 'three#script.3: print: write work file a.img', got: 'two#script.2: print: write work file a.img' })
  })

  it('where nobody stands there', async () => {
    const error = divergedAt((await play([SYSTEM[0]!], replayStrategy([{ ...recorded, take: 1 }]))).run)

    expect(error).toMatchObject({ step: 1, expected: 'two#script.2: print: write work file a.img', got: 'nothing' })
  })

  it('where time passes instead of a step, and a step is made instead of time', async () => {
    const sleeper: readonly Move[] = [{ kind: 'sleep', ms: 1 }, { kind: 'write', file: 'a.img' }]
    const jump: Deviation = { step: 0, take: 1, process: 'one#script.1', name: 'print: wait' }
    const fits = await play([sleeper, SYSTEM[1]!], replayStrategy([jump]))
    const late = await play([sleeper, SYSTEM[1]!, SYSTEM[1]!], replayStrategy([jump]))
    const other = await play([sleeper, SYSTEM[1]!], replayStrategy([{ ...jump, take: 5 }]))

    expect(fits.run.end).toEqual({ end: 'finished' })
    expect(divergedAt(late.run)).toMatchObject({ step: 0, got: 'three#script.3: print: write work file a.img' })
    expect(divergedAt(other.run)).toMatchObject({ step: 0, got: 'nothing' })
  })

  it('where the run is over before', async () => {
    const error = divergedAt((await play(SYSTEM, replayStrategy([{ ...recorded, step: 6 }]))).run)

    expect(error).toMatchObject({ step: 6, expected: 'two#script.2: print: write work file a.img', got: 'the end after 6 steps' })
  })

  it('where two deviations are of one step, of which only one can be followed', async () => {
    const error = divergedAt((await play(SYSTEM, replayStrategy([recorded, recorded]))).run)

    expect(error.step).toBe(1)
  })

  it('in a run that begins with another number of people', async () => {
    const { run } = await play(SYSTEM, uniformStrategy(6))
    const again = await runBodies({ strategy: replayStrategy(run.deviations) }, async ({ files }: World) => {
      await files.remove('a.img')
    })

    expect(divergedAt(again)).toBeInstanceOf(DivergedError)
  })
})
