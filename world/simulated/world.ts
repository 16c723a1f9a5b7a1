import type { Image } from '../../contract/index.ts'
import { dateAfter } from '../calendar.ts'
import type { KeyedRandom } from '../keyed-random.ts'
import type { Clock, Crypto, Engine, Ids, Log, LogFields, Queue, Random, Recorder, Timer, WorkFiles, World } from '../ports.ts'
import { stepNames } from '../step-names.ts'
import { SimulatedDatabase, type SimulatedStore } from './database.ts'
import { type ImageStore, SimulatedEngine, type SimulatedEngineRoom } from './engine.ts'
import { type Exchange, SimulatedNetwork } from './network.ts'
import type { SimulatedProcess } from './process.ts'
import { SimulatedQueue, type SimulatedQueueRoom } from './queue.ts'
import type { SimulatedRecorder } from './recorder.ts'
import { textHash } from '../hash.ts'

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
  readonly counters: Map<string, number>
}

/** The simulated ports of one process. */
export class SimulatedWorld implements World {
  readonly process: string
  readonly application: string | undefined
  readonly clock: Clock
  readonly random: Random
  readonly ids: Ids
  readonly files: WorkFiles
  readonly engine: Engine
  readonly queue: Queue
  readonly database: SimulatedDatabase
  readonly network: SimulatedNetwork
  readonly crypto: Crypto
  readonly log: Log
  readonly history: Recorder

  constructor(process: SimulatedProcess, around: Surroundings) {
    this.process = process.name
    this.application = process.application
    this.history = { record: (event) => around.recorder.add(process.name, process.nowMs, event) }
    this.clock = clockOf(process, around.date)
    this.random = around.random
    this.ids = { next: (kind, owner) => nextId(around.counters, kind, owner) }
    this.files = filesOf(process, around, this.history)
    this.engine = engineOf(process, around, this.history)
    this.queue = queueOf(process, around)
    this.database = new SimulatedDatabase(process, around.store)
    this.network = new SimulatedNetwork(process, around.exchange)
    this.crypto = cryptoOf(process, around)
    this.log = logOf(process, this.history)
  }
}

function clockOf(process: SimulatedProcess, date: string): Clock {
  return {
    now: () => process.nowMs,
    today: () => dateAfter(date, process.nowMs),
    sleep: (ms) =>
      new Promise((resolve) => {
        process.scheduler.after(ms, stepNames.sleep(process.role), process, resolve)
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

function nextId(counters: Map<string, number>, kind: string, owner: string): string {
  const key = `${kind}-${owner}`
  const count = (counters.get(key) ?? 0) + 1
  counters.set(key, count)
  return `${key}-${String(count)}`
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
    sign: (privateKey, message) => process.step(stepNames.sign(role), {}, () => textHash(`${privateKey}\n${message}`)),
    verify: (publicKey, message, signature) =>
      process.step(stepNames.verify(role), {}, () => signature === textHash(`${publicKey}\n${message}`)),
    nonce: (key) => nextId(around.counters, 'nonce', key),
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
