import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import { type HistoryEvent, type HistoryHeader, type OperationName, OPERATIONS } from '../../contract/index.ts'
import { CrashBell } from '../crash-bell.ts'
import { KeyedRandom } from '../keyed-random.ts'
import { mayBeKiosk, type NodeDefinition, nodeServing } from '../node.ts'
import type { Ordering } from '../orderings.ts'
import { type KioskWorld, type Timer, type VirtualMs, virtualMs, type World } from '../ports.ts'
import { type Person, registeredEvents, type Setting, type Stage } from '../stage.ts'
import { LiveClock } from './clock.ts'
import { createDevices, emptyJournals } from './devices.ts'
import { KioskLives } from './kiosk-lives.ts'
import type { Paper } from './engine.ts'
import { Gates, type GatesReport } from './gates.ts'
import { createLiveNetwork } from './network.ts'
import { LiveNode } from './live-node.ts'
import type { Metrics } from './metrics.ts'
import { NodeTasks } from './node-tasks.ts'
import type { LiveQueues } from './queue/open-queues.ts'
import { LiveRecorder } from './recorder.ts'
import { dropSchema, type LiveTables, prepareSchema, seedRows } from './schema.ts'
import { LiveTask } from './task.ts'
import { createLiveWorld, type LiveSurroundings } from './task-world.ts'

/** What a live stage is put up with; server, queues and paper are shared by many runs. */
export interface LiveStageOptions {
  readonly kysely: Kysely<LiveTables>
  readonly queues: LiveQueues
  readonly paper: Paper
  readonly logger: Logger
  /** Name of the run: its schema in the database. */
  readonly run: string
  /** The run's folder: history, work files, kiosks with their papers. */
  readonly folder: string
  readonly header: HistoryHeader
  readonly orderings: readonly Ordering[]
  /** False to keep the history in memory alone. Default: it is on disk while the run goes on. */
  readonly recording?: boolean
  /** Counts the requests and jobs of all nodes, and is served by each at `/metrics`. Default: nothing is counted. */
  readonly metrics?: Metrics
  /** Told of each event once it is on record. */
  readonly onEvent?: (event: HistoryEvent) => void
  /** Told of the stage before anything runs on it, so that an interruption can end its history. */
  readonly onStage?: (stage: LiveStage) => void
}

export interface LiveRun {
  readonly events: readonly HistoryEvent[]
  readonly gates: GatesReport
}

/** Where a run with this folder has its history. */
export const historyFileIn = (folder: string): string => join(folder, 'history.jsonl')

/**
 * Puts a system on the live stage, lets `drive` play on it and takes it down again. The history is on disk in
 * `folder/history.jsonl` whatever happens, with a footer that says whether the run came to its end.
 */
export async function playLive(setting: Setting, options: LiveStageOptions, drive: (stage: LiveStage) => Promise<void>): Promise<LiveRun> {
  await prepareSchema(options.kysely, options.run)
  await seedRows(options.kysely, options.run, setting.seeded)
  const stage = new LiveStage(setting, options)
  options.onStage?.(stage)
  try {
    await stage.open()
    await drive(stage)
    stage.recorder.end(true)
  } finally {
    stage.recorder.end(false)
    await stage.close()
    await dropSchema(options.kysely, options.run)
  }
  return { events: stage.recorder.events, gates: stage.gates.report() }
}

/** The stage of one live run: every node with its server and workers in this process, on loopback. */
export class LiveStage implements Stage {
  readonly nodes: readonly NodeDefinition[]
  readonly recorder: LiveRecorder
  readonly gates: Gates
  private readonly clock: LiveClock
  private readonly around: LiveSurroundings
  private readonly running = new Map<string, LiveNode>()
  private readonly attended = new Set<Promise<unknown>>()
  private readonly kiosks: KioskLives
  private readonly bell = new CrashBell()
  private readonly tasks: NodeTasks

  constructor(
    setting: Setting,
    private readonly options: LiveStageOptions,
  ) {
    const { kysely, queues, paper, logger, header, folder } = options
    this.nodes = setting.nodes
    this.clock = new LiveClock({
      startMs: setting.startMs,
      date: setting.date,
      factor: header.clockFactor,
    })
    this.gates = new Gates(options.orderings, this.clock)
    this.kiosks = new KioskLives(setting.kiosks)
    emptyJournals(join(folder, 'kiosks'))
    this.recorder = new LiveRecorder(options.recording === false ? undefined : historyFileIn(folder), header, () => this.clock.now(), options.onEvent)
    for (const event of registeredEvents(setting.registered)) this.recorder.record('register', event)
    this.around = {
      clock: this.clock,
      random: new KeyedRandom(setting.seed),
      kysely,
      schema: options.run,
      queues,
      paper,
      logger,
      record: (process, event) => this.recorder.record(process, event),
    }
    this.tasks = new NodeTasks(this.around, this.directory, this.gates)
  }

