import type { FaultKind, FaultsOffered } from './faults.ts'

/** Who makes steps: one task on one node. Steps on one node share memory, so they never commute. */
export interface StepOwner {
  readonly name: string
  readonly node: { readonly name: string; readonly forgets?: boolean; readonly keeps?: boolean }
  readonly application: string | undefined
  /** False once its node has crashed, or it goes no further: its pending steps and timers are dropped. */
  readonly alive: boolean
  /** Whether a fault may stop its node at a step of it. */
  readonly restarts?: boolean
}

/** Whose memory a task's steps share; {@link StepRecord.memory}. */
export const memoryOf = ({ name, node }: StepOwner, isListenedTo: boolean): string =>
  node.forgets === true && (node.keeps !== true || isListenedTo) ? name : node.name

/** The resources a step reads and writes, by name: `file:munakata/print.img`. */
export interface Touch {
  readonly reads?: string
  readonly writes?: string
}

/** Touches nothing but the memory of its node. */
export const NOTHING: Readonly<Touch> = {}

/** A port call that waits to be completed. */
export interface PendingStep {
  readonly process: StepOwner
  readonly name: string
  readonly touch: Touch
  /** Does what the call does to the world and settles its promise. */
  readonly perform: () => void
  /** Whether it would only begin to wait, for a lock that somebody holds, were it chosen now; it is asked for again once that is free. */
  readonly waits?: () => boolean
  /** What it does instead, should a fault happen at it. */
  readonly faults?: FaultsOffered
}

/** A step that was made. */
export interface StepRecord {
  readonly process: string
  readonly node: string
  /**
   * Whose memory it shares: that of its node; or, where that keeps none, or each use of what it keeps is listened to, of its task
   * alone.
   */
  readonly memory: string
  readonly application: string | undefined
  readonly name: string
  readonly touch: Touch
  readonly atMs: number
  /** Which of the choices it was. */
  readonly take: number
  /** Time passed to it. */
  readonly timer: boolean
  /** It only began to wait, and is asked for again: the call has not been made. */
  readonly waited: boolean
  /** What went wrong in its place. */
  readonly fault: FaultKind | undefined
}
