import { type HistoryEvent, type Image, type OperationName, OPERATIONS, TorichigaeError } from '../../contract/index.ts'
import { CrashBell } from '../crash-bell.ts'
import { KeyedRandom } from '../keyed-random.ts'
import { mayBeKiosk, type NodeDefinition, nodeServing } from '../node.ts'
import { interruptedPrint, KioskMachine } from '../kiosk-devices.ts'
import type { KioskWorld, VirtualMs, World } from '../ports.ts'
import type { Person, Setting, Stage } from '../stage.ts'
import { stepNames } from '../step-names.ts'
import { SimulatedStore } from './database.ts'
import { findLeak } from './find-leak.ts'
import { ImageStore, SimulatedEngineRoom } from './engine.ts'
import { type SimulatedKiosk, SimulatedKioskWorld } from './kiosk-world.ts'
import { NodeRegistry } from './nodes.ts'
import type { Causer, RunningNode } from './process.ts'
import { queueResource, SimulatedQueueRoom } from './queue.ts'
import { SimulatedRecorder } from './recorder.ts'
import { EscapedError, Scheduler, type SchedulerOptions } from './scheduler.ts'
import type { RunEnd, Scheduling } from './scheduling.ts'
import { NOTHING, type StepRecord } from './step.ts'
import type { Deviation, Strategy } from './strategy.ts'
import { basesOf } from './tables.ts'
import { CountedIds, lateLink, type Surroundings, SimulatedWorld } from './world.ts'

export interface SimulatedRun {
  readonly end: RunEnd
  readonly events: readonly HistoryEvent[]
  readonly steps: number
  readonly deviations: readonly Deviation[]
}

export interface SimulationOptions {
  readonly strategy: Strategy
  readonly stepLimit?: number
  readonly onStep?: (step: StepRecord) => void
  readonly onTouch?: (resource: string) => void
  /** Who schedules in place of the {@link Scheduler}: something that it is compared with. */
  readonly scheduling?: (options: SchedulerOptions) => Scheduling
}

/**
 * Runs `drive` on a system in the simulated world. Never throws: how it ended is in the result.
 *
 * A run that falls quiet, or that was moved from outside, is made a second time to find what it waits for: `drive` is then
 * called again, and should make anew whatever it changes.
 */
export async function simulate(
  setting: Setting,
  options: SimulationOptions,
  drive: (stage: SimulatedStage) => Promise<void>,
): Promise<SimulatedRun> {
  const run = await perform(setting, options, drive)
  const { end } = run
  if (end.end !== 'quiet' && !(end.end === 'failed' && end.error instanceof EscapedError)) return run
  const { strategy, scheduling } = options
  const leak = await findLeak({ ...run, holds: strategy.holds === true }, (watched) => perform(setting, { ...watched, ...(scheduling === undefined ? {} : { scheduling }) }, drive))
  if (leak === undefined) return run
  if (end.end === 'failed') return { ...run, end: { end: 'failed', error: new TorichigaeError('REAL_IO', leak) } }
  return { ...run, end: { end: 'quiet', waiting: `the run left its world: ${leak}` } }
}

async function perform(
  setting: Setting,
  options: SimulationOptions & Pick<SchedulerOptions, 'guard'>,
  drive: (stage: SimulatedStage) => Promise<void>,
): Promise<SimulatedRun> {
  const stage = new SimulatedStage(setting, options)
  const end = await stage.scheduler.run(() => {
    stage.open()
    return drive(stage)
  })
  const { scheduler, events } = stage
  return { end, events, steps: scheduler.stepCount, deviations: scheduler.deviations }
}

/** The stage of one simulated run. */
export class SimulatedStage implements Stage {
  readonly nodes: readonly NodeDefinition[]
  readonly scheduler: Scheduling
  private readonly recorder: SimulatedRecorder
  private readonly registry: NodeRegistry
  private readonly stores = new Map<string, SimulatedStore>()
  private readonly rooms = new Map<string, SimulatedEngineRoom>()
  private readonly queues = new Map<string, SimulatedQueueRoom>()
  private readonly kiosks = new Map<string, SimulatedKiosk>()
  private readonly shared: Pick<Surroundings, 'date' | 'files' | 'images' | 'recorder' | 'random' | 'ids'>
  private readonly around = new Map<RunningNode, Surroundings>()
  private idlers: (() => void)[] = []
  private readonly bell = new CrashBell()

