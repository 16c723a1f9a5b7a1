import { createHash } from 'node:crypto'
import { CERTIFICATE_TYPES, type History, HISTORY_SCHEMA, type HistoryHeader } from '../contract/index.ts'
import type { Build } from '../services/build.ts'
import type { Ordering } from '../world/orderings.ts'
import { arrivals } from './arrivals.ts'
import type { Witness } from './incident.ts'
import { scriptActs } from './performances.ts'
import type { Act } from './play.ts'
import type { Scenario } from './scenario-file.ts'
import { timeOfDayMs } from './script.ts'
import { castOf, type Ground, type Scene } from './setting.ts'
import { VERSION } from './version.ts'

/** One run to be made: on which ground, with which build, what happens, and under which orderings. */
export interface Plan {
  readonly ground: Ground<Scene>
  readonly build: Build
  readonly seed: number
  readonly start: string
  readonly rate: HistoryHeader['rate']
  readonly orderings: readonly Ordering[]
  /** Scenario milliseconds that a touch of the panel takes, where that is not left to the world that plays it. */
  readonly touchMs?: number
  /** Makes what happens anew for each run, since cards remember. @param touchMs time for a touch of the panel */
  acts(touchMs: number): Act[]
}

/** The incident's own script or load. */
export function incidentPlan(ground: Ground<Scene>, build: Build, seed: number): Plan {
  const { incident } = ground
  const { script, load } = incident
  if (load !== undefined) {
    return { ...common(ground, build, seed), rate: load.rate, orderings: [], acts: (touchMs) => arrivals(ground, load, seed, touchMs) }
  }
  return scriptPlan(ground, build, seed, { script: script ?? [] })
}

/** What is played of an incident, a half-fix or a scenario. */
type Staged = Omit<Witness, 'expect'> & Pick<Scenario, 'until'>

/** A script with its orderings: a witness, or the script on which a half-fix still fails. */
export function scriptPlan(ground: Ground<Scene>, build: Build, seed: number, { script, start, orderings, until }: Staged): Plan {
  const lasts: Act[] = until === undefined ? [] : [{ atMs: timeOfDayMs(until), perform: () => Promise.resolve() }]
  return {
    ...common(ground, build, seed),
    ...(start === undefined ? {} : { start }),
    rate: 'script',
    orderings: orderings ?? [],
    acts: (touchMs) => [
      ...scriptActs(script, castOf(ground, seed), { municipality: ground.municipality.code, date: ground.incident.date, desk: { notices: build.settings.sealNotices }, touchMs }),
      ...lasts,
    ],
  }
}

/** What the live world plays of an incident: the witness where there is one. */
export const witnessPlan = (ground: Ground<Scene>, build: Build, seed: number): Plan =>
  ground.incident.witness === undefined ? incidentPlan(ground, build, seed) : scriptPlan(ground, build, seed, ground.incident.witness)

function common(ground: Ground<Scene>, build: Build, seed: number): Pick<Plan, 'ground' | 'build' | 'seed' | 'start'> {
  return { ground, build, seed, start: ground.incident.start }
}

/** The header of the plan's history. */
export function headerOf(plan: Omit<Plan, 'acts'>, world: 'simulated' | 'live', clockFactor: number): HistoryHeader {
  const { ground, build, seed, rate } = plan
  return {
    schema: HISTORY_SCHEMA,
    tool: VERSION,
    world,
    seed,
    incident: ground.incident.id,
    build: build.id,
    fixture: fixtureDigest(plan),
    date: ground.incident.date,
    clockFactor,
    rate,
    municipalities: [ground.municipality],
    types: [...CERTIFICATE_TYPES],
  }
}

/** Says that two runs had the same inputs: people, build, script or load, seed. */
function fixtureDigest({ ground, build, seed, orderings, start }: Omit<Plan, 'acts'>): string {
  const { people, kiosks, script, until, load, link, witness } = ground.incident
  const inputs = { people, kiosks, script, until, load, link, witness, build, seed, orderings, start }
  return `sha256:${createHash('sha256').update(JSON.stringify(inputs)).digest('hex').slice(0, 32)}`
}

/** The printed sheets of a history: papers in the tray. */
export const printedSheets = (events: History['events']): number =>
  events.reduce((sum, event) => sum + (event.type === 'ok' && event.f === 'print' ? event.sheets.length : 0), 0)

/** The history of a run that came to its end, as it stands in memory: the digest is for files. */
export function wholeHistory(header: HistoryHeader, events: History['events']): History {
  return { header, events, footer: { footer: true, events: events.length, papers: printedSheets(events), complete: true, digest: '' } }
}
