import { WaitingError } from 'bullmq'
import type { QueueDepth } from '../metrics.ts'
import type { Queue, QueueName } from '../../ports.ts'
import { within } from '../within.ts'
import { stepNames } from '../../step-names.ts'
import type { LiveTask } from '../task.ts'
import type { BackEnd, BackEndJob, BackEndQueue, BackEndWorker } from './back-end.ts'
import { openPostgresBackEnd } from './postgres.ts'
import { openRedisBackEnd } from './redis.ts'

export interface QueueOptions {
  /** `REDIS_URL`: the queues are on Redis if it is given, else on PostgreSQL at `databaseUrl`. */
  readonly redisUrl?: string
  readonly databaseUrl: string
  /** The run's own name, as its database schema's: runs on one server do not meet. */
  readonly run: string
  /** How often a job is tried when its handler throws. Default 3. */
  readonly attempts?: number
  /** Real milliseconds before it is tried again. Default 100. */
  readonly retryMs?: number
  /** Real milliseconds without a sign of life after which a job is taken over. Default 30,000. */
  readonly lockMs?: number
  /** Real seconds for which a finished job is remembered, lest it be added again. Default: until the run is closed. */
  readonly keepFinishedS?: number
  /** Told of a connection's troubles; BullMQ itself tries again. Default: nobody is. */
  readonly onError?: (error: Error) => void
}

/** Who takes a queue's jobs on one node. */
export interface LiveConsumer {
  /** Jobs at once. */
  readonly concurrency: number
  /** Gives no sign of life while it handles a job, so that one that takes longer than a lock goes to another. Default false. */
  readonly silent?: boolean
  /** Handles one job; if it throws, the job is tried again. */
  handle(job: { readonly id: string; readonly requestId?: string }): Promise<void>
  /** Told of a job that has failed for good. */
  onFailed?(job: { readonly id: string }, error: Error): void
}

export interface RunningConsumer {
  /** Takes no more jobs; resolves when those at hand are done. */
  close(): Promise<void>
  /** A crash: the jobs at hand are left as they are, and another worker takes them over once their locks have run out. */
  abandon(): Promise<void>
  /**
   * Takes no more jobs, and resolves when those at hand are done. After `limitMs` real milliseconds it calls `late`, which has
   * to see to it that they do nothing more, and gives them back to the queue, where another worker finds them at once.
   */
  retire(limitMs: number, late: () => void): Promise<void>
}

/** Real milliseconds for the end of a worker that has nothing at hand. */
const CLOSE_MS_MAX = 2_000

/** Says to whoever handles a job that it is being given back. */
class GivenBack extends Error {}

/** A job of a worker that stalls again and again is still handed out again: at least once. */
const STALLS_MAX = 1_000

/** The print queues of a live run, one for each site, over BullMQ. */
export class LiveQueues {
  private readonly queues = new Map<string, BackEndQueue>()
  private readonly workers = new Set<BackEndWorker>()
  private readonly onError: (error: Error) => void

  constructor(
    private readonly backEnd: BackEnd,
    private readonly options: QueueOptions,
  ) {
    this.onError = options.onError ?? (() => undefined)
  }

  /** The queue port of one task at `site`. */
  port(task: LiveTask, site: string): Queue {
    return {
      add: (queue, job) =>
        task.step(stepNames.addJob(task.role, queue), async () => {
          const { requestId } = task
          await this.queue(site, queue).add(queue, { id: job.id, ...(requestId === undefined ? {} : { requestId }) }, this.addOptions(job.id))
        }),
    }
  }

  /** Begins to take jobs. The handler makes the job's own task; its `take job` step is the handler's to make. */
  async consume(site: string, queue: QueueName, consumer: LiveConsumer): Promise<RunningConsumer> {
    this.queue(site, queue)
    const lockDuration = this.options.lockMs ?? 30_000
    const settings = {
      concurrency: consumer.concurrency,
      lockDuration,
      stalledInterval: lockDuration,
      maxStalledCount: STALLS_MAX,
      skipLockRenewal: consumer.silent ?? false,
    }
    // One entry a job at hand, and none when it is over: a worker lives long.
    const givingBack = new Set<() => void>()
    const orGivenBack = (outcome: Promise<void>): Promise<void> =>
      new Promise((resolve, reject) => {
        const giveBack = (): void => {
          reject(new GivenBack())
        }
        givingBack.add(giveBack)
        outcome.then(resolve, reject).finally(() => givingBack.delete(giveBack))
      })
    const atHand = new Set<Promise<void>>()
    let retiring = false
    const worker = this.backEnd.worker(queueName(site, queue), settings, (job, token) => {
      // BullMQ may hand out one more job while its worker is closing.
      const outcome = retiring ? Promise.reject(new GivenBack()) : orGivenBack(consumer.handle(job.data))
      const going = handled(job, token, outcome).finally(() => {
        atHand.delete(going)
      })
      atHand.add(going)
      return going
    })
    worker.on('error', this.onError)
    worker.on('failed', (job, error) => {
      if (job !== undefined && job.attemptsMade >= this.attempts) consumer.onFailed?.({ id: job.data.id }, error)
    })
    this.workers.add(worker)
    await worker.waitUntilReady()
    const end = async (force: boolean): Promise<void> => {
      this.workers.delete(worker)
      await worker.close(force)
    }
    const retire = async (limitMs: number, late: () => void): Promise<void> => {
      retiring = true
      const closing = end(false)
      if ((await within(limitMs, allSettled(atHand))) === undefined) {
        late()
        for (const giveBack of [...givingBack]) giveBack()
      }
      // After its server was gone BullMQ may wait long for a connection that it needs no more.
      await within(CLOSE_MS_MAX, closing)
    }
    return { close: () => end(false), abandon: () => end(true), retire }
  }

