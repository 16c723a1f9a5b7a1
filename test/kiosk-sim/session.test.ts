import { describe, expect, it } from 'vitest'
import type { VisitEnd } from '../../kiosk-sim/hall.ts'
import { runSession } from '../../kiosk-sim/session.ts'
import type { KioskWorld } from '../../world/ports.ts'
import { APPLICATIONS } from '../../services/issuing/applications.ts'
import { HANAKO, TARO } from '../oracle/history-builder.ts'
import { buildOf, cardOf, type Drive, eventsOf, ISSUING_NODE, namesOnPapers, runSmall, type SmallOptions, visitOf } from '../services/small-system.ts'
import { crashAt } from '../services/crash-at.ts'
import { defaultStrategy } from '../../explore/strategies/default.ts'

const ID = 'application-shop-1-1'
const SLOW = buildOf({}, { engineBaseMs: 60_000, turnLimitMs: 1_000_000 })
const STUCK = buildOf({}, { engineBaseMs: 600_000, turnLimitMs: 1_000_000 })

/** A session, and what is left of it: the kiosk's journal, and the application at the issuing side. */
async function session(visit: (drive: Drive) => Promise<VisitEnd>, options: SmallOptions = {}) {
  const run = await runSmall(options, async (drive) => {
    const end = await visit(drive)
    await drive.stage.idle()
    const journal = await drive.stage.kioskWorld('shop-1', { purseYen: 0 }).journal.entries()
    const application = (await drive.stage.world(ISSUING_NODE).database.get(APPLICATIONS, ID))?.data
    return { end, journal, application }
  })
  return { ...run, ...run.result, paid: eventsOf(run.events, 'ok', 'pay').length, papers: namesOnPapers(run.events).length }
}

describe('a session that goes well', () => {
  it('ends in paper for one fee, says so to the issuing side, and nothing of the certificate is kept', async () => {
    const { end, journal, application, paid, judgement } = await session(({ visit }) => visit(HANAKO, { wish: { scope: 'household', copies: 2 } }))

    expect(end).toEqual({ end: 'paper', application: ID, sheets: 2 })
    expect(journal.map(({ state, yen }) => [state, yen])).toEqual([['applied', 0], ['paying', 600], ['paid', 600], ['feeding', 600], ['printed', 600], ['closed', 0]])
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

describe('the PIN', () => {
  it('missed three times in a row locks the card, at whichever kiosk', async () => {
    const { result } = await runSmall({}, async ({ visit }) => {
      const card = cardOf(HANAKO)
      const ends: VisitEnd[] = []
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

describe('a PIN that was wrong', () => {
  it('is tried again on the same kiosk, and the history says how many tries the card has left', async () => {
    const { end, events, judgement } = await session(({ visit }) => visit(HANAKO, { pin: ['0000', '0001', '1234'] }))

    expect(end).toMatchObject({ end: 'paper' })
    expect(eventsOf(events, 'fail', 'authenticate').map(({ code, triesLeft }) => [code, triesLeft])).toEqual([['PIN_WRONG', 2], ['PIN_WRONG', 1]])
    expect(judgement.verdict).toBe('pass')
  })

  it('locks the card with the third miss, and the session ends', async () => {
    const { end, events } = await session(({ visit }) => visit(HANAKO, { pin: ['0000', '0001', '0002', '1234'] }))

    expect(end).toEqual({ end: 'refused', code: 'PIN_LOCKED' })
    expect(eventsOf(events, 'invoke', 'authenticate')).toHaveLength(3)
  })
})

describe('a person who presses cancel', () => {
  it.each(['services', 'consent', 'card', 'municipality', 'pin', 'type', 'persons', 'copies', 'confirm', 'payment'] as const)('on the screen "%s" pays nothing and gets nothing', async (screen) => {
    const { end, paid, papers, application, events, judgement } = await session(({ visit }) => visit(HANAKO, { cancelsAt: screen }))

    expect(end).toEqual({ end: 'refused', code: 'USER_CANCELLED' })
    expect({ paid, papers }).toEqual({ paid: 0, papers: 0 })
    expect(application?.state).toBe(screen === 'payment' ? 'cancelled' : undefined)
    expect(eventsOf(events, 'info', 'alarm')).toEqual([])
    expect(judgement.verdict).toBe('pass')
  })
})

describe('a person who walks away', () => {
  it.each([
    ['services', 'USER_CANCELLED', undefined],
    ['card', 'USER_CANCELLED', undefined],
    ['municipality', 'CARD_LEFT', 'card'],
    ['pin', 'CARD_LEFT', 'card'],
    ['checking', 'CARD_LEFT', 'card'],
    ['takeCard', 'CARD_LEFT', 'card'],
    ['confirm', 'USER_CANCELLED', undefined],
    ['waiting', 'USER_CANCELLED', undefined],
    ['payment', 'USER_CANCELLED', undefined],
  ] as const)('on the screen "%s" ends in %s, and nothing is charged', async (screen, code, about) => {
    const { end, paid, papers, events, application, judgement } = await session(({ visit }) => visit(HANAKO, { walksAwayAt: screen }))

    expect(end).toEqual({ end: 'refused', code })
    expect({ paid, papers }).toEqual({ paid: 0, papers: 0 })
    expect(eventsOf(events, 'info', 'alarm').map((alarm) => [alarm.about, alarm.op])).toEqual(about === undefined ? [] : [[about, 'sounds'], [about, 'stopped']])
    expect(application ?? {}).not.toHaveProperty('image')
    expect(judgement.verdict).toBe('pass')
  })

  it.each(['printing', 'paper'] as const)('on the screen "%s" leaves the paper, over which an alarm sounds until somebody takes it, before the next person comes', async (screen) => {
    const { result, events, judgement } = await runSmall({}, ({ visit }) => Promise.all([visit(HANAKO, { walksAwayAt: screen }), visit(TARO)]))
    const [sounds, stopped] = eventsOf(events, 'info', 'alarm')
    const [, next] = eventsOf(events, 'invoke', 'session')

    expect(result).toMatchObject([{ end: 'paper', left: true }, { end: 'paper' }])
    expect([sounds!.about, stopped!.op]).toEqual(['paper', 'stopped'])
    expect(next!.i).toBeGreaterThan(stopped!.i)
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
