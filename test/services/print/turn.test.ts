import { describe, expect, it } from 'vitest'
import { Refusal } from '../../../contract/index.ts'
import { endJob } from '../../../services/print/turn/end-job.ts'
import { ownerChecked } from '../../../services/print/turn/owner-checked.ts'
import { releaseOnTimeout } from '../../../services/print/turn/release-on-timeout.ts'
import type { TurnFactory } from '../../../services/print/turn/turn.ts'
import { defaultStrategy } from '../../../explore/strategies/default.ts'
import { uniformStrategy } from '../../../explore/strategies/uniform.ts'
import type { Strategy } from '../../../world/simulated/strategy.ts'
import { eventsOf, PRINT_NODE, runSmall } from '../small-system.ts'

const LIMIT_MS = 10_000

/** A job's printing: begins and ends at these times after the first job, or is killed. */
interface Span {
  readonly job: number
  readonly fromMs: number
  readonly toMs: number
  readonly killed: boolean
}

/** Runs jobs that take so long through one turn; all ask for it at once, in this order. */
async function inTurn(factory: TurnFactory, jobsMs: readonly number[], strategy: Strategy = defaultStrategy()) {
  const spans: Span[] = []
  const { result, events } = await runSmall({ strategy }, async ({ stage }) => {
    const turn = factory({ limitMs: LIMIT_MS })
    const startMs = stage.world(PRINT_NODE).clock.now()
    const jobs = jobsMs.map(async (takesMs, job) => {
      const world = stage.world(PRINT_NODE, `job-${String(job)}`)
      const printed = turn.inTurn(world, async (signal) => {
        const fromMs = world.clock.now() - startMs
        const end = (killed: boolean): void => void spans.push({ job, fromMs, toMs: world.clock.now() - startMs, killed })
        await new Promise<void>((resolve, reject) => {
          void world.clock.sleep(takesMs).then(resolve)
          signal?.addEventListener('abort', () => {
            reject(signal.reason as Error)
          })
        }).catch((error: unknown) => {
          end(true)
          throw error
        })
        end(false)
        return `printed ${String(job)}`
      })
      return printed.catch((error: unknown) => (error instanceof Refusal ? error.code : Promise.reject(error as Error)))
    })
    return Promise.all(jobs)
  })
  return { spans, result, passed: eventsOf(events, 'info', 'log').filter(({ code }) => code === 'TURN_LIMIT_PASSED').map(({ application }) => application) }
}

const overlap = (spans: readonly Span[]): [number, number][] =>
  spans.flatMap((a) => spans.filter((b) => a.job < b.job && a.fromMs < b.toMs && b.fromMs < a.toMs).map((b): [number, number] => [a.job, b.job]))

const VARIANTS = { 'release-on-timeout': releaseOnTimeout, 'owner-checked': ownerChecked, 'end-job': endJob }

describe.each(Object.entries(VARIANTS))('a turn (%s)', (_, factory) => {
  it('lets jobs that keep the limit print one after another, in the order in which they asked', async () => {
    const { spans, result, passed } = await inTurn(factory, [3_000, 1_000, 2_000])

    expect(spans).toEqual([
      { job: 0, fromMs: 0, toMs: 3_000, killed: false },
      { job: 1, fromMs: 3_000, toMs: 4_000, killed: false },
      { job: 2, fromMs: 4_000, toMs: 6_000, killed: false },
    ])
    expect(result).toEqual(['printed 0', 'printed 1', 'printed 2'])
    expect(passed).toEqual([])
  })

  it('goes on to the next when a job fails, and gives the failure back', async () => {
    const { result } = await runSmall({}, async ({ stage }) => {
      const turn = factory({ limitMs: LIMIT_MS })
      const world = stage.world(PRINT_NODE)
      const first = turn.inTurn(world, () => Promise.reject(new Refusal('GLYPH_PENDING')))
      const second = turn.inTurn(world, () => Promise.resolve('printed'))
      return Promise.allSettled([first, second])
    })

    expect(result).toMatchObject([{ status: 'rejected', reason: { code: 'GLYPH_PENDING' } }, { status: 'fulfilled', value: 'printed' }])
  })

  it('is free again when all are through, the limit passed or not', async () => {
    const { result } = await runSmall({}, async ({ stage }) => {
      const turn = factory({ limitMs: LIMIT_MS })
      const world = stage.world(PRINT_NODE)
      await turn.inTurn(world, () => world.clock.sleep(2 * LIMIT_MS)).catch(() => undefined)
      const beganMs = world.clock.now()
      await turn.inTurn(world, () => Promise.resolve())
      return world.clock.now() - beganMs
    })

    expect(result).toBe(0)
  })
})

