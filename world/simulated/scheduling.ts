import type { VirtualMs } from '../ports.ts'
import type { FaultsOffered } from './faults.ts'
import type { PendingStep, StepOwner, Touch } from './step.ts'
import type { Deviation } from './strategy.ts'
import type { SimulatedTimer } from './timers.ts'

/** How a simulated run ended. Only `finished` can be judged clean; every other end is unknown. */
export type RunEnd =
  | { readonly end: 'finished' }
  | { readonly end: 'step-limit'; readonly steps: number }
  /** Nothing is ready and no timer is set, yet the run is not over: a deadlock, or a promise that left the world. */
  | { readonly end: 'quiet'; readonly waiting: string }
  | { readonly end: 'failed'; readonly error: unknown }

/** What the parts of a simulated run ask of whoever schedules it: ours, or, in a comparison, another's. */
export interface Scheduling {
  readonly nowMs: VirtualMs
  readonly stepCount: number
  readonly deviations: readonly Deviation[]
  /** Whether anybody wants to know what is touched. */
  readonly isListenedTo: boolean
  /** Asks for a step; `perform` is called when it is chosen, never if its process is no longer alive by then. */
  submit(step: PendingStep): void
  /** Sets a timer `ms` from now; firing it is a step. */
  after(ms: number, words: string, process: StepOwner, fire: () => void, touch?: Touch, faults?: FaultsOffered): SimulatedTimer
  /** What goes on now touches a resource. */
  touched(resource: string): void
  /** Drops what processes that are no longer alive had asked for. */
  dropDead(): void
  /** Runs `main` and everything it sets off until it is through. Must be the only run in this thread at the time. */
  run(main: () => Promise<void>): Promise<RunEnd>
}
