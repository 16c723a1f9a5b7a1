import { describe, expect, it } from 'vitest'
import { type HistoryEvent, printedSheet, Refusal, type Sheet } from '../../../contract/index.ts'
import type { NodeDefinition } from '../../../world/node.ts'
import { virtualMs } from '../../../world/ports.ts'
import type { Setting, Stage } from '../../../world/stage.ts'

/**
 * What is true of a stage in either world, and with it of the ports that need one: network, log and recorder, journal, cash
 * and printer, runs on a schedule. Written once; a world gives `runOn`, which plays on a stage and gives the history's events.
 */
export type RunOnStage = (setting: Setting, drive: (stage: Stage) => Promise<void>) => Promise<readonly HistoryEvent[]>

const NOON_MS = virtualMs(43_200_000)
const PERSON = { purseYen: 1_000 }

const SHEET: Sheet = {
  type: 'residence-record',
  form: 'single',
  municipality: '宗像市',
  mayor: '見本　一郎',
  k: 1,
  of: 1,
  address: '福岡県宗像市見本台一丁目２番',
  persons: [
    {
      name: '見本　花子',
      kana: 'ミホン　ハナコ',
      birthDate: '1980-05-01',
      sex: 'female',
      becameResident: '2010-04-01',
      addressFixed: '2010-04-01',
      notified: '2010-04-03',
      previousAddress: '福岡県福岡市見本町二丁目５番',
    },
  ],
  certifiedOn: '2023-03-27',
  issueNumber: 'no-1',
  provenance: 'application-shop-1-1 test',
}

const node = (definition: Partial<NodeDefinition>): NodeDefinition => ({
  name: 'centre',
  role: 'centre',
  site: 'centre',
  start: () => ({}),
  ...definition,
})

const settingOf = (...nodes: NodeDefinition[]): Setting => ({
  seed: 1,
  date: '2023-03-27',
  startMs: NOON_MS,
  nodes,
  seeded: [],
  registered: { residents: [], seals: [] },
})

const refusedWith = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'no refusal',
    (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
  )

