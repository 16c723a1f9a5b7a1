import type { Static } from 'typebox'
import { type FixAtSite, judge, type Judgement, type RolledOut, rolledOut } from '../oracle/index.ts'
import type { Build } from '../services/build.ts'
import { simulatedPress } from '../world/simulated/keys.ts'
import type { StepRecord } from '../world/simulated/step.ts'
import { namedByChanges } from '../scenario/build-changes.ts'
import type { Catalogue } from '../scenario/catalogue.ts'
import { baseOf, buildAt, type Fleet, hasFix, type Site, withFix } from '../scenario/fleet.ts'
import type { Incident, OrderingSchema, Witness } from '../scenario/incident.ts'
import type { Examination, InspectionPlan, LoadScene } from '../scenario/inspection-plan.ts'
import type { NamedBuild } from '../scenario/named-build.ts'
import { incidentPlan } from '../scenario/plan.ts'
import type { Scenario } from '../scenario/scenario-file.ts'
import { layGround } from '../scenario/setting.ts'
import { performSimulated } from '../scenario/simulated.ts'
import { VERSION } from '../scenario/version.ts'
import { Arena } from './arena.ts'
import { enforceOrderings } from './strategies/enforce.ts'
import { uniformStrategy } from './strategies/uniform.ts'
import { beginningOf, writeToken } from './token.ts'

/** What one script or load came to on one build. */
export interface Examined {
  /** The incident's row; of a load, its id. */
  readonly row: string
  /** Which of its scripts: its own, or that on which a half-fix still fails. */
  readonly script: string
  /** Invariants broken, and not so once every repair of the fleet is put in: what a missed repair has done. */
  readonly found: readonly string[]
  /** Broken with every repair too: what the site's design does, such as a seal that is revoked between two runs of its link. */
  readonly byDesign: readonly string[]
  /** Papers to another person, in the schedule in which most came out. */
  readonly wrongPapers: number
  /** The first violation in words; of a wrong paper if there is one. */
  readonly explained?: string
  /** Replays the run, where something was found and it has a script. */
  readonly token?: string
  readonly unknown?: string
}

/** What an inspection says of one site. */
export interface SiteReport {
  readonly site: string
  readonly product: string
  readonly version: string
  readonly fork: boolean
  /** The build that runs there, by a name that `explore` and `replay` understand. */
  readonly build: string
  /** `not-examined`: the plan passes it over. */
  readonly verdict: 'clean' | 'found' | 'unknown' | 'not-examined'
  /** Another person's paper came out. */
  readonly wrongPerson: boolean
  readonly examined: readonly Examined[]
  /** Repairs that the site says it has and that are not in its build. */
  readonly falseClaims: readonly string[]
}

/** What an inspection came to. */
export interface Inspection {
  readonly fleet: Fleet
  readonly plan: InspectionPlan
  readonly on: string
  readonly seed: number
  readonly sites: readonly SiteReport[]
  readonly rolledOut: RolledOut
  /** Builds that were run; sites with the same one share its runs. */
  readonly builds: number
  /** Runs that were made. */
  readonly runs: number
}

export interface InspectionOptions {
  readonly seed: number
  /** Sites are looked at as they are on this day; the plan's own if absent. */
  readonly on?: string
  readonly onProgress?: (done: number, of: number) => void
}

/**
 * Carries out a plan over a fleet: runs what it examines on the build of each site and on that build with every repair of the fleet,
 * each build once. What only the first breaks is found, and another person's paper always.
 */
