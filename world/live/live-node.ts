import type { EventDraft } from '../../contract/index.ts'
import { type Consumer, type JobOutcome, keepAll, type NodeDefinition, type NodeInstance } from '../node.ts'
import type { World } from '../ports.ts'
import { stepNames } from '../step-names.ts'
import type { Observer } from './http-app.ts'
import type { LiveClock } from './clock.ts'
import { LiveEngineRoom } from './engine.ts'
import type { LiveQueues, RunningConsumer } from './queue/open-queues.ts'
import { type NodeFace, type NodeServer, serveNode } from './server.ts'
import { type LiveTask, NodeLife } from './task.ts'

/** What a node needs of its stage. */
export interface NodeStage {
  begin(node: LiveNode, application: string | undefined, requestId?: string): { task: LiveTask; world: World; ended: () => void }
  record(process: string, event: EventDraft): number
  /** Who looks on while its nodes answer requests and do jobs. */
  readonly observer?: Observer
}

/** One node on the live stage: its present life and memory, its server, its consumer, its schedules. */
export class LiveNode {
  life = new NodeLife()
  readonly room: LiveEngineRoom | undefined
  private instance: NodeInstance
  private server: NodeServer | undefined
  private consumer: RunningConsumer | undefined
  private retiring = false

  constructor(
    readonly definition: NodeDefinition,
    private readonly clock: LiveClock,
    /** The work folder of the node's site. */
    readonly folder: string,
    private readonly stage: NodeStage,
  ) {
    this.instance = definition.start(keepAll)
    this.room = definition.engine === undefined ? undefined : new LiveEngineRoom(definition.engine, clock)
  }

  /** Where the node is called; `undefined` if it serves nobody. */
  get url(): string | undefined {
    return this.server?.url
  }

  /** Starts a server of its own, if it serves anybody, and its work. */
  async open(queues: LiveQueues): Promise<void> {
    const { face } = this
    if (face !== undefined) this.server = await serveNode({ ...this.stage.observer, ...face })
    await this.startWork(queues)
  }

  /** What it serves, for a server of its own or one that it shares; `undefined` if it serves nobody. */
  get face(): NodeFace | undefined {
    if (this.instance.serves === undefined) return undefined
    return {
      instance: () => this.instance,
      title: this.definition.name,
      begin: (application, requestId) => {
        const { task, world, ended } = this.stage.begin(this, application, requestId)
        const received = (operation: Parameters<typeof stepNames.receive>[1]): Promise<void> =>
          task.step(stepNames.receive(this.definition.role, operation), () => undefined)
        return { world, ended, received }
      },
    }
  }

  async close(): Promise<void> {
    // A job that is still going on would be waited for and never end: its port calls are dropped with the life.
    this.life.crash()
    await this.consumer?.abandon()
    await this.server?.close()
  }

  /** A crash and a new start: pending calls are never answered, jobs at hand are taken over once their locks have run out. */
  async restart(queues: LiveQueues): Promise<void> {
    this.life.crash()
    const abandoned = this.consumer?.abandon()
    this.life = new NodeLife()
    this.instance = this.definition.start(keepAll)
    await abandoned
    await this.startWork(queues)
  }

  /**
   * Begins no more jobs and runs, and finishes the jobs at hand. Those that are not done within `limitMs` real milliseconds it
   * gives back: they do nothing more here, and another worker takes them.
   */
  async retire(limitMs: number): Promise<void> {
    this.retiring = true
    await this.consumer?.retire(limitMs, () => {
      this.life.crash()
    })
  }

  /** Starts its consumer and its schedules. A node that consumes needs `queues`. */
  async startWork(queues: LiveQueues | undefined): Promise<void> {
    const { consumes, schedules } = this.instance
    if (consumes !== undefined) {
      if (queues === undefined) throw new RangeError(`${this.definition.name} has no queue to take jobs from`)
      this.consumer = await queues.consume(this.definition.site, consumes.queue, {
        concurrency: consumes.concurrency,
        handle: (job) => this.work(consumes, job),
        onFailed: ({ id }) => {
          const code = 'JOB_FAILED'
          this.stage.record(this.definition.name, { type: 'info', f: 'log', level: 'error', code, application: id })
        },
      })
    }
    for (const schedule of schedules ?? []) this.repeat(schedule)
  }

  private async work(consumes: Consumer, job: { readonly id: string; readonly requestId?: string }): Promise<void> {
    const { task, world, ended } = this.stage.begin(this, job.id, job.requestId)
    const seen = (op: 'start' | 'end'): void => {
      this.stage.record(task.process, { type: 'info', f: 'job', op, job: task.process, application: job.id })
    }
    try {
      await task.step(stepNames.takeJob(task.role, consumes.queue), () => {
        seen('start')
      })
      this.observe(task, 'JOB_BEGUN')
      this.observe(task, 'JOB_ENDED', await consumes.handle(world, { id: job.id }))
    } catch (error) {
      this.observe(task, 'JOB_ENDED', 'error')
      throw error
    } finally {
      if (task.life.alive) seen('end')
      ended()
    }
  }

  private observe({ process, application, requestId }: LiveTask, code: string, outcome?: JobOutcome | 'error'): void {
    const { logger, metrics } = this.stage.observer ?? {}
    logger?.info({ code, process, requestId, application, ...(outcome === undefined ? {} : { outcome }) })
    if (outcome !== undefined) metrics?.countJob(outcome)
  }

  private repeat(schedule: NonNullable<NodeInstance['schedules']>[number]): void {
    const { life } = this
    const next = (waitMs: number): void => {
      this.clock.after(waitMs, schedule.words, () => {
        if (life.alive && !this.retiring) void run()
      })
    }
    const run = async (): Promise<void> => {
      const begunMs = this.clock.now()
      const { task, world, ended } = this.stage.begin(this, undefined)
      try {
        await task.step(stepNames.run(task.role, schedule.words), () => undefined)
        await schedule.run(world)
      } catch {
        world.log.error('RUN_FAILED', { detail: schedule.words })
      } finally {
        ended()
        next(Math.max(0, begunMs + schedule.everyMs - this.clock.now()))
      }
    }
    next(schedule.everyMs)
  }
}
