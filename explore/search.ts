import { hash53 } from '../world/hash.ts'
import type { FaultKind } from '../world/simulated/faults.ts'
import type { StepRecord } from '../world/simulated/step.ts'
import type { Arena, Found } from './arena.ts'
import { type Draw, drawRun, type DrawOptions, strategyOf } from './draw.ts'

/** What a search is asked to do. */
export interface SearchOptions extends DrawOptions {
  /** Of the schedules. */
  readonly seed: number
  /** The first run and how many at most. */
  readonly from?: number
  readonly runs: number
  /** Ends it after so long, for people who wait; which schedules come first does not depend on it. */
  readonly until?: () => boolean
  readonly onProgress?: (tally: Tally) => void
}

/** Counted over a search. */
export class Tally {
  schedules = 0
  steps = 0
  /** Runs that did not come to an end or could not be judged, by why: each is unknown, and neither a find nor a pass. */
  readonly unknown = new Map<string, number>()
  /** Steps by name, and faults, that happened at least once. */
  readonly stepNames = new Set<string>()
  readonly faults = new Map<FaultKind, number>()
  /** Fingerprints of traces, so that it can be said how many were distinct. */
  readonly traces = new Set<number>()

  add(other: Tally): void {
    this.schedules += other.schedules
    this.steps += other.steps
    addCounts(this.unknown, other.unknown)
    addCounts(this.faults, other.faults)
    for (const name of other.stepNames) this.stepNames.add(name)
    for (const trace of other.traces) this.traces.add(trace)
  }
}

function addCounts<K>(to: Map<K, number>, from: ReadonlyMap<K, number>): void {
  for (const [key, count] of from) to.set(key, (to.get(key) ?? 0) + count)
}

/** How a search ended: with a failing run, or without one. */
export interface SearchEnd {
  readonly tally: Tally
  readonly failing?: { readonly run: number; readonly draw: Draw; readonly found: Found }
}

/** Runs schedule after schedule until one breaks what is looked for, the number of runs is reached, or time is up. */
export async function search(arena: Arena, options: SearchOptions): Promise<SearchEnd> {
  const { seed, from = 0, runs, until, onProgress } = options
  const tally = new Tally()
  const { steps } = await arena.defaultRun()
  for (let run = from; run < from + runs && until?.() !== true; run += 1) {
    const draw = drawRun(seed, run, { ...options, steps })
    const found = await oneRun(arena, draw, tally)
    onProgress?.(tally)
    if (found !== undefined) return { tally, failing: { run, draw, found } }
  }
  return { tally }
}

async function oneRun(arena: Arena, draw: Draw, tally: Tally): Promise<Found | undefined> {
  let trace = 0
  const onStep = (step: StepRecord): void => {
    trace = fingerprint(trace, step, tally)
  }
  const attempt = await arena.run(strategyOf(draw), { onStep })
  tally.schedules += 1
  tally.steps += attempt.steps
  tally.traces.add(trace)
  const why = arena.undecided(attempt)
  if (why !== undefined) tally.unknown.set(why, (tally.unknown.get(why) ?? 0) + 1)
  return arena.found(attempt)
}

function fingerprint(trace: number, step: StepRecord, { stepNames, faults }: Tally): number {
  stepNames.add(step.name)
  if (step.fault !== undefined) faults.set(step.fault, (faults.get(step.fault) ?? 0) + 1)
  return hash53(`${step.process} ${step.name} ${step.fault ?? ''}`, trace)
}
