import type { Judgement, Verdict } from '../oracle/index.ts'
import { judge, judgeAsSite } from '../oracle/index.ts'
import { type Build, withParts } from '../services/build.ts'
import type { Catalogue } from './catalogue.ts'
import { choiceOf } from './part-choice.ts'
import type { HalfFix, Incident, Load } from './incident.ts'
import { metricOf, relationHolds } from './metric.ts'
import { naturalSessions, wrongPerMillionOf2023 } from './natural-rate.ts'
import { incidentPlan, type Plan, scriptPlan, witnessPlan } from './plan.ts'
import { timeOfDayMs } from './script.ts'
import type { Ground } from './setting.ts'
import type { Performed } from './simulated.ts'

/** Plays plans in one world. */
export interface Performer {
  readonly world: 'simulated' | 'live'
  ground(incident: Incident): Ground
  /** @param purpose names the run in files: `as-deployed`, `half-fix-owner-checked`, ... */
  perform(plan: Plan, purpose: string): Promise<Performed>
}

/** One run, judged. */
export interface Outcome {
  readonly build: string
  readonly verdict: Verdict
  /** Invariants broken. */
  readonly found: readonly string[]
  readonly wrongPapers: number
  /** Papers of the right person with what was no longer so. */
  readonly stalePapers: number
  /** Prints that put at least one sheet into a tray. */
  readonly papers: number
  /** People refused at the kiosk. */
  readonly refused: number
  /** What the site itself knows: errors that it logged, how many of them it closed as sites do, and how many before every image was compared (ALARM). */
  readonly site: { readonly verdict: Verdict; readonly errors: number; readonly closed: number; readonly alarms: number }
  /** The first violation, explained; of a wrong paper if there is one. */
  readonly explained?: string
  readonly unknown?: string
}

export interface HalfFixOutcome extends Outcome {
  readonly variant: string
  readonly relation: HalfFix['relation']
  readonly metric: HalfFix['metric']
  /**
   * Whether it stands in that relation to the build as deployed, on the incident's own script or load. Asked in the
   * simulated world; the live one plays the witness, whose orderings leave nothing to compare.
   */
  readonly holds?: boolean
  /** What it still breaks, on the script that shows it; absent where that cannot be shown in this world. */
  readonly stillFails?: Outcome
}

/** A load held against what comes by nature, and its wrong papers against those of 2023. */
export interface LoadBesideNature {
  /** How many times the natural rate it is; null where nobody comes by nature. */
  readonly timesNatural: number | null
  /** Wrong papers in a million, as deployed; null where no paper came out. */
  readonly wrongPerMillion: number | null
  readonly wrongPerMillionOf2023: number
}

/** An incident on its builds in one world. */
export interface IncidentOutcome extends Outcome {
  readonly id: string
  readonly row: string
  readonly world: 'simulated' | 'live'
  readonly seed: number
  readonly rate: string
  /** Of an incident that is a load: its rate beside the natural one, and what that does to a million papers. */
  readonly load?: LoadBesideNature
  readonly expected: readonly string[]
  readonly halfFixes: readonly HalfFixOutcome[]
  readonly repairedTwin: Outcome
  readonly repaired: Outcome
  /** The defective parts on base `repaired`: the net has to turn a wrong paper into a refusal. */
  readonly withNet: Outcome
  /** `met`, or what was not: `not-found` where something expected is missing or unknown, `not-clean` where a repair is not. */
  readonly verdict: Verdict
  readonly expectation: 'met' | 'not-found' | 'not-clean'
  readonly unmet: readonly string[]
}

