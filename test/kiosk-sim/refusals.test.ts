import { describe, expect, it } from 'vitest'
import { REFUSAL_CODES, type RefusalCode } from '../../contract/index.ts'
import type { VisitEnd } from '../../kiosk-sim/hall.ts'
import { restartKiosk } from '../../kiosk-sim/restart.ts'
import { runSession } from '../../kiosk-sim/session.ts'
import { giveMoveOutNotice, moveOut, moveWithin, recordDeath, restrict } from '../../services/register/counter.ts'
import { createSealDesk } from '../../services/register/seal-desk.ts'
import { APPLICATIONS } from '../../services/issuing/applications.ts'
import type { KioskWorld, World } from '../../world/ports.ts'
import { untilCrash } from '../../world/stage.ts'
import { HANAKO, ICHIRO, resident, sealOf, TARO } from '../oracle/history-builder.ts'
import { buildOf, cardOf, CODE, type Drive, eventsOf, HOUR_MS, ISSUING_NODE, MUNICIPALITY, NET, REGISTER_NODE, runSmall, type SmallOptions, visitOf } from '../services/small-system.ts'
import { ELSEWHERE, ELSEWHERE_FAMILY, WITH_FAMILIES } from '../services/families.ts'
import { glyphOrLength } from './live-refusals.ts'

/** How a kiosk is driven to a refusal: what is out of the ordinary, and who then comes. */
interface Case {
  readonly options?: SmallOptions
  readonly visit: (drive: Drive) => Promise<VisitEnd>
}

const CHILD = resident('child', { name: '山田　次郎', household: 'yamada', relation: '子', birthDate: '2008-06-29' })
const hanako = ({ visit }: Drive): Promise<VisitEnd> => visit(HANAKO)
const seal = ({ visit }: Drive): Promise<VisitEnd> => visit(HANAKO, { wish: { type: 'seal-certificate' } })

/** With this about her card. */
const withCard = (card: Parameters<typeof cardOf>[1]): Case => ({
  options: { cards: { [HANAKO.id]: card ?? {} } },
  visit: ({ visit }) => visit(HANAKO, { card: cardOf(HANAKO, card) }),
})
/** After an operation at the counter that the link has carried over, or, with the stop list, at once. */
const after = (operation: (world: World) => Promise<unknown>, visit = hanako): Case => ({
  options: { build: buildOf(NET) },
  visit: async (drive) => {
    await operation(drive.stage.world(REGISTER_NODE))
    return visit(drive)
  },
})
const inMunicipality = (given: Partial<typeof MUNICIPALITY>): Case => ({ options: { municipality: { ...MUNICIPALITY, ...given } }, visit: hanako })
const withPrinter = (condition: NonNullable<SmallOptions['kiosks']>[string]): Case => ({ options: { kiosks: { 'shop-1': condition } }, visit: hanako })

/** A kiosk of which one port behaves otherwise. */
const withPort = (world: KioskWorld, name: keyof KioskWorld, port: unknown): KioskWorld =>
  new Proxy(world, { get: (target, key) => (key === name ? port : (Reflect.get(target, key) as unknown)) })

const WITH_TAXES = { ...MUNICIPALITY, feesYen: { ...MUNICIPALITY.feesYen, 'income-tax-certificate': 300 } }
const taxes = (fiscalYear?: number): Case['visit'] => ({ visit }) =>
  visit(HANAKO, { wish: { type: 'income-tax-certificate', scope: 'applicant', ...(fiscalYear === undefined ? {} : { fiscalYear }) } })

/** Which touch of a session is the one that confirms the application. */
const CONFIRM = 11