  constructor(
    private readonly setting: Setting,
    options: SimulationOptions,
  ) {
    this.nodes = setting.nodes
    const restart = ({ name }: { readonly name: string }): void => { this.crash(name) }
    const { scheduling = (asked: SchedulerOptions) => new Scheduler(asked) } = options
    this.scheduler = scheduling({ startMs: setting.startMs, ...options, restart })
    this.recorder = new SimulatedRecorder(setting.registered, setting.startMs)
    this.registry = new NodeRegistry(this.scheduler, () => {
      this.whenQuiet()
    })
    this.shared = {
      date: setting.date,
      files: new Map<string, Image>(),
      images: new ImageStore(),
      recorder: this.recorder,
      random: new KeyedRandom(setting.seed),
      ids: new CountedIds(this.scheduler),
    }
  }

  get events(): readonly HistoryEvent[] {
    return this.recorder.events
  }

  /** Starts every node: its memory, its consumer, its schedules. Called by {@link simulate} inside the run. */
  open(): void {
    for (const definition of this.nodes) {
      const { node, instance } = this.registry.add(definition)
      this.startEngine(node, definition)
      if (instance.consumes !== undefined) this.queueOf(node.site).addWorker(node, this.registry.consumer(node, instance.consumes))
      this.startSchedules(node)
    }
  }

  world(node: string, application?: string): World {
    const { world, ended } = this.begin(this.registry.running(node), application, this.registry.driver.node)
    // The driver's own tasks are waited for by the driver; the system is idle without them.
    ended()
    return world
  }

  kioskWorld(kiosk: string, person: Person): KioskWorld {
    const node = this.registry.kiosk(kiosk)
    const process = this.registry.begin(node, undefined, node, `kiosk:${kiosk}`)
    this.registry.ended(process)
    return new SimulatedKioskWorld(process, this.surroundings(node), person, this.kioskNamed(kiosk))
  }

  private kioskNamed(name: string): SimulatedKiosk {
    const known = this.kiosks.get(name)
    if (known !== undefined) return known
    const kiosk = { machine: new KioskMachine(this.setting.kiosks?.[name]), journal: [] }
    this.kiosks.set(name, kiosk)
    return kiosk
  }

  now(): VirtualMs {
    return this.scheduler.nowMs
  }

  waitUntil(atMs: VirtualMs): Promise<void> {
    const driver = this.registry.driver
    return new Promise((resolve) => {
      this.scheduler.after(atMs - this.scheduler.nowMs, 'script: goes on', driver, resolve)
    })
  }

  attend(): void {
    // Simulated time costs nothing, so nothing depends on whether somebody is still busy.
  }

  idle(): Promise<void> {
    const idle = { isFree: () => this.isIdle(), wait: (call: () => void) => void this.idlers.push(call) }
    return this.registry.driver.blockingStep('script: waits until idle', {}, idle, () => undefined)
  }

  onCrash(node: string, tell: () => void): () => void {
    return this.bell.on(node, tell)
  }

  crashes(node: string): number {
    return this.bell.count(node)
  }

  crash(name: string): void {
    const definition = this.nodes.find((one) => one.name === name)
    const node = definition === undefined && mayBeKiosk(name) ? this.registry.kiosk(name) : this.registry.running(name)
    this.recorder.add('world', this.scheduler.nowMs, { type: 'info', f: 'node', node: name, op: 'crash' })
    const kiosk = this.kiosks.get(name)
    const print = kiosk === undefined ? undefined : interruptedPrint(name, kiosk.machine)
    if (print !== undefined) this.recorder.add('world', this.scheduler.nowMs, print)
    const instance = this.registry.restart(node)
    this.bell.ring(name, (tell) => {
      this.registry.driver.submit(`script: learns that ${name} has crashed`, NOTHING, tell)
    })
    this.startEngine(node, definition)
    this.around.delete(node)
    if (instance.consumes !== undefined) this.queueOf(node.site).replaceWorker(node, this.registry.consumer(node, instance.consumes))
    this.startSchedules(node)
    this.recorder.add('world', this.scheduler.nowMs, { type: 'info', f: 'node', node: name, op: 'restart' })
  }

