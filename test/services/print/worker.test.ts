import { describe, expect, it } from 'vitest'
import type { HistoryEvent } from '../../../contract/index.ts'
import { uniformStrategy } from '../../../explore/strategies/uniform.ts'
import { HANAKO, ICHIRO, TARO } from '../../oracle/history-builder.ts'
import { broken, buildOf, type Drive, eventsOf, namesOnPapers, runSmall, type SmallOptions } from '../small-system.ts'

/** Ten copies pass the limit of 8 s, two do not; the second applicant comes while the first job runs. */
const SLOW = { turnLimitMs: 8_000, engineBaseMs: 1_500, enginePerSheetMs: 900 }

/** Hanako asks for ten copies, then Ichirō for eight of his own, then Tarō for one. */
async function rush({ visit }: Drive): Promise<unknown[]> {
  return Promise.all([
    visit(HANAKO, { kiosk: 'shop-1', wish: { copies: 10 }, touchMs: 1_000 }),
    visit(ICHIRO, { kiosk: 'shop-2', wish: { copies: 8 }, touchMs: 1_100 }),
    visit(TARO, { kiosk: 'shop-3', wish: { copies: 1 }, touchMs: 1_200 }),
  ])
}

const workFiles = (events: readonly HistoryEvent[]): string[] => [...new Set(eventsOf(events, 'info', 'work-file').map(({ name }) => name))]
const run = (options: SmallOptions, seed: number) => runSmall({ ...options, strategy: uniformStrategy(seed) }, rush)

describe('print jobs of one worker that pass the limit, with one name for every work file', () => {
  it.each(['release-on-timeout', 'owner-checked'])('print another\'s record where the limit frees the turn but not the job (%s, seeds 1 to 20)', async (turn) => {
    const build = buildOf({ 'print/turn': turn, 'print/work-file': 'fixed-name' }, SLOW)
    let wrong = 0
    for (let seed = 1; seed <= 20; seed += 1) {
      const { judgement } = await run({ build }, seed)
      expect({ seed, broken: broken(judgement) }).toMatchObject({ seed, broken: expect.arrayContaining(['ONE-WRITER']) as unknown })
      wrong += judgement.wrongPapers
    }

    expect(wrong).toBeGreaterThan(0)
  })

  it('kill the conversion and refuse the person before paying where the limit ends the job (seeds 1 to 20)', async () => {
    const build = buildOf({ 'print/turn': 'end-job', 'print/work-file': 'fixed-name' }, SLOW)
    for (let seed = 1; seed <= 20; seed += 1) {
      const { judgement, events, result } = await run({ build }, seed)
      expect({ seed, verdict: judgement.verdict, first: result[0], second: result[1], third: result[2] }).toMatchObject({
        seed,
        verdict: 'pass',
        first: { end: 'refused', code: 'SERVER_TIMEOUT' },
        second: { end: 'refused', code: 'SERVER_TIMEOUT' },
        third: { end: 'paper' },
      })
      expect(eventsOf(events, 'ok', 'pay').map(({ process }) => process)).toEqual(['kiosk:shop-3'])
      expect(namesOnPapers(events)).toEqual([[TARO.name]])
    }
  })
})

describe('the name of a work file', () => {
  it('is one for all jobs where it is fixed', async () => {
    const { events } = await run({ build: buildOf({ 'print/work-file': 'fixed-name' }) }, 1)

    expect(workFiles(events)).toEqual(['issuing:munakata/print.img'])
  })

  it('is each job\'s own where it is made of application and attempt', async () => {
    const { events } = await run({ build: buildOf({ 'print/work-file': 'own-name' }) }, 1)

    expect(workFiles(events)).toHaveLength(3)
  })

  it('fixed for two workers of a site mixes papers up though every turn is right (seeds 1 to 20)', async () => {
    const build = buildOf({ 'print/work-file': 'fixed-name' }, {}, 2)
    const wrong: number[] = []
    for (let seed = 1; seed <= 20; seed += 1) wrong.push((await run({ build }, seed)).judgement.wrongPapers)

    expect(Math.max(...wrong)).toBeGreaterThan(0)
  })

  it('of its own keeps two workers of a site apart even where the limit releases the turn (seeds 1 to 20)', async () => {
    const build = buildOf({ 'print/turn': 'release-on-timeout', 'print/work-file': 'own-name' }, SLOW, 2)
    for (let seed = 1; seed <= 20; seed += 1) {
      const { judgement } = await run({ build }, seed)
      expect({ seed, wrong: judgement.wrongPapers, broken: broken(judgement).filter((name) => name !== 'STOPPED') }).toEqual({ seed, wrong: 0, broken: [] })
    }
  })

  it('leaves nothing in the folder once all is over, be a job refused or not', async () => {
    const { judgement, events } = await run({ build: buildOf({}, SLOW) }, 1)
    const files = eventsOf(events, 'info', 'work-file')

    expect(files.filter(({ op }) => op === 'remove')).toHaveLength(files.filter(({ op }) => op === 'write').length)
    expect(judgement.checks.CUSTODY).toBe('pass')
  })
})

describe('a worker', () => {
  it('makes a document for a person who has gone away, and hands it to nobody', async () => {
    const { events, result, judgement } = await runSmall({ build: buildOf({}, { engineBaseMs: 5_000 }) }, ({ visit }) => visit(HANAKO, { patienceMs: 2_000 }))

    expect(result).toEqual({ end: 'refused', code: 'USER_CANCELLED' })
    expect(eventsOf(events, 'info', 'log').map(({ code }) => code)).toContain('USER_CANCELLED')
    expect(namesOnPapers(events)).toEqual([])
    expect(judgement.verdict).toBe('pass')
  })

  it('does one job after another in the order in which they came, however many it takes at once', async () => {
    const { events } = await runSmall({ build: buildOf({}, { workerConcurrency: 8 }) }, ({ visit }) =>
      Promise.all(Array.from({ length: 6 }, (_, at) => visit(HANAKO, { kiosk: `shop-${String(at)}`, touchMs: 1_000 + at }))),
    )
    const inFile = eventsOf(events, 'info', 'work-file')

    expect(inFile.map(({ op }) => op).filter((op) => op !== 'remove')).toEqual(Array.from({ length: 6 }, () => ['write', 'read']).flat())
    expect(inFile.filter(({ op }) => op === 'write').map(({ application }) => application)).toEqual(
      Array.from({ length: 6 }, (_, at) => `application-shop-${String(at)}-1`),
    )
  })
})
