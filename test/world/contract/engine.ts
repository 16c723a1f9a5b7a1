import { describe, expect, it } from 'vitest'
import { printedSheet, type Sheet } from '../../../contract/index.ts'
import type { EngineSettings } from '../../../world/node.ts'
import type { World } from '../../../world/ports.ts'
import { type Body, runIn, type Subject } from './subject.ts'

/** One conversion takes 100 ms a sheet, alone. */
const ONE_AT_A_TIME: EngineSettings = { capacity: 1, baseMs: 0, perSheetMs: 100 }
const TWO_AT_A_TIME: EngineSettings = { ...ONE_AT_A_TIME, capacity: 2 }
/** Fractions of a millisecond that a clock of whole ones adds. */
const LATE_MS = 5

/** What every `Engine` has to do: the law of its conversions, and images that say what was drawn. */
export function describeEngineContract(name: string, makeSubject: (settings: EngineSettings) => Subject | Promise<Subject>): void {
  describe(`conversions of ${name}`, () => {
    it('take the base and so much a sheet when alone', async () => {
      const ended = new Ends()
      await runIn(makeSubject({ capacity: 1, baseMs: 250, perSheetMs: 100 }), ended.converts('a', 3))
      ended.expect({ a: 550 })
    })

    it('take twice as long when two share an engine for one', async () => {
      const ended = new Ends()
      await runIn(makeSubject(ONE_AT_A_TIME), ended.converts('a', 3), ended.converts('b', 3))
      ended.expect({ a: 600, b: 600 })
    })

    it('do not slow each other down below capacity', async () => {
      const ended = new Ends()
      await runIn(makeSubject(TWO_AT_A_TIME), ended.converts('a', 3), ended.converts('b', 5))
      ended.expect({ a: 300, b: 500 })
    })

    it('share evenly above capacity', async () => {
      const ended = new Ends()
      await runIn(makeSubject(TWO_AT_A_TIME), ended.converts('a', 4), ended.converts('b', 4), ended.converts('c', 4))
      ended.expect({ a: 600, b: 600, c: 600 })
    })

    it('speed up again when one of them is done', async () => {
      const ended = new Ends()
      // Alone until 100; then halves: a has 200 left and is done at 500, b has 100 left by then.
      await runIn(makeSubject(ONE_AT_A_TIME), ended.converts('a', 3), ended.converts('b', 3, 100))
      ended.expect({ a: 500, b: 600 })
    })

    it('free their share when they are killed, with the signal\'s reason', async () => {
      const ended = new Ends()
      const killer = new AbortController()
      const reason = new Error('the limit is over')
      // Halves until 100: b has 350 of 400 left, and is alone from then on.
      await runIn(
        makeSubject(ONE_AT_A_TIME),
        async (world) => {
          await expect(world.engine.convert('a.img', 4, killer.signal)).rejects.toBe(reason)
          ended.note(world, 'a')
        },
        ended.converts('b', 4),
        async ({ clock }) => {
          await clock.sleep(100)
          killer.abort(reason)
        },
      )
      ended.expect({ a: 100, b: 450 })
    })

    it('do not begin under a signal that is aborted already', async () => {
      const ended = new Ends()
      const reason = new Error('too late')
      await runIn(
        makeSubject(ONE_AT_A_TIME),
        async ({ engine }) => {
          await expect(engine.convert('a.img', 4, AbortSignal.abort(reason))).rejects.toBe(reason)
        },
        ended.converts('b', 2),
      )
      ended.expect({ b: 200 })
    })

    it('do not mind a signal that is aborted afterwards', async () => {
      const killer = new AbortController()
      const ended = new Ends()
      await runIn(
        makeSubject(ONE_AT_A_TIME),
        async (world) => {
          await world.engine.convert('a.img', 1, killer.signal)
          killer.abort(new Error('nobody is listening'))
          ended.note(world, 'a')
        },
        ended.converts('b', 3),
      )
      ended.expect({ a: 200, b: 400 })
    })
  })

  describe(`images of ${name}`, () => {
    it('say what was drawn, sheet by sheet', () =>
      runIn(makeSubject(ONE_AT_A_TIME), async ({ engine }) => {
        const sheets = [sheetOf('見本　一郎', 1), sheetOf('見本　一郎', 2)]
        const image = await engine.draw(sheets)
        expect(image.pages).toBe(2)
        expect(await engine.read(image)).toEqual(sheets.map(printedSheet))
      }))

    it('have one digest for the same sheets, and another for others', () =>
      runIn(makeSubject(ONE_AT_A_TIME), async ({ engine }) => {
        const image = await engine.draw([sheetOf('見本　一郎', 1)])
        expect((await engine.draw([sheetOf('見本　一郎', 1)])).digest).toBe(image.digest)
        expect((await engine.draw([sheetOf('見本　花子', 1)])).digest).not.toBe(image.digest)
      }))

    it('without pages have nothing to read', () =>
      runIn(makeSubject(ONE_AT_A_TIME), async ({ engine }) => {
        expect(await engine.read({ digest: '', pages: 0, body: '' })).toEqual([])
      }))
  })
}

/** When conversions ended, counted from the time at which each body began. */
class Ends {
  private beganAtMs: number | undefined
  private readonly atMs = new Map<string, number>()

  converts(id: string, sheets: number, afterMs = 0): Body {
    return async (world) => {
      this.beganAtMs ??= world.clock.now()
      if (afterMs > 0) await world.clock.sleep(afterMs)
      await world.engine.convert(`${id}.img`, sheets)
      this.note(world, id)
    }
  }

  note(world: World, id: string): void {
    this.atMs.set(id, world.clock.now())
  }

  expect(expected: Readonly<Record<string, number>>): void {
    const { beganAtMs } = this
    if (beganAtMs === undefined) throw new Error('no conversion was begun through `converts`')
    expect([...this.atMs.keys()].sort()).toEqual(Object.keys(expected).sort())
    for (const [id, ms] of Object.entries(expected)) {
      const tookMs = (this.atMs.get(id) ?? NaN) - beganAtMs
      expect(tookMs, id).toBeGreaterThan(ms - 1)
      expect(tookMs, id).toBeLessThanOrEqual(ms + LATE_MS)
    }
  }
}

/** An invented person's record. */
const sheetOf = (name: string, k: number): Sheet => ({
  type: 'residence-record',
  form: 'single',
  municipality: '見本市',
  mayor: '見本　市長',
  k,
  of: 2,
  address: '見本県見本市見本町１番地',
  persons: [
    {
      name,
      kana: 'ミホン　イチロウ',
      birthDate: '1980-01-08',
      sex: 'male',
      becameResident: '2001-04-01',
      addressFixed: '2001-04-01',
      notified: '2001-04-03',
      previousAddress: '見本県見本市見本町２番地',
    },
  ],
  certifiedOn: '2023-03-27',
  issueNumber: '2023-000001',
  provenance: 'application-shop-1-1 job-1',
})
