import { type HistoryEvent, type Image, type OperationName, OPERATIONS, type PrintedSheet } from '../../contract/index.ts'
import { KeyedRandom } from '../keyed-random.ts'
import { FEED_MS_PER_SHEET, refuseShortMoney } from '../kiosk-devices.ts'
import { type NodeDefinition, nodeServing } from '../node.ts'
import type { Cash, Journal, JournalEntry, KioskWorld, Printer, VirtualMs, World } from '../ports.ts'
import type { Person, Setting, Stage } from '../stage.ts'
import { stepNames } from '../step-names.ts'
import { SimulatedStore } from './database.ts'
import { ImageStore, SimulatedEngineRoom } from './engine.ts'
import { NodeRegistry } from './nodes.ts'
import type { RunningNode, SimulatedProcess } from './process.ts'
import { SimulatedQueueRoom } from './queue.ts'
import { SimulatedRecorder } from './recorder.ts'
import { type RunEnd, Scheduler } from './scheduler.ts'
import type { StepRecord } from './step.ts'
import type { Deviation, Strategy } from './strategy.ts'
import { basesOf } from './tables.ts'
import { CountedIds, type Surroundings, SimulatedWorld } from './world.ts'

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
}

/** Runs `drive` on a system in the simulated world. Never throws: how it ended is in the result. */
export async function simulate(
  setting: Setting,
  options: SimulationOptions,
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
  readonly scheduler: Scheduler
  private readonly recorder: SimulatedRecorder
  private readonly registry: NodeRegistry
  private readonly stores = new Map<string, SimulatedStore>()
  private readonly rooms = new Map<string, SimulatedEngineRoom>()
  private readonly queues = new Map<string, SimulatedQueueRoom>()
  private readonly journals = new Map<string, JournalEntry[]>()
  private readonly shared: Pick<Surroundings, 'date' | 'files' | 'images' | 'recorder' | 'random' | 'ids'>
  private readonly around = new Map<RunningNode, Surroundings>()
  private idlers: (() => void)[] = []

  constructor(
    private readonly setting: Setting,
    options: SimulationOptions,
  ) {
    this.nodes = setting.nodes
    this.scheduler = new Scheduler({ startMs: setting.startMs, ...options })
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
      ids: new CountedIds(),
    }
  }

  get events(): readonly HistoryEvent[] {
    return this.recorder.events
  }

  /** Starts every node: its memory, its consumer, its schedules. Called by {@link simulate} inside the run. */
  open(): void {
    for (const definition of this.nodes) {
      const { node, instance } = this.registry.add(definition)
      if (definition.engine !== undefined) {
        const engine = this.registry.begin(node, undefined, `engine:${node.name}`)
        this.registry.ended(engine)
        this.rooms.set(node.name, new SimulatedEngineRoom(this.scheduler, definition.engine, engine))
      }
      if (instance.consumes !== undefined) this.queueOf(node.site).addWorker(node, instance.consumes)
      this.startSchedules(node)
    }
  }

  world(node: string, application?: string): World {
    const { world, ended } = this.begin(this.registry.running(node), application)
    // The driver's own tasks are waited for by the driver; the system is idle without them.
    ended()
    return world
  }

  kioskWorld(kiosk: string, person: Person): KioskWorld {
    const node = this.registry.kiosk(kiosk)
    const process = this.registry.begin(node, undefined, `kiosk:${kiosk}`)
    this.registry.ended(process)
    return new SimulatedKioskWorld(process, this.surroundings(node), (world) => this.devices(process, kiosk, person, world))
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
    return this.registry.driver.blockingStep('script: waits until idle', {}, (attempt) => {
      if (this.isIdle()) attempt()
      else this.idlers.push(attempt)
    }, () => undefined)
  }

  /** Crashes a node now: its tasks end without a word, its memory is lost, and its factory starts it anew. */
  crash(name: string): void {
    const node = this.registry.running(name)
    this.recorder.add('world', this.scheduler.nowMs, { type: 'info', f: 'node', node: name, op: 'crash' })
    const instance = this.registry.restart(node)
    if (instance.consumes !== undefined) this.queueOf(node.site).replaceWorker(node, instance.consumes)
    this.startSchedules(node)
    this.recorder.add('world', this.scheduler.nowMs, { type: 'info', f: 'node', node: name, op: 'restart' })
  }

  private startSchedules(node: RunningNode): void {
    const { incarnation } = node
    for (const schedule of this.registry.instance(node).schedules ?? []) {
      const next = (waitMs: number): void => {
        this.scheduler.after(waitMs, stepNames.run(node.role, schedule.words), this.registry.driver, () => {
          if (node.incarnation !== incarnation) return
          const { process, world, ended } = this.begin(node, undefined)
          process.onDeath(ended)
          const begunMs = this.scheduler.nowMs
          const over = (): void => {
            ended()
            next(Math.max(0, begunMs + schedule.everyMs - this.scheduler.nowMs))
          }
          schedule.run(world).then(over, () => {
            world.log.error('RUN_FAILED', { detail: schedule.words })
            over()
          })
        })
      }
      next(schedule.everyMs)
    }
  }

  private begin(node: RunningNode, application: string | undefined): { process: SimulatedProcess; world: World; ended: () => void } {
    const process = this.registry.begin(node, application)
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
    return { node, instance: this.registry.instance(node) }
  }

  private readonly exchange: Surroundings['exchange'] = {
    route: (operation, municipality) => this.route(operation, municipality),
    begin: (node, application) => this.begin(node, application),
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
      queue = new SimulatedQueueRoom(this.scheduler, this.exchange, 'print', () => {
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

  private devices(process: SimulatedProcess, kiosk: string, person: Person, world: World): Devices {
    const { role } = process
    const entries = this.journals.get(kiosk) ?? []
    this.journals.set(kiosk, entries)
    return {
      journal: {
        append: (entry) => process.step(stepNames.journal(role, entry.state), {}, () => void entries.push(entry)),
        entries: () => process.step(stepNames.readJournal(role), {}, () => [...entries]),
      },
      cash: {
        take: (yen) => process.step(stepNames.takeMoney(role), {}, () => {
          refuseShortMoney(person.purseYen, yen)
        }),
        refund: () => process.step(stepNames.refund(role), {}, () => undefined),
      },
      printer: { feed: (_application, image) => this.feed(process, image, world) },
    }
  }

  private async feed(process: SimulatedProcess, image: Image, world: World): Promise<readonly PrintedSheet[]> {
    await world.clock.sleep(image.pages * FEED_MS_PER_SHEET)
    return process.step(stepNames.feed(process.role), {}, () => this.shared.images.read(image))
  }
}

type Devices = Pick<KioskWorld, 'journal' | 'cash' | 'printer'>

/** A kiosk's world: the ports of a process, and the devices of the machine. */
class SimulatedKioskWorld extends SimulatedWorld implements KioskWorld {
  readonly journal: Journal
  readonly cash: Cash
  readonly printer: Printer

  constructor(process: SimulatedProcess, around: Surroundings, devices: (world: World) => Devices) {
    super(process, around)
    const { journal, cash, printer } = devices(this)
    this.journal = journal
    this.cash = cash
    this.printer = printer
  }
}
