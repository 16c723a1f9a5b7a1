import type { VirtualMs } from '../ports.ts'
import type { FaultKind } from './faults.ts'
import type { PendingStep } from './step.ts'
import type { SimulatedTimer } from './timers.ts'

/** A step that was passed over is slow for so long at most, in scenario time. */
export const HOLD_MS = 60_000

/** What a strategy may choose from: the ready steps in the order in which they were asked for, and perhaps time itself. */
export interface Choice {
  /** Steps made so far. */
  readonly step: number
  readonly nowMs: VirtualMs
  readonly ready: readonly PendingStep[]
  /** The earliest timer; firing it is choice number `ready.length`. */
  readonly timer: SimulatedTimer | undefined
  /**
   * What the default schedule takes: the same process again as long as it can, else the longest waiting step, else time, which
   * is number `ready.length`.
   */
  readonly byDefault: number
  /** Whether time is among the choices: it comes next by default, or the budget of time jumps is not spent. */
  readonly timeIsOpen: boolean
}

/**
 * Decides which pending step completes next. Gives an index into `choice.ready`, or `ready.length` for the earliest timer
 * where `timeIsOpen`; where nothing is ready, time is the only choice. Whatever it remembers belongs to one run: make a new
 * one for each.
 */
export interface Strategy {
  /** How often time may pass while something is ready: everybody else was slow. More often is an error. */
  readonly timeJumps: number
  choose(choice: Choice): number
  /**
   * Whether a step that it passes over is slow from then on: by default everything else comes first, time too, until it is
   * taken or {@link HOLD_MS} are over. So one deviation keeps somebody waiting, and not one at each step of the others.
   */
  readonly holds?: boolean
  /**
   * Whether something goes wrong at the step that was just chosen, and what of that which can. Without it nothing ever does.
   * @param step steps made so far
   */
  fault?(offered: readonly FaultKind[], step: number): FaultKind | undefined
  /** Called when the run is through, with the steps it took. An error thrown here fails it. */
  atEnd?(steps: number): void
}

/**
 * Where a schedule leaves the default one: at step `step` it takes choice `take`, which is the step `name` of `process`, or lets
 * it go wrong.
 */
export interface Deviation {
  readonly step: number
  readonly take: number
  readonly process: string
  readonly name: string
  readonly fault?: FaultKind
}