describe('a turn that the limit releases (release-on-timeout)', () => {
  it('lets the job that passes the limit go on printing beside the next one', async () => {
    const { spans, result, passed } = await inTurn(releaseOnTimeout, [13_000, 5_000])

    expect(spans).toEqual([
      { job: 0, fromMs: 0, toMs: 13_000, killed: false },
      { job: 1, fromMs: 10_000, toMs: 15_000, killed: false },
    ])
    expect(result).toEqual(['printed 0', 'printed 1'])
    expect(passed).toEqual(['job-0'])
  })

  it('chains: the late job\'s own release frees the turn of the next, and so on, though nobody else passes the limit', async () => {
    const { spans, passed } = await inTurn(releaseOnTimeout, [13_000, 9_000, 9_000, 9_000])

    expect(passed).toEqual(['job-0'])
    expect(overlap(spans)).toEqual([[0, 1], [1, 2], [2, 3]])
  })
})

describe('a turn with an owner (owner-checked)', () => {
  it('still lets the job that passes the limit print beside the next one', async () => {
    const { spans, passed } = await inTurn(ownerChecked, [13_000, 5_000])

    expect(overlap(spans)).toEqual([[0, 1]])
    expect(passed).toEqual(['job-0'])
  })

  it('ends the chain: the late job frees nobody else\'s turn', async () => {
    const { spans } = await inTurn(ownerChecked, [13_000, 9_000, 9_000, 9_000])

    expect(overlap(spans)).toEqual([[0, 1]])
    expect(spans.map(({ fromMs }) => fromMs)).toEqual([0, 10_000, 19_000, 28_000])
  })
})

describe('a turn whose limit ends the job (end-job)', () => {
  it('refuses the job at the limit and only then lets the next one begin', async () => {
    const { spans, result, passed } = await inTurn(endJob, [13_000, 5_000, 4_000])

    expect(spans).toEqual([
      { job: 0, fromMs: 0, toMs: 10_000, killed: true },
      { job: 1, fromMs: 10_000, toMs: 15_000, killed: false },
      { job: 2, fromMs: 15_000, toMs: 19_000, killed: false },
    ])
    expect(result).toEqual(['SERVER_TIMEOUT', 'printed 1', 'printed 2'])
    expect(passed).toEqual(['job-0'])
  })

  it('refuses a job that was through at the very instant of the limit where the limit was faster', async () => {
    const { result } = await runSmall({}, async ({ stage }) => {
      const world = stage.world(PRINT_NODE)
      const turn = endJob({ limitMs: LIMIT_MS })
      // Set after the limit's timer, so that of one instant the limit fires first.
      return turn.inTurn(world, () => world.clock.sleep(LIMIT_MS)).catch((error: unknown) => (error as Refusal).code)
    })

    expect(result).toBe('SERVER_TIMEOUT')
  })

  it('never lets two jobs print at once, whatever the schedule (seeds 1 to 50)', async () => {
    for (let seed = 1; seed <= 50; seed += 1) {
      const { spans } = await inTurn(endJob, [13_000, 9_500, 10_000, 30_000, 1_000], uniformStrategy(seed, 20))
      expect({ seed, spans: spans.length, overlap: overlap(spans) }).toEqual({ seed, spans: 5, overlap: [] })
    }
  })
})
