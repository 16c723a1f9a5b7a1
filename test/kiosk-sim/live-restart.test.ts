import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ApplicationState, HistoryEvent } from '../../contract/index.ts'
import { KioskHall, type VisitEnd } from '../../kiosk-sim/hall.ts'
import type { Recovered } from '../../kiosk-sim/restart.ts'
import { judge, type Judgement } from '../../oracle/index.ts'
import { CardMaker } from '../../scenario/cards.ts'
import { APPLICATIONS } from '../../services/issuing/applications.ts'
import { connectDatabase } from '../../world/live/connection.ts'
import { createLogger } from '../../world/live/log.ts'
import { drawSheets } from '../../world/live/paper/draw.ts'
import { readPdf } from '../../world/live/paper/read.ts'
import { openQueues } from '../../world/live/queue/open-queues.ts'
import { type LiveStage, playLive } from '../../world/live/stage.ts'
import type { JournalEntry, KioskWorld } from '../../world/ports.ts'
import type { Stage } from '../../world/stage.ts'
import { HANAKO, HEADER, ICHIRO, PEOPLE } from '../oracle/history-builder.ts'
import { buildOf, eventsOf, ISSUING_NODE, livePress, NET, settingOf, visitOf } from '../services/small-system.ts'
import { testDatabaseUrl } from '../support/postgres.ts'

type State = JournalEntry['state']

/** At which entry of its journal a kiosk vanishes, in which kind of session, and what has to come of it. */
interface Vanishing {
  readonly at: State
  /**
   * `noted`: when the entry has just been written; `late`: when the next is about to be; `sheet`: after the first of two sheets,
   * which take long enough to hit the middle; `ticket`: while the refund ticket of an earlier trouble is being printed.
   */
  readonly moment: 'noted' | 'late' | 'sheet' | 'ticket'
  readonly session?: 'cancelled at payment' | 'with a jam'
  /** What the next start does; nothing where all was told before. */
  readonly as: Recovered['as'] | undefined
  /** The whole journal of it on disk, in the end. */
  readonly journal: readonly State[]
  /** Whether the fee went back as a ticket, and whether a whole paper came out. */
  readonly refunded?: true
  readonly paper?: true
  /** What becomes of the application; nothing where it had not been sent. */
  readonly state: ApplicationState | undefined
}

const FED: readonly State[] = ['applied', 'paying', 'paid', 'feeding']
const UNKNOWN = { as: 'paper-unknown', journal: [...FED, 'refunded', 'closed'], refunded: true, state: 'closed' } as const
const PRINTED = { journal: [...FED, 'printed', 'closed'], paper: true, state: 'closed' } as const
const UNPAID = { as: 'cancelled', state: 'cancelled' } as const
const REFUNDED = { as: 'refunded', refunded: true, state: 'cancelled' } as const
const GIVEN_UP = { ...UNPAID, session: 'cancelled at payment', journal: ['applied', 'cancelled', 'cancelled', 'closed'] } as const

const VANISHINGS: readonly Vanishing[] = [
  { at: 'applied', moment: 'noted', ...UNPAID, journal: ['applied', 'cancelled', 'closed'], state: undefined },
  { at: 'applied', moment: 'late', ...UNPAID, journal: ['applied', 'cancelled', 'closed'] },
  { at: 'paying', moment: 'noted', ...UNPAID, journal: ['applied', 'paying', 'cancelled', 'closed'] },
  { at: 'paying', moment: 'late', ...REFUNDED, journal: ['applied', 'paying', 'refunded', 'closed'] },
  { at: 'paid', moment: 'noted', ...REFUNDED, journal: ['applied', 'paying', 'paid', 'refunded', 'closed'] },
  { at: 'paid', moment: 'late', ...REFUNDED, journal: ['applied', 'paying', 'paid', 'refunded', 'closed'] },
  { at: 'feeding', moment: 'noted', ...UNKNOWN },
  { at: 'feeding', moment: 'sheet', ...UNKNOWN },
  { at: 'feeding', moment: 'late', ...UNKNOWN, paper: true },
  { at: 'feeding', moment: 'ticket', session: 'with a jam', ...UNKNOWN },
  { at: 'printed', moment: 'noted', as: 'printed', ...PRINTED },
  { at: 'printed', moment: 'late', as: 'printed', ...PRINTED },
  { at: 'refunded', moment: 'noted', session: 'with a jam', ...UNKNOWN, as: 'refunded' },
  { at: 'refunded', moment: 'late', session: 'with a jam', ...UNKNOWN, as: 'refunded' },
  { at: 'cancelled', moment: 'noted', ...GIVEN_UP },
  { at: 'cancelled', moment: 'late', ...GIVEN_UP },
  { at: 'closed', moment: 'noted', as: undefined, ...PRINTED },
]

