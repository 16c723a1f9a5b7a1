import { defaultStrategy } from '../../../explore/strategies/default.ts'
import type { NodeDefinition } from '../../../world/node.ts'
import { type VirtualMs, virtualMs, type World } from '../../../world/ports.ts'
import { simulate, type SimulatedRun, type SimulatedStage, type SimulationOptions } from '../../../world/simulated/stage.ts'
import type { StepRecord } from '../../../world/simulated/step.ts'
import type { Setting } from '../../../world/stage.ts'

/** A node of a small system; without `more` it does nothing of its own accord. */
export const node = (name: string, more: Partial<NodeDefinition> = {}): NodeDefinition => ({
  name,
  role: 'print',
  site: 'munakata',
  start: () => ({}),
  ...more,
})

export const NOON = virtualMs(43_200_000)

/** Scenario time so long after noon. */
export const noonPlus = (ms: number): VirtualMs => virtualMs(NOON + ms)

export const settingOf = (nodes: readonly NodeDefinition[], more: Partial<Setting> = {}): Setting => ({
  seed: 1,
  date: '2023-03-27',
  startMs: NOON,
  nodes,
  seeded: [],
  registered: { residents: [], seals: [] },
  ...more,
})

/** A run with the steps it made. */
export interface TracedRun extends SimulatedRun {
  readonly trace: readonly StepRecord[]
}

/** The steps as lines: who, what, and how long after noon. */
export const lines = (trace: readonly StepRecord[]): string[] => trace.map(({ process, name, atMs }) => `${String(atMs - NOON)} ${process} | ${name}`)

/** Runs `drive` on the nodes, by default under the default schedule, and keeps the trace. */
export async function runOn(
  nodes: readonly NodeDefinition[],
  options: Partial<SimulationOptions>,
  drive: (stage: SimulatedStage) => Promise<void>,
): Promise<TracedRun> {
  const trace: StepRecord[] = []
  const onStep = (step: StepRecord): void => void trace.push(step)
  const run = await simulate(settingOf(nodes), { strategy: defaultStrategy(), onStep, ...options }, drive)
  return { ...run, trace }
}

/** Runs bodies at once, each on a node of its own: `one`, `two`, `three` and so on. */
export function runBodies(options: Partial<SimulationOptions>, ...bodies: readonly ((world: World) => Promise<void>)[]): Promise<TracedRun> {
  const names = ['one', 'two', 'three', 'four', 'five'].slice(0, bodies.length)
  return runOn(names.map((name) => node(name)), options, async (stage) => {
    await Promise.all(bodies.map((body, index) => body(stage.world(names[index]!))))
  })
}

/** Throws what a run failed of, so that a test shows it; every other end but the good one is an error too. */
export function expectFinished(run: SimulatedRun): void {
  if (run.end.end === 'failed') throw run.end.error
  if (run.end.end !== 'finished') throw new Error(`the run did not finish: ${JSON.stringify(run.end)}`)
}
