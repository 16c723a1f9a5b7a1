import type { FamilyRegister, History, HistoryEvent, Municipality, Resident, SealRegistration, TaxRecord, Wish } from '../../contract/index.ts'
import type { Card } from '../../kiosk-sim/card.ts'
import { KioskHall, type VisitEnd } from '../../kiosk-sim/hall.ts'
import type { Visit } from '../../kiosk-sim/session.ts'
import { judge, type Judgement } from '../../oracle/index.ts'
import type { Build, BuildSettings } from '../../services/build.ts'
import { CardMaker, type CardOddity } from '../../scenario/cards.ts'
import { FAMILY_REGISTERS, familyKey } from '../../services/family/family-system.ts'
import { TAXES, taxKey } from '../../services/issuing/taxes.ts'
import { REPLICA, SEAL_REPLICA } from '../../services/link/replica.ts'
import type { SealLinkTiming } from '../../services/link/seal-link.ts'
import { RESIDENTS } from '../../services/register/register.ts'
import { SEALS } from '../../services/register/seal-register.ts'
import { familySite, issuingSite, registerSite, systemNodes } from '../../services/system.ts'
import { virtualMs } from '../../world/ports.ts'
import { createCardPress } from '../../world/live/crypto.ts'
import type { CardPress } from '../../world/ports.ts'
import { simulatedPress } from '../../world/simulated/keys.ts'
import type { SimulatedStage, SimulationOptions } from '../../world/simulated/stage.ts'
import { simulate } from '../../world/simulated/stage.ts'
import type { Deviation } from '../../world/simulated/strategy.ts'
import type { RunEnd } from '../../world/simulated/scheduling.ts'
import type { Setting } from '../../world/stage.ts'
import { defaultStrategy } from '../../explore/strategies/default.ts'
import { HEADER, PEOPLE } from '../oracle/history-builder.ts'

/** A whole issuing system with a handful of people, small enough for a test to say all that matters about it. */
export const MUNICIPALITY = HEADER.municipalities[0]!
export const CODE = MUNICIPALITY.code
export const PRINT_NODE = `print:${CODE}/1`
export const ISSUING_NODE = `issuing:${CODE}`
export const REGISTER_NODE = registerSite(CODE)
export const HOUR_MS = 3_600_000

/** Every part repaired but without the net: what a test is about it puts in. */
export const TWIN_PARTS: Build['parts'] = {
  'print/forms': 'by-version',
  'print/passing': 'whole-document',
  'print/turn': 'end-job',
  'print/output': 'buffer-per-job',
  'print/on-error': 'refuse',
  'print/work-file': 'own-name',
  'exchange/request': 'own-id',
  'issuing/final-match': 'none',
  'issuing/stop-check': 'none',
  'link/replica-lock': 'none',
  'link/seal-delta': 'change-sequence',
  'link/seal-apply': 'newer-only',
}
export const NET = { 'issuing/final-match': 'compare-image', 'issuing/stop-check': 'stop-list' } as const

/** Real keys, for the same small system in the live world. */
export const livePress: CardPress = createCardPress(1)

/** Written out here, so that no test depends on what a build has by default. */
const SETTINGS: BuildSettings = { turnLimitMs: 10_000, workerConcurrency: 8, engineCapacity: 1, engineBaseMs: 1_000, enginePerSheetMs: 1_000, exchangeSessionMs: 2_000, sheetSlotMs: 200, formKeptMs: 600_000, sealNotices: false }

/** A build of the twin's parts with others in some places. */
export const buildOf = (parts: Partial<Build['parts']> = {}, settings: Partial<BuildSettings> = {}, nodes = 1): Build => ({
  id: 'small',
  nodes,
  parts: { ...TWIN_PARTS, ...parts },
  settings: { ...SETTINGS, ...settings },
})

export interface SmallOptions {
  readonly build?: Build
  readonly people?: readonly Resident[]
  /** What the replica holds at the beginning; the same as the register by default. */
  readonly replica?: readonly Resident[]
  /** What is out of the ordinary about people's cards, by their keys. */
  readonly cards?: Readonly<Record<string, CardOddity>>
  readonly kiosks?: Setting['kiosks']
  /** What cards are made with; the simulated world's by default. */
  readonly press?: CardPress
  readonly municipality?: Municipality
  readonly date?: string
  /** When the run begins; 14:00 by default. */
  readonly startMs?: number
  readonly linkEveryMs?: number
  readonly linkTakesMs?: number
  readonly sealLink?: Partial<SealLinkTiming>
  readonly seals?: readonly SealRegistration[]
  /** Family registers; a municipality that offers none has no system for them. */
  readonly families?: readonly FamilyRegister[]
  /** People who live elsewhere. */
  readonly elsewhere?: readonly Resident[]
  readonly taxes?: readonly TaxRecord[]
  readonly seed?: number
}

const cardMaker = ({ cards = {}, date = HEADER.date, press = simulatedPress }: SmallOptions = {}): CardMaker => new CardMaker(press, date, new Map(Object.entries(cards)))