const FEE_YEN = 600
/** Everything is fast in scenario time, so that real time can pass slowly: no limit passes on a busy machine either. */
const CLOCK_FACTOR = 4
const TOUCH_MS = 50
const MS_PER_SHEET = 200
/** Of a printer that is slow, so that a kiosk can vanish between two sheets. */
const SLOW_MS_PER_SHEET = 10_000

const kioskOf = ({ at, moment }: Vanishing): string => `shop-${at}-${moment}`

/** The stage as kiosks see it that vanish, each once. */
function vanishing(stage: LiveStage): Pick<Stage, 'kioskWorld' | 'onCrash' | 'crashes'> {
  const gone = new Set<string>()
  return {
    onCrash: (kiosk, tell) => stage.onCrash(kiosk, tell),
    crashes: (kiosk) => stage.crashes(kiosk),
    kioskWorld: (kiosk, person) => {
      const world = stage.kioskWorld(kiosk, person)
      const own = VANISHINGS.find((each) => kioskOf(each) === kiosk)
      if (own === undefined || gone.has(kiosk)) return world
      const vanish = (): Promise<never> => {
        gone.add(kiosk)
        void stage.crash(kiosk)
        return new Promise(() => undefined)
      }
      const refund: KioskWorld['cash']['refund'] = (application, code) => {
        const ticket = world.cash.refund(application, code)
        return own.moment === 'ticket' ? vanish() : ticket
      }
      return { ...world, cash: { ...world.cash, refund }, journal: vanishingJournal(world, own, vanish, () => stage.world('centre').clock.sleep(SLOW_MS_PER_SHEET * 1.5)) }
    },
  }
}

/** The journal on disk, until the kiosk vanishes; whoever writes then never hears of it. */
function vanishingJournal({ journal }: KioskWorld, { at, moment }: Vanishing, vanish: () => Promise<never>, oneSheet: () => Promise<void>): KioskWorld['journal'] {
  let last: State | undefined
  return {
    entries: () => journal.entries(),
    append: async (entry) => {
      if (moment === 'late' && last === at) await vanish()
      await journal.append(entry)
      last = entry.state
      if (last !== at) return
      if (moment === 'noted') await vanish()
      if (moment === 'sheet') void oneSheet().then(vanish)
    },
  }
}

const printerOf = ({ session, moment }: Vanishing) => ({
  ...(session === 'with a jam' ? { jamAtSheet: 1 } : {}),
  feedMsPerSheet: moment === 'sheet' ? SLOW_MS_PER_SHEET : MS_PER_SHEET,
})

interface Played {
  readonly events: readonly HistoryEvent[]
  readonly judgement: Judgement
  /** By kiosk: how the first visit ended, how the next did, and the first one's journal on disk. */
  readonly visits: ReadonlyMap<string, { readonly first: VisitEnd; readonly next: VisitEnd; readonly journal: readonly JournalEntry[] }>
  readonly states: ReadonlyMap<string, ApplicationState>
  readonly images: number
}