  /** An engine belongs to one incarnation of its node: what it was converting is gone with that. */
  private startEngine(node: RunningNode, definition: NodeDefinition | undefined): void {
    if (definition?.engine === undefined) return
    const engine = this.registry.begin(node, undefined, node, `engine:${node.name}`)
    this.registry.ended(engine)
    this.rooms.set(node.name, new SimulatedEngineRoom(this.scheduler, definition.engine, engine))
  }

  private startSchedules(node: RunningNode): void {
    // What begins a run is its node's doing: its timers go with the node.
    const timetable = this.registry.begin(node, undefined, node, `${node.name}:timetable`)
    this.registry.ended(timetable)
    for (const schedule of this.registry.instance(node).schedules ?? []) {
      const next = (waitMs: number): void => {
        const words = stepNames.run(node.role, schedule.words)
        const run = (): void => {
          const { world, ended } = this.begin(node, undefined)
          const begunMs = this.scheduler.nowMs
          const over = (): void => {
            ended()
            next(Math.max(0, begunMs + schedule.everyMs - this.scheduler.nowMs))
          }
          schedule.run(world).then(over, () => {
            world.log.error('RUN_FAILED', { detail: schedule.words })
            over()
          })
        }
        this.scheduler.after(waitMs, words, timetable, run, NOTHING, node.role === 'link' ? lateLink(timetable, words, run) : undefined)
      }
      next(schedule.everyMs)
    }
  }

  private begin(node: RunningNode, application: string | undefined, by?: Causer): ReturnType<Surroundings['exchange']['begin']> {
    const process = this.registry.begin(node, application, by)
    const world = new SimulatedWorld(process, this.surroundings(node))
    return {
      process,
      world,
      ended: () => {
        this.registry.ended(process)
        this.whenQuiet()
      },
    }
  }

  private route(operation: OperationName, municipality: string): ReturnType<Surroundings['exchange']['route']> {
    const definition = nodeServing(this.nodes, OPERATIONS[operation].server, municipality)
    if (definition === undefined) return undefined
    const node = this.registry.running(definition.name)
    return { node, instance: this.registry.answering(node) }
  }

  private readonly exchange: Surroundings['exchange'] = {
    route: (operation, municipality) => this.route(operation, municipality),
    begin: (node, application, by) => this.begin(node, application, by),
  }

  private surroundings(node: RunningNode): Surroundings {
    let around = this.around.get(node)
    if (around === undefined) {
      around = {
        ...this.shared,
        exchange: this.exchange,
        store: this.storeOf(node.site),
        room: this.rooms.get(node.name),
        queue: this.queueOf(node.site),
      }
      this.around.set(node, around)
    }
    return around
  }

  private storeOf(site: string): SimulatedStore {
    let store = this.stores.get(site)
    if (store === undefined) {
      store = new SimulatedStore(site, basesOf(this.setting.seeded, site))
      this.stores.set(site, store)
    }
    return store
  }

  private queueOf(site: string): SimulatedQueueRoom {
    let queue = this.queues.get(site)
    if (queue === undefined) {
      queue = new SimulatedQueueRoom(this.scheduler, this.exchange, 'print', queueResource(site), () => {
        this.whenQuiet()
      })
      this.queues.set(site, queue)
    }
    return queue
  }

  private isIdle(): boolean {
    if (this.registry.tasks > 0) return false
    for (const queue of this.queues.values()) if (queue.unfinished > 0) return false
    return true
  }

  private whenQuiet(): void {
    if (this.idlers.length === 0 || !this.isIdle()) return
    const idlers = this.idlers
    this.idlers = []
    for (const attempt of idlers) attempt()
  }
}
