import type { History, HistoryEvent, HistoryHeader } from '../contract/index.ts'
import { type Invariant, judge, type Judgement, type Violation } from '../oracle/index.ts'
import type { Catalogue } from '../scenario/catalogue.ts'
import type { NamedBuild } from '../scenario/named-build.ts'
import { headerOf, type Plan, scriptPlan } from '../scenario/plan.ts'
import type { Scenario } from '../scenario/scenario-file.ts'
import { type Ground, layGround } from '../scenario/setting.ts'
import { performSimulated } from '../scenario/simulated.ts'
import { simulatedPress } from '../world/simulated/keys.ts'
import type { RunEnd } from '../world/simulated/scheduling.ts'
import type { SimulationOptions } from '../world/simulated/stage.ts'
import type { Deviation, Strategy } from '../world/simulated/strategy.ts'
import { defaultStrategy } from './strategies/default.ts'

/** No scenario that is worth searching needs so many steps; a run that does is unknown. */
export const STEP_LIMIT = 20_000

/** Who is told what a run does, or schedules it in our stead. */
export type Watch = Pick<SimulationOptions, 'onStep' | 'onTouch' | 'scheduling'>

/** One schedule, run and judged. */
export interface Attempt {
  readonly history: History
  readonly judgement: Judgement
  readonly end: RunEnd
  readonly steps: number
  readonly deviations: readonly Deviation[]
}

/** What was found: the violation a reader is shown, and what tells it from others. */
export interface Found {
  readonly violation: Violation
  /** All invariants of the goal, broken in this run. */
  readonly broken: readonly Invariant[]
  /** Who was wronged, by the key in the register; absent where no application was. */
  readonly victim?: string
}

/** A scenario on a build, made ready to be run under one schedule after another. */
export class Arena {
  private constructor(
    readonly scenario: Scenario,
    readonly named: NamedBuild,
    readonly seed: number,
    private readonly ground: Ground<Scenario>,
    private readonly plan: Plan,
    private readonly header: HistoryHeader,
  ) {}
  private byDefault: Promise<Attempt> | undefined

  /** @param seed of the run's people, ids and draws: who plays which role, not in which order things happen */
  static make(scenario: Scenario, named: NamedBuild, seed: number, catalogue: Catalogue): Arena {
    return Arena.on(layGround(scenario, catalogue, simulatedPress), scenario, named, seed)
  }

  private static on(ground: Ground<Scenario>, scenario: Scenario, named: NamedBuild, seed: number): Arena {
    const plan = scriptPlan(ground, named.build, seed, scenario)
    return new Arena(scenario, named, seed, ground, plan, headerOf(plan, 'simulated', 1))
  }

  /** The same people and places, with less happening. */
  with(scenario: Scenario): Arena {
    return Arena.on({ ...this.ground, incident: scenario }, scenario, this.named, this.seed)
  }

  /** The same people, places and script on another build. */
  on(named: NamedBuild): Arena {
    return Arena.on(this.ground, this.scenario, named, this.seed)
  }

  async run(strategy: Strategy, watch: Watch = {}): Promise<Attempt> {
    const { history, end, steps, deviations } = await performSimulated(this.plan, { strategy, stepLimit: STEP_LIMIT, header: this.header, ...watch })
    return { history, judgement: judge(history), end, steps, deviations }
  }

  /** The default schedule, run once: how many steps a run has, and when what happens in it. */
  defaultRun(): Promise<Attempt> {
    return (this.byDefault ??= this.run(defaultStrategy()))
  }

  /** What the attempt broke of what is looked for; undefined where that is nothing, and of a run that did not come to its end. */
  found({ end, history, judgement: { violations } }: Pick<Attempt, 'end' | 'history' | 'judgement'>): Found | undefined {
    const { goal } = this.named
    if (end.end !== 'finished') return undefined
    const wanted = goal.length === 0 ? violations.slice(0, 1) : goal.map((invariant) => violations.find((violation) => violation.invariant === invariant))
    const [violation] = wanted
    if (violation === undefined || wanted.some((one) => one === undefined)) return undefined
    const broken = goal.length === 0 ? [violation.invariant] : goal
    const victim = violation.application === undefined ? undefined : applicantOf(history.events, violation.application)
    return { violation, broken, ...(victim === undefined ? {} : { victim }) }
  }

  /**
   * Why the attempt is neither a find nor a pass: how it ended instead of finishing, or `not decided`, where what is looked for
   * could not be judged. Undefined where it is one of the two.
   */
  undecided(attempt: Pick<Attempt, 'end' | 'history' | 'judgement'>): string | undefined {
    const { end, judgement } = attempt
    if (end.end !== 'finished') return end.end
    return this.found(attempt) === undefined && isOpen(judgement, this.named.goal) ? 'not decided' : undefined
  }
}

/** Whether something that is looked for may have been broken, for all that the judgement says. */
function isOpen({ verdict, checks, unknowns }: Judgement, goal: readonly Invariant[]): boolean {
  if (goal.length === 0) return verdict === 'unknown'
  return unknowns.some(({ invariant }) => invariant === 'HISTORY') || goal.every((invariant) => checks[invariant] !== 'pass')
}

function applicantOf(events: readonly HistoryEvent[], application: string): string | undefined {
  for (const event of events) if (event.type === 'invoke' && event.f === 'apply' && event.application === application) return event.applicant
  return undefined
}

/** Whether the same was broken, and the same person wronged. */
export const isSame = (one: Found, other: Found | undefined): boolean =>
  other !== undefined && one.victim === other.victim && one.broken.every((invariant) => other.broken.includes(invariant))
