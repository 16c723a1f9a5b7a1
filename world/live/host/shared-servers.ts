import type { NodeDefinition } from '../../node.ts'
import { connectDatabase, type DatabaseConnection } from '../connection.ts'
import { type LiveQueues, openQueues } from '../queue/open-queues.ts'
import { groupOf, NODE_GROUPS } from './groups.ts'
import { joinRun, type SharedRun, type SharedRunOptions } from './shared-run.ts'

/** Which servers the processes of a system share, and what for. */
export interface SharedServersOptions {
  readonly databaseUrl: string
  /** Default: the queue is on PostgreSQL. */
  readonly redisUrl?: string
  readonly run: SharedRunOptions
  /** Drop what the run has, jobs too, and make it anew. */
  readonly fresh: boolean
  /** All nodes of the system, wherever they are. */
  readonly system: readonly NodeDefinition[]
  /** Real milliseconds without a sign of life after which another worker takes a job over. */
  readonly takeoverMs: number
}

/** Connections to them, and the run that is on them. */
export interface SharedServers {
  readonly connection: DatabaseConnection
  /** Absent where no node here uses a queue. */
  readonly queues?: LiveQueues
  readonly run: SharedRun
}

/** A finished job is remembered so long, in real seconds: an application that is sent again is known by its row by then. */
const KEEP_FINISHED_S = 3_600

/**
 * Connects to what the processes of a system share, and joins their run.
 * @throws TorichigaeError NO_DATABASE, NO_QUEUE, RUN_DIFFERS
 */
export async function openShared(options: SharedServersOptions, hosted: readonly NodeDefinition[]): Promise<SharedServers> {
  const connection = await connectDatabase({ url: options.databaseUrl })
  let queues: LiveQueues | undefined
  try {
    queues = await queuesFor(options, hosted)
    const run = await joinRun(connection.kysely, options.run, options.fresh)
    return { connection, run, ...(queues === undefined ? {} : { queues }) }
  } catch (error) {
    await queues?.leave()
    await connection.close()
    throw error
  }
}

/** Makes what the processes share, and leaves it standing. @throws as {@link openShared} */
export async function prepareShared(options: SharedServersOptions): Promise<void> {
  const { connection, queues } = await openShared(options, options.system)
  await queues?.leave()
  await connection.close()
}

/** The queues, where a node of this process uses them; with all the sites' queues known, for their depths. */
async function queuesFor(options: SharedServersOptions, hosted: readonly NodeDefinition[]): Promise<LiveQueues | undefined> {
  if (!hosted.some((node) => NODE_GROUPS[groupOf(node)].queue)) return undefined
  const { databaseUrl, redisUrl, run, takeoverMs: lockMs, fresh } = options
  const open = async (): Promise<LiveQueues> => {
    const on = redisUrl === undefined ? { databaseUrl } : { databaseUrl, redisUrl }
    const queues = await openQueues({ ...on, run: run.run, lockMs, keepFinishedS: KEEP_FINISHED_S })
    for (const { role, site } of options.system) if (role === 'print') queues.know(site, 'print')
    return queues
  }
  if (fresh) await (await open()).close()
  return open()
}