export async function inspect(fleet: Fleet, plan: InspectionPlan, catalogue: Catalogue, { seed, on = plan.on, onProgress }: InspectionOptions): Promise<Inspection> {
  const examiner = new Examiner(plan, catalogue, seed)
  const inScope = ({ product }: Site): boolean => plan.products?.includes(product) ?? true
  const placed = fleet.sites.map((site) => ({ site, build: buildAt(fleet, site, on, catalogue), base: baseOf(fleet, site, catalogue) }))
  const sites: SiteReport[] = []
  const fixes: FixAtSite[] = []
  for (const { site, build, base } of placed) {
    const named = nameOf(base, build)
    const whole = nameOf(base, fleet.fixes.reduce(withFix, build))
    const examined = inScope(site) ? beyond(await examiner.examine(named), await examiner.examine(whole)) : []
    const lacking = fleet.fixes.filter((fix) => !hasFix(build, fix))
    fixes.push(...fleet.fixes.map(({ id, row }) => ({ site: site.name, fix: id, inBuild: lacking.every((fix) => fix.id !== id), shown: shownBy(examined, row) })))
    const falseClaims = (site.claims ?? []).filter((claim) => lacking.some(({ id, row }) => id === claim && examined.some((one) => one.row === row)))
    sites.push(reportOf(site, named.name, examined, falseClaims, inScope(site)))
    onProgress?.(sites.length, placed.length)
  }
  return { fleet, plan, on, seed, sites, rolledOut: rolledOut(fixes), builds: examiner.builds, runs: examiner.runs }
}

/**
 * What was found on a build, less what is found on it with every repair. Another person's paper is nobody's design: it is found
 * whatever the repaired build does.
 */
function beyond(runs: readonly Run[], repaired: readonly Run[]): Examined[] {
  return runs.map(({ row, script, attempts, unknown }, at) => {
    const design = new Set(brokenIn(repaired[at]?.attempts ?? []))
    const found = brokenIn(attempts).filter((invariant) => invariant === 'SUBJECT' || !design.has(invariant))
    const shows = (attempt: RunAttempt): boolean => attempt.broken.some((invariant) => found.includes(invariant))
    const evidence = attempts.find(({ wrongPapers }) => wrongPapers > 0) ?? attempts.find(shows)
    return {
      ...{ row, script, found, byDesign: [...design].filter((invariant) => !found.includes(invariant)) },
      wrongPapers: Math.max(0, ...attempts.map(({ wrongPapers }) => wrongPapers)),
      ...(found.length === 0 || evidence === undefined ? {} : evidenceOf(evidence)),
      ...(unknown === undefined ? {} : { unknown }),
    }
  })
}

const brokenIn = (attempts: readonly RunAttempt[]): string[] => [...new Set(attempts.flatMap(({ broken }) => broken))]

/** What of an attempt is evidence. */
const evidenceOf = ({ explained, token }: RunAttempt): Pick<Examined, 'explained' | 'token'> => ({
  ...(explained === undefined ? {} : { explained }),
  ...(token === undefined ? {} : { token }),
})

/** A build by what makes it another than the one that it rests on. */
function nameOf(base: Build, build: Build): NamedBuild {
  const named = namedByChanges(base, build)
  return { name: named.id, build: named, goal: [] }
}

function shownBy(examined: readonly Examined[], row: string): FixAtSite['shown'] {
  const own = examined.filter((one) => one.row === row)
  if (own.length === 0 || own.some(({ unknown, found }) => unknown !== undefined && found.length === 0)) return 'not-run'
  return own.some(({ found }) => found.length > 0) ? 'fails' : 'clean'
}

function reportOf({ name: site, product, version, fork }: Site, build: string, examined: readonly Examined[], falseClaims: readonly string[], inScope: boolean): SiteReport {
  const found = falseClaims.length > 0 || examined.some((one) => one.found.length > 0)
  const verdict = found ? 'found' : !inScope ? 'not-examined' : examined.some(({ unknown }) => unknown !== undefined) ? 'unknown' : 'clean'
  return { site, product, version, fork: fork !== undefined, build, verdict, wrongPerson: examined.some(({ wrongPapers }) => wrongPapers > 0), examined, falseClaims }
}

type Orderings = readonly Static<typeof OrderingSchema>[]

/** One schedule of a script, or one load, on one build. */
interface RunAttempt extends Pick<Examined, 'wrongPapers' | 'explained' | 'token'> {
  readonly broken: readonly string[]
}

/** One script or load on one build, whatever the repairs. */
interface Run extends Pick<Examined, 'row' | 'script' | 'unknown'> {
  /** Those in which something was broken. */
  readonly attempts: readonly RunAttempt[]
}

/** A script to be run at sites, its people invented once. */
interface Script {
  readonly row: string
  readonly script: string
  readonly orderings: Orderings
  readonly arena: Arena
}

