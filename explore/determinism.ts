import { historyText } from '../scenario/save.ts'
import type { StepRecord } from '../world/simulated/step.ts'
import type { Arena } from './arena.ts'
import { drawRun, strategyOf } from './draw.ts'

/** Where one schedule, run twice, went two ways. */
export interface Divergence {
  /** Number of the run. */
  readonly run: number
  /** The first step that differs; the number of steps where only what was recorded does. */
  readonly step: number
  readonly first: string
  readonly second: string
  /** The last step that both had: what followed it was not the same. */
  readonly after: string
}

/** Runs each schedule of a search twice. Gives the first that differs in a step or in what it recorded. */
export async function firstDivergence(arena: Arena, { seed, runs, onRun }: { readonly seed: number; readonly runs: number; readonly onRun?: (run: number) => void }): Promise<Divergence | undefined> {
  for (let run = 0; run < runs; run += 1) {
    onRun?.(run)
    const [one, other] = [await traced(arena, seed, run), await traced(arena, seed, run)]
    const divergence = divergenceOf(one, other)
    if (divergence !== undefined) return { run, ...divergence }
  }
  return undefined
}

/** What was seen of a run, line by line: its steps, and then the events of its history. */
interface Traced {
  readonly steps: readonly string[]
  readonly events: readonly string[]
}

async function traced(arena: Arena, seed: number, run: number): Promise<Traced> {
  const steps: string[] = []
  const draw = drawRun(seed, run, { strategy: 'portfolio', faults: true, steps: (await arena.defaultRun()).steps })
  const onStep = ({ process, name, atMs, fault }: StepRecord): void => {
    steps.push(`${process}: ${name} at ${String(atMs)}${fault === undefined ? '' : `, fault ${fault}`}`)
  }
  const { history } = await arena.run(strategyOf(draw), { onStep })
  return { steps, events: historyText(history).split('\n') }
}

/** The first difference of two runs of one schedule. */
export function divergenceOf(one: Traced, other: Traced): Omit<Divergence, 'run'> | undefined {
  const step = firstDifference(one.steps, other.steps)
  if (step !== undefined) return { step, first: one.steps[step] ?? END, second: other.steps[step] ?? END, after: one.steps[step - 1] ?? 'the beginning' }
  const event = firstDifference(one.events, other.events)
  if (event === undefined) return undefined
  return { step: one.steps.length, first: one.events[event] ?? END, second: other.events[event] ?? END, after: `line ${String(event)} of the history` }
}

const END = 'the end'

function firstDifference(one: readonly string[], other: readonly string[]): number | undefined {
  const length = Math.max(one.length, other.length)
  for (let at = 0; at < length; at += 1) if (one[at] !== other[at]) return at
  return undefined
}