/** Every code, for none may be in the table that a kiosk cannot come to. */
const CASES: Readonly<Record<Exclude<RefusalCode, 'GLYPH_PENDING' | 'TEXT_TOO_LONG'>, Case>> = {
  PIN_WRONG: { visit: ({ visit }) => visit(HANAKO, { pin: '0000' }) },
  PIN_LOCKED: { visit: ({ visit }) => visit(HANAKO, { pin: ['0000', '0001', '0002'] }) },
  PIN_NOT_SET: withCard({ pin: null }),
  CARD_UNREADABLE: withCard({ unreadable: true }),
  CARD_EXPIRED: withCard({ expiresOn: '2023-06-27' }),
  CERTIFICATE_EXPIRED: withCard({ validity: { notAfter: '2023-06-27' } }),
  CERTIFICATE_REVOKED: withCard({ status: 'revoked' }),
  CERTIFICATE_SUSPENDED: withCard({ status: 'suspended' }),
  NOT_YET_ACTIVE: withCard({ validity: { notBefore: '2023-06-29' } }),
  MOVED_IN_NOT_CONTINUED: withCard({ continued: false }),
  MUNICIPALITY_NOT_PARTICIPATING: { visit: ({ visit }) => visit(HANAKO, { municipality: 'nowhere' }) },
  TYPE_NOT_OFFERED: { options: { municipality: { ...MUNICIPALITY, feesYen: { 'residence-record': 300 } }, seals: [sealOf(HANAKO)] }, visit: seal },
  OUT_OF_HOURS: { options: { startMs: 5 * HOUR_MS }, visit: hanako },
  YEAR_END: { options: { date: '2023-12-30' }, visit: hanako },
  MAINTENANCE: inMunicipality({ maintenance: [{ from: '2023-06-28T13:00', to: '2023-06-28T17:00' }] }),
  NOT_IN_REGISTER: { options: { replica: [ICHIRO] }, visit: hanako },
  NOT_ENTITLED: { visit: ({ visit }) => visit(HANAKO, { wish: { scope: [ICHIRO.id] } }) },
  SUPPORT_MEASURE: after((world) => restrict(world, HANAKO.household)),
  MOVED_OUT: after((world) => moveOut(world, HANAKO.household)),
  MOVE_OUT_NOTICE: after((world) => giveMoveOutNotice(world, HANAKO.household, '2023-07-10')),
  DECEASED: after((world) => recordDeath(world, TARO.id), ({ visit }) => visit(HANAKO, { wish: { scope: 'household' } })),
  REGISTER_BEING_UPDATED: {
    visit: async ({ stage, visit }) => {
      const [self] = await moveWithin(stage.world(REGISTER_NODE), HANAKO.household, '福岡県宗像市見本台一丁目2番3号')
      return visit(HANAKO, { card: cardOf(self!) })
    },
  },
  UNDER_AGE: { options: { people: [HANAKO, TARO, CHILD] }, visit: ({ visit }) => visit(CHILD) },
  DOMICILE_USE_NOT_REGISTERED: { options: { municipality: WITH_FAMILIES, families: [ELSEWHERE_FAMILY], elsewhere: [ELSEWHERE] }, visit: ({ visit }) => visit(ELSEWHERE, { wish: { type: 'family-register' } }) },
  SEAL_NOT_REGISTERED: { visit: seal },
  SEAL_REVOKED: { ...after((world) => createSealDesk({ notices: false }).revoke(world, { resident: HANAKO.id }), seal), options: { build: buildOf(NET), seals: [sealOf(HANAKO)] } },
  TAX_NO_RECORD: { options: { municipality: WITH_TAXES }, visit: taxes() },
  TAX_NOT_RESIDENT_ON_1_JANUARY: { options: { municipality: WITH_TAXES, people: [{ ...HANAKO, becameResident: '2023-02-01' }] }, visit: taxes() },
  TAX_OLD_YEAR: { options: { municipality: WITH_TAXES }, visit: taxes(2021) },
  PRINT_MISMATCH: {
    options: { build: buildOf({ ...NET, 'print/output': 'kept-buffer' }) },
    visit: async ({ stage, visit }) => {
      await visit(ICHIRO, { kiosk: 'shop-2' })
      const [self] = await moveWithin(stage.world(REGISTER_NODE), HANAKO.household, '福岡県宗像市見本台一丁目2番3号')
      return visit(HANAKO, { card: cardOf(self!) })
    },
  },
  SERVER_TIMEOUT: { options: { build: buildOf({}, { engineBaseMs: 20_000 }) }, visit: hanako },
  SERVER_ERROR: {
    // Somebody emptied the work folder while the certificate was being converted.
    options: { build: buildOf({ 'print/work-file': 'fixed-name' }) },
    visit: async ({ stage, visit }) => {
      const world = stage.world(`print:${CODE}/1`)
      const visited = visit(HANAKO)
      while ((await world.files.read('print.img')) === undefined) await world.clock.sleep(100)
      await world.files.remove('print.img')
      return visited
    },
  },
  CENTRE_TIMEOUT: { options: { build: buildOf({}, { engineBaseMs: 600_000, turnLimitMs: 1_000_000 }) }, visit: hanako },
  SESSION_UNKNOWN: {
    // A kiosk that hangs for an hour, on the screen on which the application is confirmed.
    visit: ({ stage }) => {
      const world = stage.kioskWorld('shop-1', { purseYen: 10_000 })
      let sleeps = 0
      const sleep = (ms: number): Promise<void> => world.clock.sleep((sleeps += 1) === CONFIRM ? HOUR_MS : ms)
      return runSession(withPort(world, 'clock', { ...world.clock, sleep }), visitOf(HANAKO))
    },
  },
  APPLICATION_UNKNOWN: {
    // A kiosk that was put in another's place, and counts its applications from the beginning again.
    visit: async ({ stage, visit }) => {
      await visit(ICHIRO)
      const world = stage.kioskWorld('shop-1', { purseYen: 10_000 })
      return runSession(withPort(world, 'ids', { next: () => 'application-shop-1-1' }), visitOf(HANAKO))
    },
  },
  USER_CANCELLED: { options: { build: buildOf({}, { engineBaseMs: 60_000, turnLimitMs: 1_000_000 }) }, visit: ({ visit }) => visit(HANAKO, { patienceMs: 5_000 }) },
  MONEY_SHORT: { visit: ({ visit }) => visit(HANAKO, { purseYen: 299 }) },
  PAPER_JAM: withPrinter({ jamAtSheet: 1 }),
  NO_PAPER: withPrinter({ paperSheets: 0 }),
  NO_TONER: withPrinter({ tonerSheets: 0 }),
  KIOSK_STOPPED: {
    // Its power fails the moment the money is in the box.
    visit: async ({ stage }) => {
      const world = stage.kioskWorld('shop-1', { purseYen: 10_000 })
      const take = async (application: string, yen: number): Promise<void> => {
        await world.cash.take(application, yen)
        stage.crash('shop-1')
      }
      await untilCrash(stage, 'shop-1', () => runSession(withPort(world, 'cash', { ...world.cash, take }), visitOf(HANAKO)))
      return { end: 'power-failed', recovered: await restartKiosk(stage.kioskWorld('shop-1', { purseYen: 0 })) }
    },
  },
  PAPER_UNKNOWN: {
    options: { kiosks: { 'shop-1': { feedMsPerSheet: 10_000 } } },
    visit: async ({ stage, visit }) => {
      const visited = visit(HANAKO)
      const journal = stage.kioskWorld('shop-1', { purseYen: 0 }).journal
      const { clock } = stage.world('centre')
      while (!(await journal.entries()).some(({ state }) => state === 'feeding')) await clock.sleep(1_000)
      await clock.sleep(5_000)
      stage.crash('shop-1')
      return visited
    },
  },
  CARD_LEFT: { visit: ({ visit }) => visit(HANAKO, { walksAwayAt: 'takeCard' }) },
  PAPER_LEFT: { visit: ({ visit }) => visit(HANAKO, { walksAwayAt: 'paper' }) },
}

