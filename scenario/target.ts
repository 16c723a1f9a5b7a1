import { createHash } from 'node:crypto'
import { Value } from 'typebox/value'
import type { Logger } from 'pino'
import { CERTIFICATE_TYPES, HISTORY_SCHEMA, type HistoryHeader, TEST_SYSTEM_PATH, TestSystem, TorichigaeError } from '../contract/index.ts'
import { serverOf } from '../world/live/connection.ts'
import { drawSheets } from '../world/live/paper/draw.ts'
import { readPdf } from '../world/live/paper/read.ts'
import { RemoteStage } from '../world/live/remote-stage.ts'
import type { Catalogue } from './catalogue.ts'
import { servedSettlements } from './served.ts'
import type { Settlement } from './setting.ts'
import { VERSION } from './version.ts'

/** A served system as its clients see it: kiosks before it, and the people who go there. */
export interface Target {
  readonly system: TestSystem
  /** Its people and their cards, municipality by municipality, made anew from its seed. */
  readonly settlements: readonly Settlement[]
  readonly stage: RemoteStage
}

/** How to come before a target. */
export interface TargetOptions {
  /** Base URL of its centre. */
  readonly url: string
  /** Where history and papers are laid. */
  readonly folder: string
  readonly rate: HistoryHeader['rate']
  readonly logger: Logger
}

/** What a centre says of itself. @throws TorichigaeError NO_TARGET, NOT_A_TEST_SYSTEM */
export async function askTestSystem(url: string): Promise<TestSystem> {
  const base = url.replace(/\/$/, '')
  const answer = await fetch(`${base}${TEST_SYSTEM_PATH}`).catch((error: unknown) => {
    throw new TorichigaeError('NO_TARGET', serverOf(base), { cause: error })
  })
  const said: unknown = await answer.json().catch(() => undefined)
  if (!answer.ok || !Value.Check(TestSystem, said)) throw new TorichigaeError('NOT_A_TEST_SYSTEM', serverOf(base))
  return said
}

/**
 * Comes before a served system with kiosks and people. The history in `folder` is of the world `target`.
 * @throws TorichigaeError NO_TARGET, NOT_A_TEST_SYSTEM, UNKNOWN_MUNICIPALITY
 */
export async function openTarget({ url, folder, rate, logger }: TargetOptions, catalogue: Catalogue): Promise<Target> {
  const first = await askTestSystem(url)
  const settlements = servedSettlements(first, first.date, catalogue)
  // Making people and cards takes a while; what time it is counts from now.
  const system = await askTestSystem(url)
  const registered = {
    residents: settlements.flatMap(({ population }) => population),
    seals: settlements.flatMap(({ seals }) => [...seals.values()]),
  }
  const stage = new RemoteStage({
    centreUrl: url.replace(/\/$/, ''),
    nowMs: system.nowMs,
    header: targetHeader(system, settlements, rate),
    registered,
    paper: { drawSheets, readPdf },
    logger,
    seed: system.seed,
    folder,
  })
  return { system, settlements, stage }
}

function targetHeader(system: TestSystem, settlements: readonly Settlement[], rate: HistoryHeader['rate']): HistoryHeader {
  const { seed, size, date, clockFactor, municipalities } = system
  const builds = municipalities.map(({ code, build }) => `${code}=${build}`).join(' ')
  const digest = createHash('sha256').update(JSON.stringify({ seed, size, date, municipalities })).digest('hex')
  return {
    schema: HISTORY_SCHEMA,
    tool: VERSION,
    world: 'target',
    seed,
    incident: 'served',
    build: builds,
    fixture: `sha256:${digest.slice(0, 32)}`,
    date,
    clockFactor,
    rate,
    municipalities: settlements.map(({ municipality }) => municipality),
    types: [...CERTIFICATE_TYPES],
  }
}