  /** Jobs that wait, run, or are to be tried again, in all queues this process has added to or taken from. */
  async unfinished(): Promise<number> {
    const counts = [...this.queues.values()].map((queue) =>
      queue.getJobCountByTypes('waiting', 'active', 'delayed', 'prioritized'),
    )
    return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0)
  }

  /** How many jobs wait and run at each site this process has added to or taken from. */
  depths(): Promise<readonly QueueDepth[]> {
    return Promise.all(
      [...this.queues].map(async ([name, queue]) => {
        const { active = 0, ...others } = await queue.getJobCounts('waiting', 'active', 'delayed', 'prioritized')
        return { site: siteOf(name), active, waiting: Object.values(others).reduce((sum, count) => sum + count, 0) }
      }),
    )
  }

  /** Settles well if the queue's server answers. */
  ask(): Promise<unknown> {
    return this.backEnd.ask()
  }

  /** Makes the queue of a site known here, so that its depth is, and `close` removes its jobs. */
  know(site: string, queue: QueueName): void {
    this.queue(site, queue)
  }

  /** Lets go of the queues; their jobs stay, for whoever comes next. Workers have to be closed before. */
  async leave(): Promise<void> {
    await this.backEnd.leave([...this.queues.values()])
  }

  /** Stops all workers, waiting for the jobs at hand, and removes the run's jobs. */
  async close(): Promise<void> {
    await Promise.all([...this.workers].map((worker) => worker.close()))
    await this.backEnd.dispose([...this.queues.values()])
  }

  private get attempts(): number {
    return this.options.attempts ?? 3
  }

  private queue(site: string, name: QueueName): BackEndQueue {
    const key = queueName(site, name)
    let queue = this.queues.get(key)
    if (queue === undefined) {
      queue = this.backEnd.queue(key)
      queue.on('error', this.onError)
      this.queues.set(key, queue)
    }
    return queue
  }

  /** A finished job is kept for as long as a job added again has to be known. */
  private addOptions(id: string) {
    const age = this.options.keepFinishedS
    return {
      jobId: jobKey(id),
      attempts: this.attempts,
      backoff: { type: 'fixed', delay: this.options.retryMs ?? 100 },
      stackTraceLimit: 1,
      ...(age === undefined ? {} : { removeOnComplete: { age }, removeOnFail: { age } }),
    } as const
  }
}

/** Resolves once nothing is left in the set, which may grow meanwhile. */
async function allSettled(going: ReadonlySet<Promise<void>>): Promise<true> {
  while (going.size > 0) await Promise.allSettled(going)
  return true
}

/** A job until it is done; one that is given back goes to the queue's waiting jobs, and counts as no failure. */
async function handled(job: BackEndJob, token: string | undefined, outcome: Promise<void>): Promise<void> {
  try {
    await outcome
  } catch (error) {
    if (!(error instanceof GivenBack)) throw error
    await job.moveToWait(token)
    throw new WaitingError()
  }
}

/** BullMQ takes no `:` in a name, and no id that is a number. */
const queueName = (site: string, queue: QueueName): string => `${encodeURIComponent(site)}-${queue}`
const siteOf = (name: string): string => decodeURIComponent(name.slice(0, name.lastIndexOf('-')))
const jobKey = (id: string): string => `job-${encodeURIComponent(id)}`

/**
 * Opens the queues of a run.
 * @throws TorichigaeError NO_QUEUE if their server cannot be reached.
 */
export async function openQueues(options: QueueOptions): Promise<LiveQueues> {
  const { redisUrl, databaseUrl, run } = options
  const backEnd = redisUrl === undefined ? openPostgresBackEnd(databaseUrl, run) : openRedisBackEnd(redisUrl, run)
  return new LiveQueues(await backEnd, options)
}