/** Runs an incident as deployed, half-fixed, on its repaired twin, on base `repaired`, and with the net under the defect. */
export async function regressIncident(incident: Incident, catalogue: Catalogue, performer: Performer, seed: number): Promise<IncidentOutcome> {
  const ground = performer.ground(incident)
  const builds = buildsOf(incident, catalogue)
  const planFor = performer.world === 'live' ? witnessPlan : incidentPlan
  const run = async (build: Build, purpose: string): Promise<Measured> => measure(planFor(ground, build, seed), purpose, performer)
  const deployed = await run(builds.deployed, 'as-deployed')
  const halfFixes: HalfFixOutcome[] = []
  for (const halfFix of incident.halfFixes) halfFixes.push(await runHalfFix(halfFix, builds.deployed, ground, deployed, run, performer))
  const repairedTwin = (await run(builds.twin, 'repaired-twin')).outcome
  const repaired = (await run(builds.repaired, 'repaired')).outcome
  const withNet = (await run(builds.withNet, 'with-net')).outcome
  const expected = performer.world === 'live' ? (incident.witness?.expect ?? incident.expect) : incident.expect
  const unmet = unmetExpectations(incident, expected, deployed.outcome, halfFixes, { repairedTwin, repaired, withNet })
  return {
    id: incident.id,
    row: incident.row,
    world: performer.world,
    seed,
    rate: planFor(ground, builds.deployed, seed).rate,
    ...(performer.world === 'simulated' && incident.load !== undefined ? { load: besideNature(ground, incident.load, deployed.outcome) } : {}),
    expected,
    ...deployed.outcome,
    halfFixes,
    repairedTwin,
    repaired,
    withNet,
    ...unmet,
  }
}

function besideNature({ profile, incident: { municipality, date } }: Ground, load: Load, { wrongPapers, papers }: Outcome): LoadBesideNature {
  const natural = naturalSessions(profile, { municipality, date }, timeOfDayMs(load.from), timeOfDayMs(load.to))
  const sessions = load.rate === 'natural' ? natural : load.sessions
  return {
    timesNatural: natural === 0 ? null : sessions / natural,
    wrongPerMillion: papers === 0 ? null : (wrongPapers / papers) * 1e6,
    wrongPerMillionOf2023: wrongPerMillionOf2023(profile),
  }
}

interface Measured {
  readonly outcome: Outcome
  readonly performed: Performed
  readonly judgement: Judgement
}

/** The builds on which an incident is run. */
export function buildsOf(incident: Incident, catalogue: Catalogue): Record<'deployed' | 'twin' | 'repaired' | 'withNet', Build> {
  const deployed = catalogue.build(incident.build)
  const repaired = withParts(catalogue.build('repaired'), 'repaired', {}, deployed.settings)
  const defects = catalogue.ownParts(incident.build)
  return {
    deployed,
    twin: withParts(deployed, `${deployed.id} repaired`, choiceOf(incident.repairs)),
    repaired,
    withNet: { ...withParts(repaired, `${deployed.id} on repaired`, defects), nodes: deployed.nodes },
  }
}

/** The build of a half-fix: the deployed one with another variant or other numbers. */
export const halfFixedBuild = (deployed: Build, { variant, parts, settings }: HalfFix): Build =>
  withParts(deployed, `${deployed.id} ${variant}`, choiceOf(parts ?? {}), settings)

async function measure(plan: Plan, purpose: string, performer: Performer): Promise<Measured> {
  const performed = await performer.perform(plan, purpose)
  const judgement = judge(performed.history)
  return { outcome: outcomeOf(plan.build.id, performed, judgement), performed, judgement }
}

async function runHalfFix(
  halfFix: HalfFix,
  deployed: Build,
  ground: Ground,
  base: Measured,
  run: (build: Build, purpose: string) => Promise<Measured>,
  performer: Performer,
): Promise<HalfFixOutcome> {
  const { variant, relation, metric } = halfFix
  const build = halfFixedBuild(deployed, halfFix)
  const { seed } = base.performed.history.header
  const said = { variant, relation, metric }
  const isLive = performer.world === 'live'
  if (isLive && halfFix.stillFails.world === 'simulated') return { ...said, ...(await run(build, `half-fix-${variant}`)).outcome }
  const still = (await measure(scriptPlan(ground, build, seed, halfFix.stillFails), `still-fails-${variant}`, performer)).outcome
  if (isLive) return { ...said, stillFails: still, ...still }
  const fixed = await run(build, `half-fix-${variant}`)
  const before = metricOf(metric, base.performed.history, base.judgement)
  const after = metricOf(metric, fixed.performed.history, fixed.judgement)
  return { ...said, stillFails: still, holds: relationHolds(relation, before, after, fixed.outcome.wrongPapers), ...fixed.outcome }
}

