import type { Image } from '../../contract/index.ts'
import { dateAfter } from '../calendar.ts'
import type { KeyedRandom } from '../keyed-random.ts'
import type { Clock, Crypto, Engine, Ids, Log, LogFields, Queue, Random, Recorder, Timer, WorkFiles, World } from '../ports.ts'
import { stepNames } from '../step-names.ts'
import { SimulatedDatabase, type SimulatedStore } from './database.ts'
import { type ImageStore, SimulatedEngine, type SimulatedEngineRoom } from './engine.ts'
import { type FaultsOffered, LATE_MS } from './faults.ts'
import { type Exchange, SimulatedNetwork } from './network.ts'
import { simulatedSignature } from './keys.ts'
import type { SimulatedProcess } from './process.ts'
import { SimulatedQueue, type SimulatedQueueRoom } from './queue.ts'
import type { SimulatedRecorder } from './recorder.ts'
import { NOTHING } from './step.ts'

/** What all processes of a run share, as far as this one may reach it. */
export interface Surroundings {
  readonly date: string
  readonly exchange: Exchange
  readonly store: SimulatedStore
  readonly files: Map<string, Image>
  readonly images: ImageStore
  readonly room: SimulatedEngineRoom | undefined
  readonly queue: SimulatedQueueRoom | undefined
  readonly recorder: SimulatedRecorder
  readonly random: KeyedRandom
  readonly ids: Ids
}

/** The simulated ports of one process. A task uses few of them, and there are many tasks: each port is made when asked for. */
export class SimulatedWorld implements World {
  readonly process: string
  readonly application: string | undefined
  readonly random: Random
  readonly history: Recorder
  private madeClock: Clock | undefined
  private madeFiles: WorkFiles | undefined
  private madeEngine: Engine | undefined
  private madeQueue: Queue | undefined
  private madeDatabase: SimulatedDatabase | undefined
  private madeNetwork: SimulatedNetwork | undefined
  private madeCrypto: Crypto | undefined
  private madeLog: Log | undefined

  constructor(
    private readonly owner: SimulatedProcess,
    private readonly around: Surroundings,
  ) {
    this.process = owner.name
    this.application = owner.application
    this.random = around.random
    this.history = { record: (event) => around.recorder.add(owner.name, owner.nowMs, event) }
  }

  get clock(): Clock {
    return (this.madeClock ??= clockOf(this.owner, this.around.date))
  }
  get ids(): Ids {
    return this.around.ids
  }
  get files(): WorkFiles {
    return (this.madeFiles ??= filesOf(this.owner, this.around, this.history))
  }
  get engine(): Engine {
    return (this.madeEngine ??= engineOf(this.owner, this.around, this.history))
  }
  get queue(): Queue {
    return (this.madeQueue ??= queueOf(this.owner, this.around))
  }
  get database(): SimulatedDatabase {
    return (this.madeDatabase ??= new SimulatedDatabase(this.owner, this.around.store))
  }
  get network(): SimulatedNetwork {
    return (this.madeNetwork ??= new SimulatedNetwork(this.owner, this.around.exchange))
  }
  get crypto(): Crypto {
    return (this.madeCrypto ??= cryptoOf(this.owner, this.around))
  }
  get log(): Log {
    return (this.madeLog ??= logOf(this.owner, this.history))
  }
}

function clockOf(process: SimulatedProcess, date: string): Clock {
  return {
    now: () => process.nowMs,
    today: () => dateAfter(date, process.nowMs),
    sleep: (ms) =>
      new Promise((resolve) => {
        const words = stepNames.sleep(process.role)
        const faults = process.role === 'link' ? lateLink(process, words, resolve) : undefined
        process.scheduler.after(ms, words, process, resolve, NOTHING, faults)
      }),
    after: (ms, words, fire): Timer => {
      const timer = process.scheduler.after(ms, `${process.role}: ${words}`, process, fire)
      return {
        cancel: () => {
          timer.cancelled = true
        },
      }
    },
  }
}

/** What a link was about to do, a while later. */
export const lateLink = (process: SimulatedProcess, words: string, fire: () => void): FaultsOffered => ({
  'late-link': () => {
    process.scheduler.after(LATE_MS, words, process, fire)
  },
})

/** Ids by counting, each kind and owner for itself, so that one more of this changes no other. */
export class CountedIds implements Ids {
  private readonly counters = new Map<string, number>()

  /** @param run told which counter is used */
  constructor(private readonly run: { touched(resource: string): void } = { touched: () => undefined }) {}

  next(kind: string, owner: string): string {
    const key = `${kind}-${owner}`
    this.run.touched(`ids:${key}`)
    const count = (this.counters.get(key) ?? 0) + 1
    this.counters.set(key, count)
    return `${key}-${String(count)}`
  }
}

function filesOf(process: SimulatedProcess, around: Surroundings, history: Recorder): WorkFiles {
  const { role, node } = process
  const { files } = around
  const seen = (op: 'write' | 'read' | 'remove', name: string): void => {
    const application = process.application ?? ''
    history.record({ type: 'info', f: 'work-file', op, name: `${node.site}/${name}`, job: process.name, application })
  }
  return {
    write: (name, image) =>
      process.step(stepNames.writeWorkFile(role, name), { writes: `file:${node.site}/${name}` }, () => {
        files.set(`${node.site}/${name}`, image)
        seen('write', name)
      }),
    read: (name) =>
      process.step(stepNames.readWorkFile(role, name), { reads: `file:${node.site}/${name}` }, () => {
        seen('read', name)
        return files.get(`${node.site}/${name}`)
      }),
    remove: (name) =>
      process.step(stepNames.removeWorkFile(role, name), { writes: `file:${node.site}/${name}` }, () => {
        files.delete(`${node.site}/${name}`)
        seen('remove', name)
      }),
  }
}

function engineOf(process: SimulatedProcess, around: Surroundings, history: Recorder): Engine {
  const { room, images } = around
  const made = (image: Image): void => {
    const application = process.application ?? ''
    history.record({ type: 'info', f: 'image', op: 'made', digest: image.digest, job: process.name, application })
  }
  return room === undefined ? absent('engine', process) : new SimulatedEngine(process, room, images, made)
}

function queueOf(process: SimulatedProcess, around: Surroundings): Queue {
  return around.queue === undefined ? absent('queue', process) : new SimulatedQueue(process, around.queue)
}

function cryptoOf(process: SimulatedProcess, around: Surroundings): Crypto {
  const { role } = process
  return {
    sign: (privateKey, message) => process.step(stepNames.sign(role), {}, () => simulatedSignature(privateKey, message)),
    verify: (publicKey, message, signature) =>
      process.step(stepNames.verify(role), {}, () => signature === simulatedSignature(publicKey, message)),
    nonce: (key) => around.ids.next('nonce', key),
  }
}

function logOf(process: SimulatedProcess, history: Recorder): Log {
  const write = (level: 'info' | 'warn' | 'error', code: string, fields?: LogFields): void => {
    const application = fields?.application ?? process.application
    history.record({ type: 'info', f: 'log', level, code, ...(application === undefined ? {} : { application }) })
  }
  return {
    info: (code, fields) => {
      write('info', code, fields)
    },
    warn: (code, fields) => {
      write('warn', code, fields)
    },
    error: (code, fields) => {
      write('error', code, fields)
    },
  }
}

/** A port that this kind of node does not have: using it is a mistake in the service, and says so. */
function absent<T extends object>(port: string, process: SimulatedProcess): T {
  return new Proxy<T>(Object.create(null) as T, {
    get: () => {
      throw new Error(`${process.name} has no ${port}`)
    },
  })
}