/** What stands on the panel in the end. */
function codeOf(end: VisitEnd): RefusalCode | undefined {
  if (end.end === 'power-failed') return end.recovered.some(({ as }) => as === 'paper-unknown') ? 'PAPER_UNKNOWN' : end.recovered.some(({ as }) => as === 'refunded') ? 'KIOSK_STOPPED' : undefined
  if (end.end === 'paper') return end.left === true ? 'PAPER_LEFT' : undefined
  return end.code
}

const AFTER_PAYMENT: readonly RefusalCode[] = ['PAPER_JAM', 'NO_PAPER', 'NO_TONER', 'KIOSK_STOPPED', 'PAPER_UNKNOWN']

describe('a kiosk can be driven to', () => {
  it.each(Object.entries(CASES))('%s, and nobody pays for it', async (code, { options = {}, visit }) => {
    const run = await runSmall(options, async (drive) => {
      const end = await visit(drive)
      await drive.stage.idle()
      const applications = await drive.stage.world(ISSUING_NODE).database.range(APPLICATIONS, '', 100)
      return { end, images: applications.filter(({ data }) => data.image !== undefined) }
    })
    const { end, images } = run.result
    const paidFor = eventsOf(run.events, 'ok', 'pay').filter(({ application }) => !eventsOf(run.events, 'ok', 'print').some((print) => print.application === application))

    expect(codeOf(end)).toBe(code)
    expect(eventsOf(run.events, 'info', 'refund').map(({ application, yen }) => [application, yen])).toEqual(paidFor.map(({ application, yen }) => [application, yen]))
    expect(paidFor).toHaveLength(AFTER_PAYMENT.includes(code as RefusalCode) ? 1 : 0)
    expect(images).toEqual([])
    expect(run.judgement.violations.filter(({ invariant }) => invariant !== 'PROVENANCE' && code !== 'PRINT_MISMATCH')).toEqual([])
  })

  it.each(['GLYPH_PENDING', 'TEXT_TOO_LONG'] as const)('%s, with the real fonts and forms, and takes it away in writing', async (code) => {
    const { end, paid, slip, violations } = await glyphOrLength(code)

    expect(end).toEqual({ end: 'refused', code })
    expect(paid).toBe(0)
    expect(slip).toContain(`コード ${code}`)
    expect(slip).not.toContain('山田')
    expect(violations).toEqual([])
  }, 60_000)

  it('every code that there is', () => {
    expect([...Object.keys(CASES), 'GLYPH_PENDING', 'TEXT_TOO_LONG'].sort()).toEqual([...REFUSAL_CODES].sort())
  })
})