function outcomeOf(build: string, { history, incomplete }: Performed, judgement: Judgement): Outcome {
  const first = judgement.violations.find(({ invariant }) => invariant === 'SUBJECT') ?? judgement.violations[0]
  const site = judgeAsSite(history)
  const unknown = incomplete ?? judgement.unknowns[0]?.why
  return {
    build,
    verdict: judgement.verdict,
    found: [...new Set(judgement.violations.map(({ invariant }) => invariant))],
    wrongPapers: judgement.wrongPapers,
    stalePapers: judgement.stalePapers,
    papers: history.events.filter((event) => event.f === 'print' && event.type !== 'invoke' && event.sheets.length > 0).length,
    refused: history.events.filter((event) => event.type === 'fail' && (event.f === 'apply' || event.f === 'document')).length,
    site: { verdict: site.verdict, errors: site.errors.length, closed: site.errors.filter(({ closedAs }) => closedAs !== undefined).length, alarms: site.alarms.length },
    ...(first === undefined ? {} : { explained: `${first.invariant}: ${first.explanation}` }),
    ...(unknown === undefined ? {} : { unknown }),
  }
}

/** With the defect still there the inside is as wrong as ever; what the net promises is what comes out of the tray. */
const SEEN_ON_PAPER: ReadonlySet<string> = new Set(['SUBJECT', 'TYPE', 'WHOLE', 'FRESH', 'PAID', 'CUSTODY'])

/** What a half-fix still had to break on its script, and did not. */
function missing(incident: Incident, variant: string, { found }: Outcome): string[] {
  const expected = incident.halfFixes.find((halfFix) => halfFix.variant === variant)?.stillFails.expect ?? []
  return expected.filter((invariant) => !found.includes(invariant)).map((invariant) => `${variant} did not break ${invariant} on its script`)
}

function unmetExpectations(
  incident: Incident,
  expected: readonly string[],
  deployed: Outcome,
  halfFixes: readonly HalfFixOutcome[],
  clean: Readonly<Record<'repairedTwin' | 'repaired' | 'withNet', Outcome>>,
): Pick<IncidentOutcome, 'expectation' | 'unmet'> {
  const notClean = Object.entries(clean).flatMap(([which, { found }]) => {
    const broken = which === 'withNet' ? found.filter((invariant) => SEEN_ON_PAPER.has(invariant)) : found
    return broken.length === 0 ? [] : [`${which} broke ${broken.join(', ')}`]
  })
  const notFound = [
    ...expected.filter((invariant) => !deployed.found.includes(invariant)).map((invariant) => `${invariant} was not found as deployed`),
    ...halfFixes.filter(({ holds }) => holds === false).map(({ variant, relation, metric }) => `${variant} does not stand in the relation "${relation}" by ${metric}`),
    ...halfFixes.flatMap(({ variant, stillFails }) => (stillFails === undefined ? [] : missing(incident, variant, stillFails))),
    ...Object.entries(clean).filter(([, { verdict }]) => verdict === 'unknown').map(([which, { unknown }]) => `${which} is unknown: ${unknown ?? ''}`),
  ]
  if (clean.withNet.wrongPapers === 0 && clean.withNet.refused === 0 && deployed.wrongPapers + deployed.stalePapers > 0) notFound.push('the net refused nobody')
  const expectation = notClean.length > 0 ? 'not-clean' : notFound.length > 0 ? 'not-found' : 'met'
  return { expectation, unmet: [...notClean, ...notFound] }
}

/** 0 every expectation met, 1 a repaired build was not clean, 2 something expected was not found or is unknown. */
export function exitCodeOf(outcomes: readonly IncidentOutcome[]): 0 | 1 | 2 {
  if (outcomes.some(({ expectation }) => expectation === 'not-clean')) return 1
  return outcomes.every(({ expectation }) => expectation === 'met') ? 0 : 2
}
