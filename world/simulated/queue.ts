import type { Consumer } from '../node.ts'
import type { Queue, QueueName } from '../ports.ts'
import { stepNames } from '../step-names.ts'
import type { Exchange } from './network.ts'
import type { RunningNode, SimulatedProcess } from './process.ts'
import type { Scheduling } from './scheduling.ts'

/** A job has failed for good when its handler has thrown so often. A worker that dies or stalls says nothing of the job. */
export const ATTEMPTS_MAX = 3
/** Wait before the next attempt after the handler threw, and after its node died without a word. */
export const RETRY_MS = 1_000
export const STALL_MS = 30_000

/** What the queue of a site is called among the resources that steps touch. */
export const queueResource = (site: string): string => `queue:${site}`

interface Job {
  readonly id: string
  /** How often its handler has thrown. */
  failures: number
  /** Whose it is now: a worker that has lost its job to another says nothing of it any more. */
  holder?: SimulatedProcess
}

interface Worker {
  readonly node: RunningNode
  readonly consumer: Consumer
  busy: number
  /** It is about to take the job at the head. */
  asking?: Task
}

type Task = ReturnType<Exchange['begin']>

/**
 * The queue of one site: jobs wait in order, each worker takes one as soon as it has a place free. At least once: a job
 * whose handler throws, or whose worker dies, is handed out again.
 *
 * Every worker with a place free asks for the job at the head, so that which of them gets it is the scheduler's choice. The
 * others then ask for what is at the head next, or for nothing: taking a job is a step of whoever gets it, as in the live world.
 */
export class SimulatedQueueRoom {
  private readonly known = new Set<string>()
  private readonly waiting: Job[] = []
  private readonly workers: Worker[] = []
  private outstanding = 0
  private readonly cause = { name: 'queue' }

  constructor(
    private readonly scheduler: Scheduling,
    private readonly exchange: Exchange,
    private readonly name: QueueName,
    /** {@link queueResource} */
    private readonly resource: string,
    private readonly whenQuiet: () => void,
  ) {}

  /** Jobs that wait, run, or are to be tried again. */
  get unfinished(): number {
    return this.outstanding
  }

  addWorker(node: RunningNode, consumer: Consumer): void {
    this.workers.push({ node, consumer, busy: 0 })
  }

  /** After a crash: what the node had is waited for, and its new incarnation takes jobs again. */
  replaceWorker(node: RunningNode, consumer: Consumer): void {
    const at = this.workers.findIndex((worker) => worker.node === node)
    if (at >= 0) this.workers.splice(at, 1, { node, consumer, busy: 0 })
    this.offer()
  }

  add(id: string): void {
    if (this.known.has(id)) return
    this.known.add(id)
    this.outstanding += 1
    this.waiting.push({ id, failures: 0 })
    this.offer()
  }

  /** Called whenever what waits, or who has a place free, has changed. */
  private offer(): void {
    this.scheduler.touched(this.resource)
    const next = this.waiting[0]
    for (const worker of this.workers) {
      if (worker.asking !== undefined && worker.asking.process.application !== next?.id) this.withdraw(worker, worker.asking)
      if (next !== undefined && worker.asking === undefined && worker.busy < worker.consumer.concurrency) this.ask(worker, next)
    }
  }

  private ask(worker: Worker, { id }: Job): void {
    const task = this.exchange.begin(worker.node, id, this.cause)
    worker.asking = task
    const take = (disturbed?: (job: Job) => void): void => {
      delete worker.asking
      const job = this.waiting.shift()
      if (job?.id !== id) throw new RangeError(`job ${id} is not at the head of ${this.resource}`)
      this.hand(job, worker, task)
      disturbed?.(job)
      this.offer()
    }
    const asMeant = (): void => {
      take()
    }
    task.process.submit(stepNames.takeJob(worker.node.role, this.name), { writes: this.resource }, asMeant, {
      'job-twice': () => {
        take(() => {
          this.outstanding += 1
          this.waiting.push({ id, failures: 0 })
        })
      },
      stall: () => {
        take((job) => {
          this.takeBack(job, task.process)
        })
      },
    })
  }

  private withdraw(worker: Worker, { process, ended }: Task): void {
    delete worker.asking
    ended()
    process.withdraw()
  }

  private hand(job: Job, worker: Worker, { process, world, ended }: Task): void {
    worker.busy += 1
    job.holder = process
    process.onDeath(() => {
      ended()
      if (job.holder === process) this.takeBack(job, process)
    })
    const seen = (op: 'start' | 'end'): void => {
      world.history.record({ type: 'info', f: 'job', op, job: process.name, application: job.id })
    }
    seen('start')
    worker.consumer
      .handle(world, { id: job.id })
      .then(
        () => {
          if (job.holder === process) this.finished(job)
        },
        (error: unknown) => {
          if (job.holder !== process) return
          job.failures += 1
          if (job.failures < ATTEMPTS_MAX) this.retry(job, process)
          else {
            world.log.error('JOB_FAILED', { application: job.id, detail: error instanceof Error ? error.name : 'unknown' })
            this.finished(job)
          }
        },
      )
      .finally(() => {
        worker.busy -= 1
        seen('end')
        ended()
        this.offer()
      })
      .catch(() => undefined)
  }

  /** The job goes to another after a while, unless its holder is through with it by then. */
  private takeBack(job: Job, holder: SimulatedProcess): void {
    this.later(STALL_MS, job, holder, () => {
      if (job.holder === holder) this.wait(job)
    })
  }

  /** The job is nobody's until it is tried again: whoever comes to take it back finds it gone. */
  private retry(job: Job, holder: SimulatedProcess): void {
    delete job.holder
    this.later(RETRY_MS, job, holder, () => {
      this.wait(job)
    })
  }

  private later(afterMs: number, job: Job, { node }: SimulatedProcess, call: () => void): void {
    const queueOwner = { name: this.resource, node, application: job.id, alive: true }
    this.scheduler.after(afterMs, `queue: ${this.name} job is due again`, queueOwner, call, { writes: this.resource })
  }

  private wait(job: Job): void {
    delete job.holder
    this.waiting.push(job)
    this.offer()
  }

  private finished(job: Job): void {
    delete job.holder
    this.outstanding -= 1
    this.whenQuiet()
  }
}

/** The queue port of one process. */
export class SimulatedQueue implements Queue {
  constructor(
    private readonly process: SimulatedProcess,
    private readonly room: SimulatedQueueRoom,
  ) {}

  add(queue: QueueName, job: { readonly id: string }): Promise<void> {
    return this.process.step(stepNames.addJob(this.process.role, queue), { writes: queueResource(this.process.node.site) }, () => {
      this.room.add(job.id)
    })
  }
}
