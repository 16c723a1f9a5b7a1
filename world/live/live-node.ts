import type { EventDraft } from '../../contract/index.ts'
import type { Consumer, NodeDefinition, NodeInstance } from '../node.ts'
import type { World } from '../ports.ts'
import { stepNames } from '../step-names.ts'
import type { LiveClock } from './clock.ts'
import { LiveEngineRoom } from './engine.ts'
import type { LiveQueues, RunningConsumer } from './queue/open-queues.ts'
import { type NodeServer, serveNode } from './server.ts'
import { type LiveTask, NodeLife } from './task.ts'

/** What a node needs of its stage. */
export interface NodeStage {
  begin(node: LiveNode, application: string | undefined): { task: LiveTask; world: World; ended: () => void }
  record(process: string, event: EventDraft): number
}

/** One node on the live stage: its present life and memory, its server, its consumer, its schedules. */
export class LiveNode {
  life = new NodeLife()
  readonly room: LiveEngineRoom | undefined
  private instance: NodeInstance
  private server: NodeServer | undefined
  private consumer: RunningConsumer | undefined

  constructor(
    readonly definition: NodeDefinition,
    private readonly clock: LiveClock,
    /** The work folder of the node's site. */
    readonly folder: string,
    private readonly stage: NodeStage,
  ) {
    this.instance = definition.start()
    this.room = definition.engine === undefined ? undefined : new LiveEngineRoom(definition.engine, clock)
  }

  /** Where the node is called; `undefined` if it serves nobody. */
  get url(): string | undefined {
    return this.server?.url
  }

  async open(queues: LiveQueues): Promise<void> {
    if (this.instance.serves !== undefined) {
      this.server = await serveNode({
        instance: () => this.instance,
        title: this.definition.name,
        begin: (application) => {
          const { task, world, ended } = this.stage.begin(this, application)
          const received = (operation: Parameters<typeof stepNames.receive>[1]): Promise<void> =>
            task.step(stepNames.receive(this.definition.role, operation), () => undefined)
          return { world, ended, received }
        },
      })
    }
    await this.startWork(queues)
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
    this.instance = this.definition.start()
    await abandoned
    await this.startWork(queues)
  }

  private async startWork(queues: LiveQueues): Promise<void> {
    const { consumes, schedules } = this.instance
    if (consumes !== undefined) {
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

  private async work(consumes: Consumer, job: { readonly id: string }): Promise<void> {
    const { task, world, ended } = this.stage.begin(this, job.id)
    const seen = (op: 'start' | 'end'): void => {
      this.stage.record(task.process, { type: 'info', f: 'job', op, job: task.process, application: job.id })
    }
    try {
      await task.step(stepNames.takeJob(task.role, consumes.queue), () => {
        seen('start')
      })
      await consumes.handle(world, job)
    } finally {
      if (task.life.alive) seen('end')
      ended()
    }
  }

  private repeat(schedule: NonNullable<NodeInstance['schedules']>[number]): void {
    const { life } = this
    const next = (waitMs: number): void => {
      this.clock.after(waitMs, schedule.words, () => {
        if (life.alive) void run()
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