/** Describes what both worlds' stages do. */
export function describeStageContract(world: string, runOn: RunOnStage): void {
  describe(`a stage of the ${world} world`, () => {
    it('carries a call to the node that serves it and the answer back', async () => {
      const seen: string[] = []
      const centre = node({
        start: () => ({
          serves: {
            challenge: (server, { kiosk }) => {
              seen.push(`${kiosk} ${server.application ?? 'none'}`)
              return Promise.resolve({ challenge: 'c-1' })
            },
            apply: (server, { application }) => {
              seen.push(server.application ?? 'none')
              return Promise.resolve({ application, state: 'received' })
            },
          },
        }),
      })

      await runOn(settingOf(centre), async (stage) => {
        const { network } = stage.kioskWorld('shop-1', PERSON)
        expect(await network.call('challenge', 'munakata', { kiosk: 'shop-1' })).toEqual({ challenge: 'c-1' })
        const wish = { type: 'residence-record', scope: 'household', copies: 1, show: { relation: true, domicile: false, individualNumber: false, recordCode: false, foreignItems: true } } as const
        expect(await network.call('apply', 'munakata', { application: 'application-shop-1-1', session: 's-1', wish })).toEqual({ application: 'application-shop-1-1', state: 'received' })
      })

      expect(seen).toEqual(['shop-1 none', 'application-shop-1-1'])
    })

    it('gives a caller the refusal of the other side, and its own mistakes as the server\'s error, logged', async () => {
      const centre = node({
        start: () => ({
          serves: {
            challenge: () => Promise.reject(new Refusal('OUT_OF_HOURS')),
            fetchDocument: () => Promise.reject(new TypeError('a mistake')),
          },
        }),
      })
      const codes: string[] = []

      const events = await runOn(settingOf(centre), async (stage) => {
        const { network } = stage.kioskWorld('shop-1', PERSON)
        codes.push(await refusedWith(network.call('challenge', 'munakata', { kiosk: 'shop-1' })))
        codes.push(await refusedWith(network.call('fetchDocument', 'munakata', { application: 'application-shop-1-1', session: 's-1' })))
        codes.push(await refusedWith(network.call('offer', 'nowhere', { applicant: { resident: 'r-1', face: { name: 'a', birthDate: '2000-01-01', sex: 'male', address: 'b' } } })))
      })

      expect(codes).toEqual(['OUT_OF_HOURS', 'SERVER_ERROR', 'MUNICIPALITY_NOT_PARTICIPATING'])
      expect(events.filter(({ f }) => f === 'log')).toMatchObject([{ level: 'error', code: 'HANDLER_FAILED', application: 'application-shop-1-1' }])
    })

    it('records what is logged and observed in order, with who and when', async () => {
      const events = await runOn(settingOf(node({})), async (stage) => {
        const one = stage.world('centre', 'application-shop-1-1')
        one.log.warn('FIRST')
        await one.clock.sleep(1_000)
        const begun = one.history.record({ type: 'invoke', f: 'link', municipality: 'munakata', register: 'residents' })
        one.history.record({ type: 'fail', f: 'link', municipality: 'munakata', register: 'residents', because: [begun] })
      })

      expect(events.map(({ i, f }) => `${String(i)} ${f}`)).toEqual(['0 log', '1 link', '2 link'])
      expect(events[0]).toMatchObject({ level: 'warn', code: 'FIRST', application: 'application-shop-1-1' })
      expect(events[2]?.because).toEqual([1])
      expect((events[1]?.atMs ?? 0) - (events[0]?.atMs ?? 0)).toBeGreaterThanOrEqual(1_000)
      expect(events[0]?.process).toMatch(/^centre#/)
    })

    it('keeps a kiosk\'s journal over sessions, each kiosk its own', async () => {
      const entry = { application: 'application-shop-1-1', municipality: 'munakata', session: 's-1', state: 'feeding', yen: 300 } as const

      await runOn(settingOf(node({})), async (stage) => {
        await stage.kioskWorld('shop-1', PERSON).journal.append(entry)

        expect(await stage.kioskWorld('shop-1', PERSON).journal.entries()).toEqual([entry])
        expect(await stage.kioskWorld('shop-2', PERSON).journal.entries()).toEqual([])
      })
    })

    it('takes money from who has enough and refuses who has not', async () => {
      await runOn(settingOf(node({})), async (stage) => {
        await stage.kioskWorld('shop-1', PERSON).cash.take('application-shop-1-1', 1_000)

        expect(await refusedWith(stage.kioskWorld('shop-1', PERSON).cash.take('application-shop-1-2', 1_001))).toBe('MONEY_SHORT')
        expect(await stage.kioskWorld('shop-1', PERSON).cash.held('application-shop-1-2')).toBe(0)
      })
    })

    it('gives one ticket over the money that a kiosk holds for an application, also after the kiosk has crashed', async () => {
      await runOn(settingOf(node({})), async (stage) => {
        await stage.kioskWorld('shop-1', PERSON).cash.take('application-shop-1-1', 300)
        await stage.crash('shop-1')
        const { cash } = stage.kioskWorld('shop-1', PERSON)

        expect([await cash.held('application-shop-1-1'), await cash.refund('application-shop-1-1', 'PAPER_UNKNOWN'), await cash.refund('application-shop-1-1', 'PAPER_UNKNOWN')]).toEqual([300, 300, 0])
        expect(await stage.kioskWorld('shop-2', PERSON).cash.held('application-shop-1-1')).toBe(0)
      })
    })

    it.each([
      ['jams at a sheet, which is lost, and goes on with the next print', { jamAtSheet: 2 }, [{ out: 1, trouble: 'PAPER_JAM' }, { out: 2 }]],
      ['runs out of paper', { paperSheets: 3 }, [{ out: 2 }, { out: 1, trouble: 'NO_PAPER' }]],
      ['runs out of toner', { tonerSheets: 0 }, [{ out: 0, trouble: 'NO_TONER' }, { out: 0, trouble: 'NO_TONER' }]],
    ])('has a printer that %s', async (_, condition, expected) => {
      const engine = { capacity: 1, baseMs: 100, perSheetMs: 100 }
      const print = node({ name: 'print:munakata/1', role: 'print', site: 'issuing:munakata', engine })
      const trays: unknown[] = []

      await runOn({ ...settingOf(print), kiosks: { 'shop-1': condition } }, async (stage) => {
        const image = await stage.world('print:munakata/1', 'application-shop-1-1').engine.draw([SHEET, SHEET])
        for (const application of ['application-shop-1-1', 'application-shop-1-2']) {
          const { sheets, trouble } = await stage.kioskWorld('shop-1', PERSON).printer.feed(application, image)
          trays.push({ out: sheets.length, ...(trouble === undefined ? {} : { trouble }) })
        }
      })

      expect(trays).toEqual(expected)
    })

    it('tells of a kiosk that crashes while it feeds, and what had come out', async () => {
      const engine = { capacity: 1, baseMs: 100, perSheetMs: 100 }
      const print = node({ name: 'print:munakata/1', role: 'print', site: 'issuing:munakata', engine })

      const events = await runOn({ ...settingOf(print), kiosks: { 'shop-1': { feedMsPerSheet: 10_000 } } }, async (stage) => {
        const image = await stage.world('print:munakata/1', 'application-shop-1-1').engine.draw([SHEET, SHEET])
        const told = new Promise<void>((resolve) => stage.onCrash('shop-1', resolve))
        const takenBack = stage.onCrash('shop-1', () => expect.unreachable('told of what it no longer listens to'))
        takenBack()
        const world = stage.kioskWorld('shop-1', PERSON)
        void world.printer.feed('application-shop-1-1', image)
        const { clock } = stage.world('print:munakata/1')
        await clock.sleep(15_000)
        await stage.crash('shop-1')
        await told
        expect([stage.crashes('shop-1'), stage.crashes('shop-2')]).toEqual([1, 0])
      })

      expect(events.filter(({ f }) => f === 'print' || f === 'node')).toMatchObject([
        { f: 'node', op: 'crash', node: 'shop-1' },
        { f: 'print', type: 'fail', application: 'application-shop-1-1', kiosk: 'shop-1', sheets: [{ text: printedSheet(SHEET).text }] },
        { f: 'node', op: 'restart', node: 'shop-1' },
      ])
    })

    it('prints what an engine drew, page by page, and nothing of an image without pages', async () => {
      const engine = { capacity: 1, baseMs: 100, perSheetMs: 100 }
      const print = node({ name: 'print:munakata/1', role: 'print', site: 'issuing:munakata', engine })

      await runOn(settingOf(print), async (stage) => {
        const image = await stage.world('print:munakata/1', 'application-shop-1-1').engine.draw([SHEET])
        const { printer } = stage.kioskWorld('shop-1', PERSON)

        expect(await printer.feed('application-shop-1-1', image)).toEqual({ sheets: [printedSheet(SHEET)] })
        expect(await printer.feed('application-shop-1-2', { digest: '', pages: 0, body: '' })).toEqual({ sheets: [] })
      })
    })

    it('runs what is on a schedule whenever its time has come, also in time that is skipped', async () => {
      const ranAtMs: number[] = []
      const link = node({
        name: 'link:munakata',
        role: 'link',
        site: 'issuing:munakata',
        start: () => ({
          schedules: [
            {
              words: 'link run',
              everyMs: 600_000,
              run: (world) => {
                ranAtMs.push(world.clock.now())
                return Promise.resolve()
              },
            },
          ],
        }),
      })

      await runOn(settingOf(link), async (stage) => {
        await stage.waitUntil(virtualMs(NOON_MS + 1_500_000))
        await stage.idle()
      })

      expect(ranAtMs).toHaveLength(2)
      expect(ranAtMs[0]).toBeGreaterThanOrEqual(NOON_MS + 600_000)
      expect(ranAtMs[1]).toBeGreaterThanOrEqual(NOON_MS + 1_200_000)
    })

    it('is idle only when every job has been handled', async () => {
      const handled: string[] = []
      const site = 'issuing:munakata'
      const print = node({
        name: 'print:munakata/1',
        role: 'print',
        site,
        start: () => ({
          consumes: {
            queue: 'print',
            concurrency: 2,
            handle: async (world, { id }) => {
              await world.clock.sleep(500)
              handled.push(id)
              return 'ready'
            },
          },
        }),
      })

      const events = await runOn(settingOf(print), async (stage) => {
        const { queue } = stage.world('print:munakata/1')
        for (const id of ['application-a-1', 'application-b-1', 'application-c-1']) await queue.add('print', { id })
        await stage.idle()
        handled.push('idle')
      })

      expect(handled.slice(0, 3).sort()).toEqual(['application-a-1', 'application-b-1', 'application-c-1'])
      expect(handled[3]).toBe('idle')
      expect(events.filter(({ f }) => f === 'job')).toHaveLength(6)
    })
  })
}