export function settingOf(options: SmallOptions = {}): Setting {
  const { build = buildOf(), people = PEOPLE, replica = people, date = HEADER.date, linkEveryMs: everyMs = HOUR_MS } = options
  const { seals = [], families = [], elsewhere = [], taxes = [], kiosks = {}, municipality = MUNICIPALITY } = options
  const cards = cardMaker(options)
  const rows = (residents: readonly Resident[]) => residents.map((data) => ({ key: data.id, group: data.household, data }))
  return {
    seed: options.seed ?? 1,
    date,
    startMs: virtualMs(options.startMs ?? 14 * HOUR_MS),
    nodes: systemNodes([{ municipality, build, link: { everyMs, ...(options.linkTakesMs === undefined ? {} : { takesMs: options.linkTakesMs }), seals: { everyMs, pageMs: 0, transferMs: 0, ...options.sealLink } } }], cards.authorityKey),
    kiosks,
    seeded: [
      { site: registerSite(CODE), table: RESIDENTS, rows: rows(people) },
      { site: issuingSite(CODE), table: REPLICA, rows: rows(replica) },
      { site: registerSite(CODE), table: SEALS, rows: seals.map((seal) => ({ key: seal.resident, group: seal.resident, data: { seal, stampedMs: -1 } })) },
      { site: issuingSite(CODE), table: SEAL_REPLICA, rows: seals.map((seal) => ({ key: seal.resident, group: seal.resident, data: seal })) },
      ...(families.length === 0 ? [] : [{ site: familySite(CODE), table: FAMILY_REGISTERS, rows: families.map((data) => ({ key: familyKey(data), group: data.domicile, data })) }]),
      { site: issuingSite(CODE), table: TAXES, rows: taxes.map((data) => ({ key: taxKey(data), group: data.resident, data })) },
      ...cards.seeded([...people, ...elsewhere]),
    ],
    registered: { residents: people, seals, families, taxes, certificates: cards.stopped },
  }
}

/** A person's card, ordinary but for what is given. */
export const cardOf = (who: Resident, oddity: CardOddity = {}): Card => cardMaker({ cards: { [who.id]: oddity } }).cardOf(who)

export const wishOf = (wish: Partial<Wish> = {}): Wish => ({
  type: 'residence-record',
  scope: 'applicant',
  show: { relation: true, domicile: false, individualNumber: false, recordCode: false, foreignItems: true },
  copies: 1,
  ...wish,
})

/** A visit in which nothing is out of the ordinary, but for what is given. */
export const visitOf = (who: Resident, given: Partial<Omit<Visit, 'wish'>> & { readonly wish?: Partial<Wish> } = {}): Visit => ({
  kiosk: 'shop-1',
  municipality: CODE,
  resident: who.id,
  card: cardOf(who),
  pin: '1234',
  touchMs: 1_000,
  ...given,
  wish: wishOf(given.wish),
})

/** What a test drives: the stage, and a hall of kiosks on it. */
export interface Drive {
  readonly stage: SimulatedStage
  readonly hall: KioskHall
  visit(who: Resident, given?: Parameters<typeof visitOf>[1] & { readonly purseYen?: number }): Promise<VisitEnd>
}

export interface SmallRun<T> {
  readonly end: RunEnd
  readonly result: T
  readonly history: History
  readonly judgement: Judgement
  readonly events: readonly HistoryEvent[]
  readonly steps: number
  readonly deviations: readonly Deviation[]
}

/**
 * Runs `drive` on a small system and judges what happened.
 * @throws where the run did not come to its end, for then no test has seen anything.
 */
export async function runSmall<T>(
  options: SmallOptions & Partial<SimulationOptions>,
  drive: (drive: Drive) => Promise<T>,
): Promise<SmallRun<T>> {
  const { strategy = defaultStrategy(), stepLimit = 200_000, onStep } = options
  const results: T[] = []
  const simulation = { strategy, stepLimit, ...(onStep === undefined ? {} : { onStep }) }
  const { end, events, steps, deviations } = await simulate(settingOf(options), simulation, async (stage) => {
    const hall = new KioskHall(stage)
    const visit: Drive['visit'] = (who, { purseYen = 10_000, ...given } = {}) => hall.visit({ purseYen }, visitOf(who, given))
    results.push(await drive({ stage, hall, visit }))
    await stage.idle()
  })
  if (end.end === 'failed') throw end.error
  if (end.end !== 'finished') throw new Error(`the run ended "${end.end}"`)
  const papers = events.reduce((sum, event) => sum + (event.f === 'print' && event.type === 'ok' ? event.sheets.length : 0), 0)
  const header = { ...HEADER, date: options.date ?? HEADER.date, municipalities: [options.municipality ?? MUNICIPALITY] }
  const history: History = { header, events, footer: { footer: true, events: events.length, papers, complete: true, digest: '' } }
  return { end, result: results[0]!, history, judgement: judge(history), events, steps, deviations }
}

/** The events of one kind. */
export function eventsOf<T extends HistoryEvent['type'], F extends HistoryEvent['f']>(
  events: readonly HistoryEvent[],
  type: T,
  f: F,
): Extract<HistoryEvent, { type: T; f: F }>[] {
  return events.filter((event): event is Extract<HistoryEvent, { type: T; f: F }> => event.type === type && event.f === f)
}

/** The names on each paper that came out, in order. */
export const namesOnPapers = (events: readonly HistoryEvent[]): string[][] =>
  eventsOf(events, 'ok', 'print').map(({ sheets }) =>
    sheets.flatMap(({ text }) => text.filter((line) => line.startsWith('氏名 ')).map((line) => line.slice('氏名 '.length))),
  )

/** The invariants that were broken. */
export const broken = ({ violations }: Judgement): string[] => [...new Set(violations.map(({ invariant }) => invariant))]
