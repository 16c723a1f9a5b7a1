import type { History, HistoryHeader } from '../contract/index.ts'
import { enforceOrderings } from '../explore/strategies/enforce.ts'
import { uniformStrategy } from '../explore/strategies/uniform.ts'
import type { RunEnd } from '../world/simulated/scheduling.ts'
import { simulate, type SimulationOptions } from '../world/simulated/stage.ts'
import type { Deviation, Strategy } from '../world/simulated/strategy.ts'
import { headerOf, type Plan, printedSheets } from './plan.ts'
import { play } from './play.ts'
import { settingOf } from './setting.ts'

/** A touch of the panel takes this long; ours (`docs/parameters.md`). */
export const TOUCH_MS = 3_000

/** One finished run: its history, and why it is not complete where it is not. */
export interface Performed {
  readonly history: History
  readonly steps?: number
  readonly incomplete?: string
}

/** A simulated run, with its schedule. */
export interface SimulatedPerformance extends Performed {
  readonly steps: number
  readonly deviations: readonly Deviation[]
  readonly end: RunEnd
}

export interface SimulatedOptions extends Partial<SimulationOptions> {
  /** Of the history, where many runs share one. */
  readonly header?: HistoryHeader
}

/**
 * Plays a plan in the simulated world. Which step comes next is drawn from the plan's seed, under the plan's orderings.
 * @param options a strategy in place of that, a limit, an observer of steps
 */
export async function performSimulated(plan: Plan, { header, ...options }: SimulatedOptions = {}): Promise<SimulatedPerformance> {
  const strategy = options.strategy ?? ownStrategy(plan)
  const acts = plan.acts(TOUCH_MS)
  const setting = settingOf(plan.ground, plan.build, plan.seed, plan.start)
  const run = await simulate(setting, { ...options, strategy }, (stage) => play(stage, acts))
  const complete = run.end.end === 'finished'
  const footer = { footer: true, events: run.events.length, papers: printedSheets(run.events), complete, digest: '' } as const
  const history: History = { header: header ?? headerOf(plan, 'simulated', 1), events: run.events, footer }
  const { steps, deviations, end } = run
  return { history, steps, deviations, end, ...(complete ? {} : { incomplete: whyIncomplete(end) }) }
}

function ownStrategy({ seed, orderings }: Plan): Strategy {
  const random = uniformStrategy(seed)
  return orderings.length === 0 ? random : enforceOrderings(orderings, random)
}

function whyIncomplete(end: { readonly end: string; readonly error?: unknown; readonly waiting?: string; readonly steps?: number }): string {
  if (end.end === 'failed') return `it failed: ${end.error instanceof Error ? end.error.message : String(end.error)}`
  if (end.end === 'step-limit') return `it was stopped after ${String(end.steps)} steps`
  return `it fell quiet with somebody still waiting (${end.waiting ?? ''})`
}
