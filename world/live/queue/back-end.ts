/**
 * What the queue needs of BullMQ, whichever of its own back ends stands behind it. BullMQ's classes are typed by their back
 * end; this is the part which both have in common.
 */
export interface BackEnd {
  /** A queue for adding to. */
  queue(name: string): BackEndQueue
  /** A worker, running at once. */
  worker(name: string, settings: WorkerSettings, process: (job: BackEndJob, token?: string) => Promise<void>): BackEndWorker
  /** Closes the queues, removes everything the run has put there, and lets go of its connections. */
  dispose(queues: readonly BackEndQueue[]): Promise<void>
  /** Closes the queues and lets go of its connections; what the run has put there stays. */
  leave(queues: readonly BackEndQueue[]): Promise<void>
  /** Settles well if the server answers. */
  ask(): Promise<unknown>
}

export interface JobData {
  readonly id: string
  /** The id of the request that added it. */
  readonly requestId?: string
}

export interface BackEndJob {
  readonly data: JobData
  readonly attemptsMade: number
  /** Gives an active job back, to be taken by whoever comes first. */
  moveToWait(token?: string): Promise<unknown>
}

export interface BackEndQueue {
  add(name: string, data: JobData, options: AddOptions): Promise<unknown>
  getJobCounts(...types: ('waiting' | 'active' | 'delayed' | 'prioritized')[]): Promise<Record<string, number>>
  getJobCountByTypes(...types: ('waiting' | 'active' | 'delayed' | 'prioritized')[]): Promise<number>
  obliterate(options: { force: boolean }): Promise<void>
  close(): Promise<void>
  on(event: 'error', listener: (error: Error) => void): unknown
}

export interface AddOptions {
  readonly jobId: string
  readonly attempts: number
  readonly backoff: { readonly type: 'fixed'; readonly delay: number }
  readonly stackTraceLimit: number
  readonly removeOnComplete?: { readonly age: number }
  readonly removeOnFail?: { readonly age: number }
}

export interface BackEndWorker {
  waitUntilReady(): Promise<unknown>
  close(force?: boolean): Promise<void>
  on(event: 'error', listener: (error: Error) => void): unknown
  on(event: 'failed', listener: (job: BackEndJob | undefined, error: Error) => void): unknown
}

export interface WorkerSettings {
  readonly concurrency: number
  readonly lockDuration: number
  readonly stalledInterval: number
  readonly maxStalledCount: number
  readonly skipLockRenewal: boolean
}
