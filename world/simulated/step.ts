/** Who makes steps: one task on one node. Steps on one node share memory, so they never commute. */
export interface StepOwner {
  readonly name: string
  readonly node: { readonly name: string }
  readonly application: string | undefined
  /** False once its node has crashed: its pending steps and timers are dropped. */
  readonly alive: boolean
}

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
}

/** A step that was made. */
export interface StepRecord {
  readonly process: string
  readonly name: string
  readonly touch: Touch
  readonly atMs: number
}
