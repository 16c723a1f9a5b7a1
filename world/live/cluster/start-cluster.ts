import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { freePort } from '../postgres/free-port.ts'
import { openPostgres } from '../postgres/open-postgres.ts'
import { ClusterProcess, type ClusterProcessOptions } from './cluster-process.ts'
import { RedisServer } from './redis-server.ts'
import { type ClusterPart, TOPOLOGY } from './topology.ts'

/** What a cluster on this machine is started with. */
export interface ClusterOptions {
  /** How `torichigae` is run: a program and its first arguments. */
  readonly command: readonly [string, ...string[]]
  /** Options of `serve` that all processes are given: people, builds, clock, name of the run. */
  readonly serve: readonly string[]
  /** Logs, work files and the data of Redis. */
  readonly folder: string
  /** Default: an embedded PostgreSQL, which ends with the cluster. */
  readonly databaseUrl?: string
  /** Where the print queue is. Default `redis`. */
  readonly queue?: 'redis' | 'postgres'
  /** Default: a Redis of the cluster's own, which ends with it. */
  readonly redisUrl?: string
  /** Default 2. */
  readonly workers?: number
  /** The centre's port; the others have the next ones. Default: any free ports. */
  readonly port?: number
  /** Real milliseconds for all to be ready. Default 60,000. */
  readonly readyMsMax?: number
  /** Real milliseconds for what is at hand when a process is stopped. Default 30,000. */
  readonly stopMsMax?: number
}

/** A cluster that runs. */
export interface Cluster {
  /** What kiosks call. */
  readonly centreUrl: string
  readonly processes: readonly ClusterProcess[]
  /** Those of the processes that print. One that dies is started again. */
  readonly workers: readonly ClusterProcess[]
  /** The cluster's own Redis, where the queue is on one and none was given. */
  readonly redis: RedisServer | undefined
  /** Ends all processes and the cluster's own servers. */
  stop(): Promise<void>
}

/**
 * Starts the whole topology as processes of this machine, each on a port of its own, and waits until all are ready.
 * @throws TorichigaeError NO_DATABASE, NO_PROGRAM, NOT_READY
 */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  mkdirSync(options.folder, { recursive: true, mode: 0o700 })
  const database = await openPostgres(options.databaseUrl === undefined ? {} : { url: options.databaseUrl })
  let redis: RedisServer | undefined
  const processes: ClusterProcess[] = []
  const stop = async (): Promise<void> => {
    await Promise.all(processes.map((each) => each.stop()))
    await redis?.stop()
    await database.close()
  }
  try {
    const onRedis = options.queue !== 'postgres'
    redis = onRedis && options.redisUrl === undefined ? await RedisServer.open(join(options.folder, 'redis')) : undefined
    const redisUrl = onRedis ? (options.redisUrl ?? redis?.url) : undefined
    const environment = { DATABASE_URL: database.url, REDIS_URL: redisUrl }
    const planned = await plan(options)
    for (const each of planned) processes.push(launch(options, each, planned, environment))
    await Promise.all(processes.map((each) => each.ready(options.readyMsMax ?? 60_000)))
    const centre = planned.find(({ part }) => part.nodes === 'centre')
    const workers = processes.filter((_, at) => planned[at]?.part.nodes === 'print')
    return { centreUrl: centre?.url ?? '', processes, workers, redis, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

interface Planned {
  readonly part: ClusterPart
  readonly number: number
  readonly port: number
  readonly url: string
}

/** Which processes there are to be, and on which ports. */
async function plan({ workers, port }: ClusterOptions): Promise<readonly Planned[]> {
  const planned: Planned[] = []
  for (const part of TOPOLOGY) {
    const count = part.nodes === 'print' ? (workers ?? part.processes) : part.processes
    for (let number = 1; number <= count; number += 1) {
      const own = port === undefined ? await freePort() : port + planned.length
      planned.push({ part, number, port: own, url: `http://127.0.0.1:${String(own)}` })
    }
  }
  return planned
}

function launch(options: ClusterOptions, { part, number, port, url }: Planned, planned: readonly Planned[], environment: ClusterProcessOptions['environment']): ClusterProcess {
  const name = part.processes === 1 ? part.name : `${part.name}-${String(number)}`
  const peers = part.peers.map((peer) => `${peer}=${planned.find((each) => each.part.nodes === peer)?.url ?? ''}`)
  return new ClusterProcess({
    name,
    url,
    log: join(options.folder, `${name}.log`),
    stopMsMax: options.stopMsMax ?? 30_000,
    environment,
    command: [
      ...options.command,
      'serve',
      ...['--nodes', part.nodes, '--port', String(port), '--work-dir', join(options.folder, 'work')],
      ...(peers.length === 0 ? [] : ['--peers', peers.join(',')]),
      ...(part.nodes === 'print' ? ['--worker', String(number)] : []),
      ...options.serve,
    ],
  })
}

