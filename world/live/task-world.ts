import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { EventDraft, Image } from '../../contract/index.ts'
import type { Network, Random, Recorder, World } from '../ports.ts'
import { type LiveClock, taskClock } from './clock.ts'
import { createLiveCrypto } from './crypto.ts'
import { createLiveDatabase } from './database.ts'
import { createLiveEngine, type LiveEngineRoom, type Paper } from './engine.ts'
import { createLiveWorkFiles } from './files.ts'
import { createLiveIds } from './ids.ts'
import { createLiveLog } from './log.ts'
import type { LiveQueues } from './queue/open-queues.ts'
import type { LiveTables } from './schema.ts'
import type { LiveTask } from './task.ts'

/** What all tasks of a live run share. */
export interface LiveSurroundings {
  readonly clock: LiveClock
  readonly random: Random
  readonly kysely: Kysely<LiveTables>
  /** The run's schema in the database. */
  readonly schema: string
  /** Absent where no node of this process uses a queue. */
  readonly queues?: LiveQueues
  readonly paper: Paper
  readonly logger: Logger
  /** Appends to the run's history. */
  record(process: string, event: EventDraft): number
}

/** Where a task runs. */
export interface LivePlace {
  readonly site: string
  /** The site's work folder. Absent on a node that has none. */
  readonly folder?: string
  /** The node's engine. Absent on a node that has none. */
  readonly room?: LiveEngineRoom
  readonly network: Network
}

/** The live ports of one task. */
export function createLiveWorld(task: LiveTask, around: LiveSurroundings, place: LivePlace): World {
  const history: Recorder = { record: (event) => around.record(task.process, event) }
  const { site, folder, room } = place
  return {
    process: task.process,
    application: task.application,
    clock: taskClock(around.clock, task),
    random: around.random,
    ids: createLiveIds(),
    files: folder === undefined ? absent('work folder', task) : filesOf(task, site, folder, history),
    engine: room === undefined ? absent('engine', task) : engineOf(task, room, around.paper, history),
    queue: around.queues?.port(task, site) ?? absent('queue', task),
    database: createLiveDatabase({ task, kysely: around.kysely, schema: around.schema, site }),
    network: place.network,
    crypto: createLiveCrypto(task),
    log: createLiveLog(task, around.logger, history),
    history,
  }
}

function filesOf(task: LiveTask, site: string, folder: string, history: Recorder): World['files'] {
  return createLiveWorkFiles({
    task,
    folder,
    onDone: (op, name) => {
      const application = task.application ?? ''
      history.record({ type: 'info', f: 'work-file', op, name: `${site}/${name}`, job: task.process, application })
    },
  })
}

function engineOf(task: LiveTask, room: LiveEngineRoom, paper: Paper, history: Recorder): World['engine'] {
  const onMade = (image: Image): void => {
    const application = task.application ?? ''
    history.record({ type: 'info', f: 'image', op: 'made', digest: image.digest, job: task.process, application })
  }
  return createLiveEngine({ task, room, paper, onMade })
}

/** A port that a task has not: whoever reaches for it made a mistake in the node's definition. */
export function absent<T extends object>(port: string, task: LiveTask): T {
  const trap = (): never => {
    throw new Error(`${task.process} has no ${port}`)
  }
  return new Proxy<T>({} as T, { get: trap })
}