  /** Starts servers, workers and schedules of all nodes. */
  async open(): Promise<void> {
    for (const definition of this.nodes) {
      const folder = join(this.options.folder, 'work', definition.site.replaceAll(':', '-'))
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      const node = new LiveNode(definition, this.clock, folder, {
        begin: (on, application, requestId) => this.tasks.begin(on, application, requestId),
        record: (process, event) => this.recorder.record(process, event),
        observer: { logger: this.options.logger, ...(this.options.metrics === undefined ? {} : { metrics: this.options.metrics }) },
      })
      this.running.set(definition.name, node)
      await node.open(this.options.queues)
    }
  }

  async close(): Promise<void> {
    this.clock.close()
    for (const node of this.running.values()) await node.close()
  }

  world(node: string, application?: string): World {
    return this.tasks.world(this.nodeNamed(node), application)
  }

  kioskWorld(kiosk: string, person: Person): KioskWorld {
    const folder = join(this.options.folder, 'kiosks')
    const { life, machine } = this.kiosks.named(kiosk)
    const task = new LiveTask({ role: 'kiosk', process: `kiosk:${kiosk}`, life, gates: this.gates })
    const network = createLiveNetwork(task, this.directory)
    const world = createLiveWorld(task, this.around, { site: `kiosk:${kiosk}`, network })
    return { ...world, ...createDevices({ task, world, person, paper: this.options.paper, kiosk, machine, folder }) }
  }

  now(): VirtualMs {
    return this.clock.now()
  }

  /**
   * Goes on at `atMs`. Whenever nobody of the script is busy and the system is idle, the time until its next timer, or until
   * `atMs`, is skipped; a run that is under way takes the time that it takes.
   */
  async waitUntil(atMs: VirtualMs): Promise<void> {
    while (this.clock.now() < atMs) {
      if (this.attended.size === 0) {
        if (await this.idleBy(atMs)) await this.clock.skipTo(virtualMs(Math.min(atMs, this.clock.nextTimerMs() ?? atMs)))
      } else await Promise.race([...this.attended, this.clock.sleep(atMs - this.clock.now())])
    }
  }

  attend(task: Promise<unknown>): void {
    const ended = task
      .catch(() => undefined)
      .finally(() => {
        this.attended.delete(ended)
      })
    this.attended.add(ended)
  }

  async idle(): Promise<void> {
    while (this.tasks.going > 0 || (await this.options.queues.unfinished()) > 0) await this.nextChange()
  }

  /** Resolves once the system is idle, or it is `atMs`; says whether it is idle. */
  private idleBy(atMs: VirtualMs): Promise<boolean> {
    let late: Timer | undefined
    const over = new Promise<boolean>((resolve) => {
      late = this.clock.after(atMs - this.clock.now(), 'script goes on', () => {
        resolve(false)
      })
    })
    return Promise.race([this.idle().then(() => true), over]).finally(() => late?.cancel())
  }

  async crash(name: string): Promise<void> {
    const node = mayBeKiosk(name) ? this.running.get(name) : this.nodeNamed(name)
    this.recorder.record('world', { type: 'info', f: 'node', node: name, op: 'crash' })
    const print = node === undefined ? this.kiosks.crash(name) : undefined
    if (print !== undefined) this.recorder.record('world', print)
    this.bell.ring(name)
    await node?.restart(this.options.queues)
    this.recorder.record('world', { type: 'info', f: 'node', node: name, op: 'restart' })
  }

  onCrash(node: string, tell: () => void): () => void {
    return this.bell.on(node, tell)
  }

  crashes(node: string): number {
    return this.bell.count(node)
  }

  /** Where an operation is answered for a municipality: the base URL of its server. */
  readonly directory = (operation: OperationName, municipality: string): string | undefined => {
    const definition = nodeServing(this.nodes, OPERATIONS[operation].server, municipality)
    return definition === undefined ? undefined : this.running.get(definition.name)?.url
  }

  private nodeNamed(name: string): LiveNode {
    const node = this.running.get(name)
    if (node === undefined) throw new RangeError(`no node "${name}"`)
    return node
  }

  /** Resolves when a task ends; and now and then, since the end of a job is known only to the queue's own server. */
  private nextChange(): Promise<void> {
    return new Promise((resolve) => {
      const again = setTimeout(resolve, QUEUE_LOOK_MS)
      this.tasks.onNextEnd(() => {
        clearTimeout(again)
        resolve()
      })
    })
  }
}

/** Real milliseconds between two looks at the queue while waiting for it to be empty. */
const QUEUE_LOOK_MS = 10

