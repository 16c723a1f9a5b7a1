import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { HISTORY_SCHEMA } from '../../contract/index.ts'
import { clientFigures, LoopWatch, TOLERANCE } from '../../load/client-limit.ts'
import { exitCodeOfLoad } from '../../load/exit-code.ts'
import { type Begun, driveOpenLoop } from '../../load/open-loop.ts'
import { intendedStarts } from '../../load/schedule.ts'
import { readCatalogue } from '../../scenario/catalogue.ts'
import { settle } from '../../scenario/setting.ts'
import { createCardPress } from '../../world/live/crypto.ts'
import { createLogger } from '../../world/live/log.ts'
import { drawSheets } from '../../world/live/paper/draw.ts'
import { readPdf } from '../../world/live/paper/read.ts'
import { RemoteStage } from '../../world/live/remote-stage.ts'

const calm = { p50: 0, p99: 1, max: 2 }
/** A hundred sessions, so many of them reached by the driver that late; real milliseconds. */
const hundred = (late: number, lateMs: number, clockFactor = 20): Begun[] =>
  Array.from({ length: 100 }, (_, index) => ({ index, kiosk: 'shop-1', intendedMs: 1_000, reachedMs: 1_000 + (index < late ? lateMs : 0) * clockFactor }))

describe('the client', () => {
  it('is no limit where it keeps to its schedule', () => {
    expect(clientFigures(hundred(0, 0), 20, calm)).toEqual({ lateMs: { p50: 0, p99: 0, max: 0 }, loopDelayMs: calm, limited: false })
  })

  it('is no limit by one late session in a hundred, and is one by two', () => {
    expect(clientFigures(hundred(1, 500), 20, calm).limited).toBe(false)
    expect(clientFigures(hundred(2, 500), 20, calm)).toMatchObject({ limited: true, why: expect.stringMatching(/began one session in a hundred (499|500|501) ms or more after its time, and 250 ms/) as string })
  })

  it('is tolerated up to the tolerance and not beyond', () => {
    expect(clientFigures(hundred(50, TOLERANCE.lateMs - 1), 20, calm).limited).toBe(false)
    expect(clientFigures(hundred(50, TOLERANCE.lateMs + 1), 20, calm).limited).toBe(true)
  })

  it('is one where its event loop was held up', () => {
    expect(clientFigures(hundred(0, 0), 20, { p50: 1, p99: 251, max: 400 })).toMatchObject({ limited: true, why: expect.stringContaining('event loop') as string })
  })
})

describe('the watch over the event loop', () => {
  it('sees that it was held up, without the distance at which it looks', async () => {
    const watch = new LoopWatch()
    watch.start()
    // It counts from its first look on.
    await new Promise((resolve) => setTimeout(resolve, 30))
    const until = performance.now() + 200
    while (performance.now() < until);
    await new Promise((resolve) => setTimeout(resolve, 30))
    const { p50, max } = watch.end()

    expect(max!).toBeGreaterThan(150)
    expect(p50!).toBeLessThan(max!)
  })
})

describe('a rate beyond what one driver can send, seed 1', () => {
  it('makes the client the limit: six hundred people in six milliseconds, each of whom keeps it busy for two', async () => {
    const [date, clockFactor, size] = ['2023-03-27', 20, 600]
    const municipality = readCatalogue().municipalities.get('yokohama')!
    const { population, cards } = settle({ seed: 1, size, municipality, today: date }, createCardPress(1))
    const folder = mkdtempSync(join(tmpdir(), 'torichigae-driver-'))
    const about = { schema: HISTORY_SCHEMA, tool: '0', world: 'target', seed: 1, incident: 'served', build: 'none', fixture: 'none', date, clockFactor, rate: 'accelerated' } as const
    const stage = new RemoteStage({ header: { ...about, municipalities: [municipality], types: [] }, centreUrl: '', nowMs: 0, registered: { residents: [], seals: [] }, paper: { drawSheets, readPdf }, logger: createLogger({ level: 'silent' }), seed: 1, folder })
    try {
      const starts = intendedStarts({ arrivals: 'constant', perSecond: 100_000, durationMs: 6, seed: 1 })
      const watch = new LoopWatch()
      watch.start()
      const begun = await driveOpenLoop(stage, {
        starts,
        clockFactor,
        kiosks: size,
        visit: (_hall, kiosk, index) => {
          stage.kioskWorld(kiosk, { purseYen: 0 })
          const card = cards.cardOf(population[index]!).read()
          // However fast the machine is, and it takes longer where it is slow.
          const until = performance.now() + 2
          while (performance.now() < until);
          return Promise.resolve(card)
        },
      })
      const client = clientFigures(begun, clockFactor, watch.end())

      expect(begun).toHaveLength(size)
      expect(client).toMatchObject({ limited: true, why: expect.stringMatching(/^the driver began one session in a hundred \d+ ms or more after its time/) as string })
      expect(exitCodeOfLoad({ verdict: 'pass', thresholds: [], limited: client.limited })).toBe(2)
    } finally {
      stage.close(false)
      rmSync(folder, { recursive: true })
    }
  })
})