/** Runs what a plan examines on one build after another, and remembers what came of each. */
class Examiner {
  private readonly known = new Map<string, readonly Run[]>()
  private readonly scripts: readonly (Script | LoadScene)[]
  runs = 0

  constructor(
    private readonly plan: InspectionPlan,
    private readonly catalogue: Catalogue,
    private readonly seed: number,
  ) {
    this.scripts = plan.examine.flatMap((examination) => this.scriptsOf(examination))
  }

  get builds(): number {
    return this.known.size
  }

  async examine(named: NamedBuild): Promise<readonly Run[]> {
    const before = this.known.get(named.name)
    if (before !== undefined) return before
    const examined: Run[] = []
    for (const script of this.scripts) examined.push('load' in script ? await this.underLoad(script, named) : await this.onScript(script, named))
    this.known.set(named.name, examined)
    return examined
  }

  private scriptsOf(examination: Examination): (Script | LoadScene)[] {
    if ('load' in examination) return [examination.load]
    const incident = this.catalogue.incident(examination.incident)
    const own = incident.script === undefined ? incident.witness : { script: incident.script, expect: [] }
    return [...(own === undefined ? [] : [this.script(incident, 'its own', own)]), ...incident.halfFixes.map(({ variant, stillFails }) => this.script(incident, `beyond ${variant}`, stillFails))]
  }

  private script({ row, id, title, date, start, municipality, people, kiosks, link, live }: Incident, script: string, witness: Witness): Script {
    const scenario: Scenario = {
      ...{ id, title, date, start: witness.start ?? start, municipality, people, link, live, script: witness.script },
      ...(kiosks === undefined ? {} : { kiosks }),
    }
    const anyBuild: NamedBuild = { name: 'repaired', build: this.catalogue.build('repaired'), goal: [] }
    return { row, script, orderings: witness.orderings ?? [], arena: Arena.make(scenario, anyBuild, this.seed, this.catalogue) }
  }

  /** Under its orderings first, and then in as many orders as the plan asks for: what one breaks by design may hide what another breaks. */
  private async onScript({ row, script, orderings, arena }: Script, named: NamedBuild): Promise<Run> {
    const there = arena.on(named)
    const attempts: RunAttempt[] = []
    let unknown: string | undefined
    for (let schedule = 0; schedule < (this.plan.schedules ?? 1); schedule += 1) {
      const random = uniformStrategy(this.seed + schedule)
      const strategy = schedule === 0 && orderings.length > 0 ? enforceOrderings(orderings, random) : random
      const steps: StepRecord[] = []
      // Held, as a token's run is.
      const attempt = await there.run({ ...strategy, holds: true }, { onStep: (step) => void steps.push(step) })
      this.runs += 1
      const { judgement } = attempt
      unknown ??= judgement.unknowns[0]?.why
      if (judgement.violations.length === 0) continue
      const { broken, ...rest } = summary(judgement)
      const token = writeToken({
        ...{ tool: VERSION, build: named.name, seed: this.seed, scenario: arena.scenario },
        ...{ deviations: [...attempt.deviations], orderings: [...orderings], broken: [...broken], beginning: beginningOf(steps) },
      })
      attempts.push({ broken, ...rest, token })
    }
    return { row, script, attempts, ...(unknown === undefined ? {} : { unknown }) }
  }

  private async underLoad(scene: LoadScene, { build }: NamedBuild): Promise<Run> {
    const ground = layGround({ ...scene, live: { clockFactor: 1 } }, this.catalogue, simulatedPress)
    const performed = await performSimulated(incidentPlan(ground, build, this.seed))
    this.runs += 1
    const judgement = judge(performed.history)
    const unknown = performed.incomplete ?? judgement.unknowns[0]?.why
    return { row: scene.id, script: 'load', attempts: judgement.violations.length === 0 ? [] : [summary(judgement)], ...(unknown === undefined ? {} : { unknown }) }
  }
}

function summary({ violations, wrongPapers }: Judgement): Omit<RunAttempt, 'token'> {
  const first = violations.find(({ invariant }) => invariant === 'SUBJECT') ?? violations[0]
  const broken = [...new Set(violations.map(({ invariant }) => invariant))]
  return { broken, wrongPapers, ...(first === undefined ? {} : { explained: `${first.invariant}: ${first.explanation}` }) }
}
