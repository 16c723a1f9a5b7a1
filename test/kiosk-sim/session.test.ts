import { describe, expect, it } from 'vitest'
import type { RefusalCode } from '../../contract/index.ts'
import { runSession, type SessionEnd } from '../../kiosk-sim/session.ts'
import type { JournalEntry, KioskWorld } from '../../world/ports.ts'
import { APPLICATIONS } from '../../services/issuing/applications.ts'
import { HANAKO, TARO } from '../oracle/history-builder.ts'
import { buildOf, cardOf, type Drive, eventsOf, HOUR_MS, ISSUING_NODE, namesOnPapers, runSmall, type SmallOptions, visitOf } from '../services/small-system.ts'
import { crashAt } from '../services/crash-at.ts'
import { defaultStrategy } from '../../explore/strategies/default.ts'

const ID = 'application-shop-1-1'
const SLOW = buildOf({}, { engineBaseMs: 60_000, turnLimitMs: 1_000_000 })
const STUCK = buildOf({}, { engineBaseMs: 600_000, turnLimitMs: 1_000_000 })

/** A session, and what is left of it: the kiosk's journal, and the application at the issuing side. */
async function session(visit: (drive: Drive) => Promise<SessionEnd>, options: SmallOptions = {}) {
  const run = await runSmall(options, async (drive) => {
    const end = await visit(drive)
    await drive.stage.idle()
    const journal = await drive.stage.kioskWorld('shop-1', { purseYen: 0 }).journal.entries()
    const application = (await drive.stage.world(ISSUING_NODE).database.get(APPLICATIONS, ID))?.data
    return { end, journal, application }
  })
  return { ...run, ...run.result, paid: eventsOf(run.events, 'ok', 'pay').length, papers: namesOnPapers(run.events).length }
}

const states = (journal: readonly JournalEntry[]): string[] => journal.map(({ state }) => state)

/** A kiosk whose printer fails: nothing comes out. */
function withBrokenPrinter(world: KioskWorld, feeds: string[]): KioskWorld {
  const feed = (application: string) => {
    feeds.push(application)
    return Promise.reject(new Error('paper jam'))
  }
  return new Proxy(world, { get: (target, key) => (key === 'printer' ? { feed } : (Reflect.get(target, key) as unknown)) })
}

describe('a session that goes well', () => {
  it('ends in paper for one fee, says so to the issuing side, and nothing of the certificate is kept', async () => {
    const { end, journal, application, paid, judgement } = await session(({ visit }) => visit(HANAKO, { wish: { scope: 'household', copies: 2 } }))

    expect(end).toEqual({ end: 'paper', application: ID, sheets: 2 })
    expect(journal.map(({ state, yen }) => [state, yen])).toEqual([['applied', 0], ['paid', 600], ['feeding', 600], ['printed', 600]])
    expect(application?.state).toBe('closed')
    expect(application).not.toHaveProperty('image')
    expect(paid).toBe(1)
    expect(judgement.verdict).toBe('pass')
  })

  it('writes "feeding" into its journal before a sheet moves', async () => {
    const steps: string[] = []
    await runSmall({ onStep: ({ name }) => steps.push(name) }, ({ visit }) => visit(HANAKO))

    const [feeding, feed, printed] = ['write journal feeding', 'feed paper', 'write journal printed'].map((words) => steps.findIndex((step) => step.endsWith(words)))
    expect(feeding).toBeGreaterThan(0)
    expect(feed).toBeGreaterThan(feeding!)
    expect(printed).toBeGreaterThan(feed!)
  })

  it('never learns whose card it is beyond what the card\'s face and the offer say: no request names the resident', async () => {
    const seen: string[] = []
    await runSmall({}, async ({ stage }) => {
      const world = stage.kioskWorld('shop-1', { purseYen: 1_000 })
      const network: KioskWorld['network'] = {
        call: (operation, municipality, request) => {
          seen.push(JSON.stringify(request))
          return world.network.call(operation, municipality, request)
        },
      }
      await runSession(new Proxy(world, { get: (target, key) => (key === 'network' ? network : (Reflect.get(target, key) as unknown)) }), visitOf(HANAKO))
    })

    expect(seen.length).toBeGreaterThan(4)
    expect(seen.filter((request) => request.includes('"resident"') || request.includes('1234'))).toEqual([])
  })
})