/** Everybody at once on one live stage: at each kiosk somebody under whom it vanishes, and somebody who comes next. */
async function play(folder: string): Promise<Played> {
  const databaseUrl = await testDatabaseUrl()
  const database = await connectDatabase({ url: databaseUrl })
  const run = `vanishing_${String(process.pid)}`
  const queues = await openQueues({ databaseUrl, run })
  const header = { ...HEADER, world: 'live', clockFactor: CLOCK_FACTOR } as const
  const build = buildOf(NET, { turnLimitMs: 60_000, engineBaseMs: 50, enginePerSheetMs: 50 })
  const setting = settingOf({ build, press: livePress, people: PEOPLE, kiosks: Object.fromEntries(VANISHINGS.map((each) => [kioskOf(each), printerOf(each)])) })
  const logger = createLogger({ destination: new Writable({ write: (_chunk, _encoding, done) => { done() } }) })
  const visits = new Map<string, Played['visits'] extends ReadonlyMap<string, infer V> ? V : never>()
  const states = new Map<string, ApplicationState>()
  let images = 0
  try {
    const options = { kysely: database.kysely, queues, paper: { drawSheets, readPdf }, logger, run, folder, header, orderings: [] }
    const { events } = await playLive(setting, options, async (stage) => {
      const hall = new KioskHall(vanishing(stage))
      const cards = new CardMaker(livePress, HEADER.date)
      const ends = VANISHINGS.map((each) => {
        const kiosk = kioskOf(each)
        const first = hall.visit({ purseYen: 10_000 }, visitOf(HANAKO, { kiosk, touchMs: TOUCH_MS, card: cards.cardOf(HANAKO), wish: { copies: 2 }, ...(each.session === 'cancelled at payment' ? { cancelsAt: 'payment' } : {}) }))
        const next = hall.visit({ purseYen: 10_000 }, visitOf(ICHIRO, { kiosk, touchMs: TOUCH_MS, card: cards.cardOf(ICHIRO) }))
        return { kiosk, both: Promise.all([first, next]) }
      })
      for (const { kiosk, both } of ends) {
        const [first, next] = await both
        const entries = readFileSync(join(folder, 'kiosks', `${kiosk}.journal`), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as JournalEntry)
        visits.set(kiosk, { first, next, journal: entries.filter(({ application }) => application === entries[0]?.application) })
      }
      await stage.idle()
      for (const { key, data } of await stage.world(ISSUING_NODE).database.range(APPLICATIONS, '', 100)) {
        states.set(key, data.state)
        if (data.image !== undefined) images += 1
      }
    })
    return { events, visits, states, images, judgement: judge({ header, events, footer: { footer: true, events: events.length, papers: 0, complete: true, digest: '' } }) }
  } finally {
    await queues.close()
    await database.close()
  }
}

describe('a kiosk that vanishes in the live world', () => {
  const folder = mkdtempSync(join(tmpdir(), 'torichigae-vanishing-'))
  let played: Played
  beforeAll(async () => {
    played = await play(folder)
  }, 90_000)
  afterAll(() => {
    rmSync(folder, { recursive: true })
  })

  it.each(VANISHINGS)('at "$at" ($moment) starts again from its journal on disk: $as', (own) => {
    const visit = played.visits.get(kioskOf(own))
    const [application] = visit?.journal.map((entry) => entry.application) ?? []
    const of = <E extends { readonly application: string }>(events: readonly E[]): E[] => events.filter((event) => event.application === application)
    const yen = (events: readonly { readonly application: string; readonly yen: number }[]): number => of(events).reduce((sum, event) => sum + event.yen, 0)

    expect(visit?.first).toEqual({ end: 'power-failed', recovered: own.as === undefined ? [] : [{ application, as: own.as }] })
    expect(visit?.journal.map(({ state }) => state)).toEqual(own.journal)
    expect({ paid: yen(eventsOf(played.events, 'ok', 'pay')), refunded: yen(eventsOf(played.events, 'info', 'refund')) }).toEqual({ paid: own.refunded === true || own.paper === true ? FEE_YEN : 0, refunded: own.refunded === true ? FEE_YEN : 0 })
    expect(of(eventsOf(played.events, 'ok', 'print')).map(({ sheets }) => sheets.length)).toEqual(own.paper === true ? [2] : [])
    expect(played.states.get(application ?? '')).toBe(own.state)
    expect(visit?.next).toMatchObject({ end: 'paper', sheets: 1 })
  })

  it('between two sheets leaves in the history what had come out', () => {
    const broken = eventsOf(played.events, 'fail', 'print').filter(({ code }) => code === undefined)

    expect(broken.map(({ kiosk, sheets }) => [kiosk, sheets.length])).toEqual([['shop-feeding-sheet', 1]])
  })

  it('breaks nothing: PAID, SUBJECT and CUSTODY hold, and no image is kept', () => {
    expect(played.judgement).toMatchObject({ verdict: 'pass', violations: [], checks: { PAID: 'pass', SUBJECT: 'pass', CUSTODY: 'pass' } })
    expect(played.images).toBe(0)
  })
})
