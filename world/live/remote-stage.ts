import { join } from 'node:path'
import type { Logger } from 'pino'
import { type HistoryEvent, type HistoryHeader, OPERATIONS } from '../../contract/index.ts'
import { CrashBell } from '../crash-bell.ts'
import { KeyedRandom } from '../keyed-random.ts'
import type { NodeDefinition } from '../node.ts'
import { type KioskWorld, type Recorder, type VirtualMs, virtualMs, type World } from '../ports.ts'
import { type Person, type Registered, registeredEvents, type Stage } from '../stage.ts'
import { LiveClock, taskClock } from './clock.ts'
import { createLiveCrypto } from './crypto.ts'
import { createDevices, emptyJournals } from './devices.ts'
import type { Paper } from './engine.ts'
import { createLiveIds } from './ids.ts'
import { KioskLives } from './kiosk-lives.ts'
import { createLiveLog } from './log.ts'
import { createLiveNetwork } from './network.ts'
import { LiveRecorder } from './recorder.ts'
import { LiveTask } from './task.ts'
import { absent } from './task-world.ts'

/** What kiosks before a target are made from. */
export interface RemoteStageOptions {
  /** Base URL of the target's centre: all that a kiosk calls. */
  readonly centreUrl: string
  /** Scenario time at the target, now. */
  readonly nowMs: number
  /** Of the history, whose world is `target`. */
  readonly header: HistoryHeader
  /** What the target's registers hold, as far as it is known. */
  readonly registered: Registered
  readonly paper: Paper
  readonly logger: Logger
  readonly seed: number
  /** Told of each event once it is on record. */
  readonly onEvent?: (event: HistoryEvent) => void
  /** Where the history, the kiosks' journals and their papers are laid. */
  readonly folder: string
}

/**
 * Kiosks before a system that runs elsewhere. Only what kiosks do and get can be seen, and is in the history; the system's
 * time is its own, so that waiting takes as long as it takes, and nothing says when it is idle.
 */
export class RemoteStage implements Stage {
  readonly nodes: readonly NodeDefinition[] = []
  /** The history: `history.jsonl` in the folder. Whoever drives ends it. */
  readonly recorder: LiveRecorder
  private readonly clock: LiveClock
  private readonly random: KeyedRandom
  private readonly kiosks = new KioskLives()
  private readonly bell = new CrashBell()

  constructor(private readonly options: RemoteStageOptions) {
    const { header, folder, nowMs, seed, registered } = options
    this.clock = new LiveClock({ startMs: virtualMs(nowMs), date: header.date, factor: header.clockFactor })
    this.random = new KeyedRandom(seed)
    emptyJournals(join(folder, 'kiosks'))
    this.recorder = new LiveRecorder(join(folder, 'history.jsonl'), header, () => this.clock.now(), options.onEvent)
    for (const event of registeredEvents(registered)) this.recorder.record('register', event)
  }

  /** Of the history. */
  get header(): HistoryHeader {
    return this.options.header
  }

  /** @throws RangeError: a target's own nodes are not for a driver */
  world(node: string): World {
    throw new RangeError(`"${node}" belongs to the target`)
  }

  kioskWorld(kiosk: string, person: Person): KioskWorld {
    const { life, machine } = this.kiosks.named(kiosk)
    const task = new LiveTask({ role: 'kiosk', process: `kiosk:${kiosk}`, life })
    const history: Recorder = { record: (event) => this.recorder.record(task.process, event) }
    const { centreUrl, logger, paper, folder } = this.options
    const world: World = {
      process: task.process,
      application: undefined,
      clock: taskClock(this.clock, task),
      random: this.random,
      ids: createLiveIds(),
      files: absent('work folder', task),
      engine: absent('engine', task),
      queue: absent('queue', task),
      database: absent('database', task),
      network: createLiveNetwork(task, (operation) => (OPERATIONS[operation].server === 'centre' ? centreUrl : undefined)),
      crypto: createLiveCrypto(task),
      log: createLiveLog(task, logger, history),
      history,
    }
    return { ...world, ...createDevices({ task, world, person, paper, kiosk, machine, folder: join(folder, 'kiosks') }) }
  }

  /** Only kiosks stand here; the target's nodes are its own. */
  crash(kiosk: string): void {
    this.recorder.record('world', { type: 'info', f: 'node', node: kiosk, op: 'crash' })
    const print = this.kiosks.crash(kiosk)
    if (print !== undefined) this.recorder.record('world', print)
    this.bell.ring(kiosk)
    this.recorder.record('world', { type: 'info', f: 'node', node: kiosk, op: 'restart' })
  }

  onCrash(kiosk: string, tell: () => void): () => void {
    return this.bell.on(kiosk, tell)
  }

  crashes(kiosk: string): number {
    return this.bell.count(kiosk)
  }

  /** Scenario time at the target, as far as it is known here. */
  now(): VirtualMs {
    return this.clock.now()
  }

  async waitUntil(atMs: VirtualMs): Promise<void> {
    while (this.clock.now() < atMs) await this.clock.sleep(atMs - this.clock.now())
  }

  attend(): void {
    // No time is skipped, so that it makes no difference who is busy.
  }

  idle(): Promise<void> {
    return Promise.resolve()
  }

  /** Ends the history and drops all timers. @param complete false where the run was interrupted */
  close(complete: boolean): void {
    this.recorder.end(complete)
    this.clock.close()
  }
}