/** Ways in which a session ends before money is taken. */
const REFUSED: readonly (readonly [string, RefusalCode, (drive: Drive) => Promise<SessionEnd>, SmallOptions])[] = [
  ['the PIN is wrong', 'PIN_WRONG', ({ visit }) => visit(HANAKO, { pin: '0000' }), {}],
  ['the certificate of the card was revoked', 'CERTIFICATE_REVOKED', ({ visit }) => visit(HANAKO), { revoked: [HANAKO.id] }],
  ['the service is closed', 'OUT_OF_HOURS', ({ visit }) => visit(HANAKO), { startMs: 5 * HOUR_MS }],
  ['the municipality takes no part', 'MUNICIPALITY_NOT_PARTICIPATING', ({ visit }) => visit(HANAKO, { municipality: 'nowhere' }), {}],
  ['somebody of another household is chosen', 'NOT_ENTITLED', ({ visit }) => visit(HANAKO, { wish: { scope: ['ichiro'] } }), {}],
  ['a member of the household is under a protective measure', 'SUPPORT_MEASURE', ({ visit }) => visit(HANAKO, { wish: { scope: [TARO.id] } }), { people: [HANAKO, { ...TARO, restricted: true }] }],
  ['the card\'s face is newer than the replica', 'REGISTER_BEING_UPDATED', ({ visit }) => visit(HANAKO, { card: cardOf({ ...HANAKO, address: 'elsewhere' }) }), {}],
  ['the certificate takes longer than the limit', 'SERVER_TIMEOUT', ({ visit }) => visit(HANAKO), { build: buildOf({}, { engineBaseMs: 20_000 }) }],
  ['the person has had enough', 'USER_CANCELLED', ({ visit }) => visit(HANAKO, { patienceMs: 5_000 }), { build: SLOW }],
  ['the certificate does not come in time', 'CENTRE_TIMEOUT', ({ visit }) => visit(HANAKO), { build: STUCK }],
  ['the money put in is short', 'MONEY_SHORT', ({ visit }) => visit(HANAKO, { purseYen: 299 }), {}],
]

describe.each(REFUSED)('a session in which %s', (_, code, visit, options) => {
  it(`ends in ${code}; nothing is charged, nothing printed, and nothing of the certificate kept`, async () => {
    const { end, paid, papers, journal, application, events, judgement } = await session(visit, options)

    expect(end).toEqual({ end: 'refused', code })
    expect({ paid, papers }).toEqual({ paid: 0, papers: 0 })
    expect(states(journal)).not.toContain('feeding')
    expect(application ?? {}).not.toHaveProperty('image')
    expect(['cancelled', 'failed', undefined]).toContain(application?.state)
    expect(eventsOf(events, 'info', 'refund')).toHaveLength(0)
    expect(eventsOf(events, 'ok', 'session')).toHaveLength(1)
    expect(judgement.verdict).toBe('pass')
  })
})

describe('the PIN', () => {
  it('missed three times in a row locks the card, at whichever kiosk', async () => {
    const { result } = await runSmall({}, async ({ visit }) => {
      const card = cardOf(HANAKO)
      const ends: SessionEnd[] = []
      for (const [at, pin] of ['0000', '0001', '0002', '1234'].entries()) ends.push(await visit(HANAKO, { card, pin, kiosk: `shop-${String(at)}` }))
      return ends.map((end) => (end.end === 'refused' ? end.code : end.end))
    })

    expect(result).toEqual(['PIN_WRONG', 'PIN_WRONG', 'PIN_LOCKED', 'PIN_LOCKED'])
  })
})

describe('patience', () => {
  it('that lasts till the certificate comes ends in paper', async () => {
    const { end } = await session(({ visit }) => visit(HANAKO, { patienceMs: 120_000 }), { build: SLOW })

    expect(end).toMatchObject({ end: 'paper' })
  })

  it('of the kiosk ends after three minutes, not before', async () => {
    const { events } = await session(({ visit }) => visit(HANAKO), { build: STUCK })
    const [applied] = eventsOf(events, 'ok', 'apply')
    const [cancelled] = eventsOf(events, 'info', 'outcome')

    expect(cancelled!.atMs - applied!.atMs).toBe(180_000)
  })
})

describe('a printer that fails after the fee was paid', () => {
  it('gives a refund ticket over the whole fee, and is never asked to print again', async () => {
    const feeds: string[] = []
    const { end, journal, events, application, judgement } = await session(({ stage }) =>
      runSession(withBrokenPrinter(stage.kioskWorld('shop-1', { purseYen: 10_000 }), feeds), visitOf(HANAKO, { wish: { copies: 2 } })),
    )

    expect(end).toEqual({ end: 'refunded', application: ID })
    expect(feeds).toEqual([ID])
    expect(eventsOf(events, 'info', 'refund')).toMatchObject([{ application: ID, yen: 600 }])
    expect(states(journal)).toEqual(['applied', 'paid', 'feeding', 'refunded'])
    expect(eventsOf(events, 'info', 'outcome')).toMatchObject([{ outcome: 'paper-unknown' }])
    expect(application?.state).toBe('closed')
    expect(application).not.toHaveProperty('image')
    expect(judgement.verdict).toBe('pass')
  })
})

describe('an outcome that cannot be reported', () => {
  it('changes nothing for the person: the paper is out', async () => {
    const steps: string[] = []
    await runSmall({ onStep: ({ name }) => steps.push(name) }, ({ visit }) => visit(HANAKO))
    const reporting = steps.findIndex((step) => step === 'centre: receive outcome')
    const crash = crashAt('centre', reporting + 1, defaultStrategy())

    const { result, events, judgement } = await runSmall({ strategy: crash.strategy }, ({ stage, visit }) => {
      crash.arm(stage)
      return visit(HANAKO)
    })

    expect(result).toMatchObject({ end: 'paper' })
    expect(eventsOf(events, 'info', 'log').map(({ code }) => code)).toContain('OUTCOME_NOT_REPORTED')
    expect(judgement.verdict).toBe('pass')
  })
})
