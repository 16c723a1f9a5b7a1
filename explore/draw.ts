import { keyedStream, type RandomStream } from '../world/keyed-random.ts'
import { FAULT_KINDS, type FaultKind } from '../world/simulated/faults.ts'
import type { Strategy } from '../world/simulated/strategy.ts'
import { delayStrategy } from './strategies/delays.ts'
import { withFaults } from './strategies/faults.ts'
import { pctStrategy } from './strategies/pct.ts'
import { uniformStrategy } from './strategies/uniform.ts'

/** How a search chooses its schedules. `portfolio` takes the others in turn, since no single one is best at every defect. */
export const STRATEGIES = ['portfolio', 'uniform', 'pct', 'delays'] as const
export type StrategyName = (typeof STRATEGIES)[number]

/** What was drawn for one run of a search: all of it follows from the seed. */
export interface Draw {
  readonly seed: number
  /** About how many steps the run has, over which a strategy spreads what it does. */
  readonly steps: number
  readonly strategy: Exclude<StrategyName, 'portfolio'>
  /** How often time may pass while something is ready, and of the uniform strategy how likely that is. */
  readonly timeJumps: number
  readonly timeChance?: number
  /** Of PCT. */
  readonly depth?: number
  /** Of the strategy of delays. */
  readonly delays?: number
  /** Which faults may happen in this run. */
  readonly faults: readonly FaultKind[]
}

export interface DrawOptions {
  readonly strategy: StrategyName
  /** Whether anything may go wrong. */
  readonly faults: boolean
}

/**
 * Draws run number `run` of a search. Swarm testing (Groce, Zhang, Eide, Chen, Regehr, "Swarm Testing", ISSTA 2012): each run
 * draws which kinds of faults may happen in it, since one kind can keep another from showing; in every other one none may.
 */
export function drawRun(seed: number, run: number, { strategy, faults, steps }: DrawOptions & Pick<Draw, 'steps'>): Draw {
  const draw = keyedStream(seed, `run/${String(run)}`)
  const own = Math.floor(draw() * 2 ** 32)
  const kinds = faults && run % 2 === 1 ? FAULT_KINDS.filter(() => draw() < 0.5) : []
  const chosen = strategy === 'portfolio' ? (IN_TURN[run % IN_TURN.length] ?? 'uniform') : strategy
  return { seed: own, steps, ...DRAWN[chosen](draw), faults: kinds }
}

const IN_TURN = ['uniform', 'delays', 'pct'] as const

const DRAWN: Readonly<Record<Draw['strategy'], (draw: RandomStream) => Omit<Draw, 'seed' | 'steps' | 'faults'>>> = {
  uniform: drawUniform,
  pct: (draw) => ({ strategy: 'pct', timeJumps: 60, depth: 2 + Math.floor(draw() * 7) }),
  delays: (draw) => {
    const delays = 2 ** (2 + Math.floor(draw() * 4))
    return { strategy: 'delays', timeJumps: delays, delays }
  },
}

/** Mostly now and then a timer that is early; sometimes none. */
function drawUniform(draw: RandomStream): Omit<Draw, 'seed' | 'steps' | 'faults'> {
  const timeChance = [0, 0.06, 0.08, 0.1, 0.12][Math.floor(draw() * 5)] ?? 0
  return timeChance === 0 ? { strategy: 'uniform', timeJumps: 0 } : { strategy: 'uniform', timeJumps: 200, timeChance }
}

/** The strategy of a drawn run, made anew: the same schedule each time. */
export function strategyOf({ seed, steps, strategy, timeJumps, timeChance, depth = 1, delays = 0, faults }: Draw): Strategy {
  const kinds = { seed, kinds: faults }
  if (strategy === 'pct') return withFaults(pctStrategy({ seed, depth, steps, timeJumps }), kinds)
  if (strategy === 'delays') return withFaults(delayStrategy({ seed, delays, steps }), kinds)
  return withFaults(uniformStrategy(seed, timeJumps, timeChance), kinds)
}
