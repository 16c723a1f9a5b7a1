import type { World } from '../../../world/ports.ts'
import type { Body } from './subject.ts'

/** A worker of the queue `print`, on a node of its own. */
export interface WorkerSetting {
  readonly concurrency: number
  /** Gives no sign of life while it handles a job: the queue takes it for dead, and the job goes to another. */
  readonly silent?: boolean
  handle(world: World, job: { readonly id: string }): Promise<void>
}

export interface QueueSubject {
  /** A job whose handler threw waits at least so long before it is tried again. */
  readonly retryMs: number
  /** Runs the bodies at once while the workers take jobs. Called once. */
  run(workers: readonly WorkerSetting[], ...bodies: readonly Body[]): Promise<void>
  /** Crashes the worker's node, which drops the jobs it has at hand, and starts it again. */
  crash(worker: number): Promise<void>
  /** Resolves when no job waits, runs, or is to be tried again. */
  idle(): Promise<void>
  /** The jobs that were said to have failed for good, each as often as that was said. */
  failed(): readonly string[]
  close(): Promise<void>
}

export type MakeQueueSubject = () => QueueSubject | Promise<QueueSubject>
