import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { type OperationName, OPERATIONS, type TestSystem, TEST_SYSTEM_PATH, TorichigaeError } from '../../../contract/index.ts'
import { KeyedRandom } from '../../keyed-random.ts'
import { type NodeDefinition, nodeServing } from '../../node.ts'
import { virtualMs } from '../../ports.ts'
import { LiveClock } from '../clock.ts'
import { Health, type Needed } from '../health.ts'
import { createHttpApp } from '../http-app.ts'
import { LiveNode } from '../live-node.ts'
import { Metrics } from '../metrics.ts'
import { NodeTasks } from '../node-tasks.ts'
import { drawSheets } from '../paper/draw.ts'
import { closeReaders, readPdf } from '../paper/read.ts'
import { listen, mountNode, type NodeServer } from '../server.ts'
import { within } from '../within.ts'
import { groupOf, type NodeGroup, prefixOf } from './groups.ts'
import { countOpenRows } from './open-rows.ts'
import { openShared, type SharedServers, type SharedServersOptions } from './shared-servers.ts'

/** What one process of a served system is made from. */
export interface HostOptions extends SharedServersOptions {
  /** Those of the system's nodes that this process hosts. */
  readonly hosted: readonly NodeDefinition[]
  /** Base URLs of the processes that host the others. */
  readonly peers: Readonly<Partial<Record<NodeGroup, string>>>
  /** The address to listen on. */
  readonly address: string
  /** 0: any free port. */
  readonly port: number
  readonly seed: number
  /** Print workers of a site share what lies in here. */
  readonly workFolder: string
  readonly logger: Logger
  /** What the centre says of the system, without the time. */
  readonly testSystem: Omit<TestSystem, 'date' | 'nowMs'>
}

/** Real milliseconds for letting go of servers that may be gone. */
const LET_GO_MS_MAX = 2_000

/**
 * Some or all nodes of a system in one process, for good and not for one scenario: one HTTP server for all of them, a run that
 * the processes share, no history and no time that is skipped. What the nodes are is not known here.
 */
export class NodeHost {
  readonly metrics = new Metrics({ ofProcess: true })
  readonly health: Health
  private readonly clock: LiveClock
  private readonly tasks: NodeTasks
  private readonly nodes: readonly LiveNode[]
  private server: NodeServer | undefined

  /** @throws TorichigaeError NO_DATABASE, NO_QUEUE, RUN_DIFFERS, PORT_IN_USE, OUT_NOT_WRITABLE */
  static async open(options: HostOptions): Promise<NodeHost> {
    const shared = await openShared(options, options.hosted)
    try {
      const host = new NodeHost(options, shared)
      await host.start()
      return host
    } catch (error) {
      await shared.queues?.leave()
      await shared.connection.close()
      throw error
    }
  }

  private constructor(
    private readonly options: HostOptions,
    private readonly shared: SharedServers,
  ) {
    const { connection, queues, run } = shared
    const { kysely } = connection
    const { run: schema, clockFactor: factor, openRows } = options.run
    this.clock = new LiveClock({ startMs: virtualMs(run.nowMs), date: run.date, factor })
    const needed: Needed[] = [{ name: 'database', ask: () => kysely.selectNoFrom((from) => from.lit(1).as('one')).execute() }]
    if (queues !== undefined) needed.push({ name: 'queue', ask: () => queues.ask() })
    this.health = new Health(needed)
    const around = {
      clock: this.clock,
      random: new KeyedRandom(options.seed),
      kysely,
      schema,
      paper: { drawSheets, readPdf },
      logger: options.logger,
      record: () => 0,
      ...(queues === undefined ? {} : { queues }),
    }
    this.tasks = new NodeTasks(around, this.directory)
    this.nodes = options.hosted.map((definition) => this.nodeOf(definition))
    if (queues !== undefined) this.metrics.watchQueues(() => queues.depths())
    if (options.hosted.some(({ role }) => role === 'issuing')) this.metrics.watchApplications(() => countOpenRows(kysely, schema, openRows))
  }

  /** Where this process is called. */
  get url(): string {
    return this.server?.url ?? ''
  }

  /**
   * The end, in order: not ready any more and no new request, job or run; those at hand are finished, at most for `limitMs`;
   * what is not done by then is given back; then all connections are closed.
   */
  async drain(limitMs: number): Promise<void> {
    this.health.stopping = true
    const retired = Promise.all(this.nodes.map((node) => node.retire(limitMs)))
    await within(limitMs + LET_GO_MS_MAX, Promise.all([retired, within(limitMs, this.idle())]))
    for (const node of this.nodes) node.life.crash()
    await this.letGo()
  }

  private async start(): Promise<void> {
    try {
      const app = createHttpApp({ logger: this.options.logger, metrics: this.metrics, health: this.health }, 'idle')
      for (const { definition, face } of this.nodes) {
        if (face === undefined) continue
        await mountNode(app, prefixOf(definition), face, (scope) => {
          if (definition.role === 'centre') scope.get(TEST_SYSTEM_PATH, () => this.testSystem())
        })
      }
      this.server = await listen(app, this.options.address, this.options.port)
      for (const node of this.nodes) await node.startWork(this.shared.queues)
    } catch (error) {
      await this.server?.close()
      this.clock.close()
      throw error
    }
  }

  private testSystem(): TestSystem {
    return { ...this.options.testSystem, date: this.shared.run.date, nowMs: this.clock.now() }
  }

  private nodeOf(definition: NodeDefinition): LiveNode {
    const folder = join(this.options.workFolder, definition.site.replaceAll(':', '-'))
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
    } catch (error) {
      throw new TorichigaeError('OUT_NOT_WRITABLE', folder, { cause: error })
    }
    return new LiveNode(definition, this.clock, folder, {
      begin: (node, application, requestId) => this.tasks.begin(node, application, requestId),
      record: (process, event) => {
        // A served system keeps no history. What is logged nowhere else is the end of a job that was tried too often.
        if (event.f === 'log') this.options.logger[event.level]({ code: event.code, process, application: event.application })
        return 0
      },
      observer: { logger: this.options.logger, metrics: this.metrics },
    })
  }

  /** The process that hosts the node which serves the call: this one, or a peer. */
  private readonly directory = (operation: OperationName, municipality: string): string | undefined => {
    const definition = nodeServing(this.options.system, OPERATIONS[operation].server, municipality)
    if (definition === undefined) return undefined
    const base = this.options.hosted.includes(definition) ? this.own() : this.options.peers[groupOf(definition)]
    return base === undefined ? undefined : `${base}${prefixOf(definition)}`
  }

  /** An address for everybody (0.0.0.0) is none to call. */
  private own(): string {
    return `http://127.0.0.1:${new URL(this.url).port}`
  }

  private async idle(): Promise<void> {
    while (this.tasks.going > 0) {
      await new Promise<void>((resolve) => {
        this.tasks.onNextEnd(resolve)
      })
    }
  }

  /** Servers that are gone must not keep the process from ending. */
  private async letGo(): Promise<void> {
    this.clock.close()
    await within(LET_GO_MS_MAX, this.server?.close() ?? Promise.resolve())
    await within(LET_GO_MS_MAX, this.shared.queues?.leave() ?? Promise.resolve())
    await within(LET_GO_MS_MAX, this.shared.connection.close())
    await closeReaders()
  }
}
