import { createHash } from 'node:crypto'
import { Value } from 'typebox/value'
import type { Logger } from 'pino'
import { CERTIFICATE_TYPES, HISTORY_SCHEMA, type HistoryEvent, type HistoryHeader, TEST_SYSTEM_PATH, TestSystem, TorichigaeError } from '../contract/index.ts'
import { serverOf } from '../world/live/connection.ts'
import { drawSheets } from '../world/live/paper/draw.ts'
import { readPdf } from '../world/live/paper/read.ts'
import { RemoteStage } from '../world/live/remote-stage.ts'
import type { Catalogue } from './catalogue.ts'
import { servedSettlements } from './served.ts'
import type { Settlement } from './setting.ts'
import { targetBase } from './target-address.ts'
import { VERSION } from './version.ts'

/** A served system that a client has asked who it is. */
export interface MetTarget {
  /** Base URL of its centre. */
  readonly baseUrl: string
  readonly authorised: boolean
  /** What it said. */
  readonly system: TestSystem
  /** Its people and their cards, municipality by municipality, made anew from its seed. */
  readonly settlements: readonly Settlement[]
}

/** A served system as its clients see it: kiosks before it, and the people who go there. */
export interface Target extends Pick<MetTarget, 'system' | 'settlements'> {
  readonly stage: RemoteStage
}

/** Whom to meet. */
export interface TargetAddress {
  /** Base URL of its centre. */
  readonly url: string
  /** Somebody vouches for being authorised, so that it may be on another machine. Default false. */
  readonly authorised?: boolean
}

/** How kiosks come before a target. */
export interface KiosksBefore {
  /** Where history and papers are laid. */
  readonly folder: string
  readonly rate: HistoryHeader['rate']
  readonly logger: Logger
  /** Told of each event once it is on record. */
  readonly onEvent?: (event: HistoryEvent) => void
}

/** How to come before a target. */
export interface TargetOptions extends TargetAddress, KiosksBefore {}

/** Real milliseconds in which a target has to say what it is. */
const ANSWER_MS_MAX = 10_000

/**
 * What a centre says of itself. One that sends its caller elsewhere has not said it.
 * @throws TorichigaeError USAGE, TARGET_NOT_LOCAL before anything is sent; NO_TARGET, NOT_A_TEST_SYSTEM
 */
export async function askTestSystem({ url, authorised = false }: TargetAddress): Promise<TestSystem> {
  const base = targetBase(url, authorised)
  const answer = await fetch(`${base}${TEST_SYSTEM_PATH}`, { redirect: 'manual', signal: AbortSignal.timeout(ANSWER_MS_MAX) }).catch((error: unknown) => {
    throw new TorichigaeError('NO_TARGET', serverOf(base), { cause: error })
  })
  const said: unknown = await answer.json().catch(() => undefined)
  if (!answer.ok || !Value.Check(TestSystem, said)) throw new TorichigaeError('NOT_A_TEST_SYSTEM', serverOf(base))
  return said
}

/**
 * Asks a served system who it is, and makes its people and cards.
 * @throws TorichigaeError as {@link askTestSystem}; UNKNOWN_MUNICIPALITY
 */
export async function meetTarget({ url, authorised = false }: TargetAddress, catalogue: Catalogue): Promise<MetTarget> {
  const system = await askTestSystem({ url, authorised })
  return { baseUrl: targetBase(url, authorised), authorised, system, settlements: servedSettlements(system, system.date, catalogue) }
}

/**
 * Comes before a system that was met, with kiosks. The history in `folder` is of the world `target`.
 * @throws TorichigaeError as {@link askTestSystem}
 */
export async function standBefore({ baseUrl, authorised, settlements }: MetTarget, { folder, rate, logger, onEvent }: KiosksBefore): Promise<Target> {
  // Making people and cards takes a while; what time it is counts from now.
  const system = await askTestSystem({ url: baseUrl, authorised })
  const registered = {
    residents: settlements.flatMap(({ population }) => population),
    seals: settlements.flatMap(({ seals }) => [...seals.values()]),
  }
  const stage = new RemoteStage({
    centreUrl: baseUrl,
    nowMs: system.nowMs,
    header: targetHeader(system, settlements, rate),
    registered,
    paper: { drawSheets, readPdf },
    logger,
    seed: system.seed,
    folder,
    ...(onEvent === undefined ? {} : { onEvent }),
  })
  return { system, settlements, stage }
}

/** Both, one after the other. @throws TorichigaeError as {@link meetTarget} */
export async function openTarget(options: TargetOptions, catalogue: Catalogue): Promise<Target> {
  return standBefore(await meetTarget(options, catalogue), options)
}

function targetHeader(system: TestSystem, settlements: readonly Settlement[], rate: HistoryHeader['rate']): HistoryHeader {
  const { seed, size, date, clockFactor, municipalities } = system
  const digest = createHash('sha256').update(JSON.stringify({ seed, size, date, municipalities })).digest('hex')
  return {
    schema: HISTORY_SCHEMA,
    tool: VERSION,
    world: 'target',
    seed,
    incident: 'served',
    build: buildsOf(municipalities),
    fixture: `sha256:${digest.slice(0, 32)}`,
    date,
    clockFactor,
    rate,
    municipalities: settlements.map(({ municipality }) => municipality),
    types: [...CERTIFICATE_TYPES],
  }
}

/** Which build each municipality runs, in one line: `munakata=repaired yokohama=as-2023`. */
export const buildsOf = (municipalities: TestSystem['municipalities']): string => municipalities.map(({ code, build }) => `${code}=${build}`).join(' ')
