import { randomUUID } from 'node:crypto'
import { groupOf, type NodeGroup } from '../world/live/host/groups.ts'
import { type HostOptions, NodeHost } from '../world/live/host/host.ts'
import { prepareShared } from '../world/live/host/shared-servers.ts'
import { createLogger } from '../world/live/log.ts'
import { openPostgres } from '../world/live/postgres/open-postgres.ts'
import type { NodeDefinition } from '../world/node.ts'
import type { Catalogue } from './catalogue.ts'
import { servedNodes, type ServedSystem, sharedRunOf, testSystemOf } from './served.ts'
import { warmUp } from './warm-up.ts'

/** One process of a served system. */
export interface ServingOptions {
  readonly system: ServedSystem
  readonly groups: readonly NodeGroup[]
  readonly peers: HostOptions['peers']
  readonly host: string
  readonly port: number
  readonly run: string
  /** Default: a name that nobody else has. */
  readonly worker?: string
  readonly workDir: string
  readonly fresh: boolean
  readonly prepare: boolean
  readonly takeoverMs: number
  /** Default: an embedded PostgreSQL, which ends with the process. */
  readonly databaseUrl?: string
  /** Default: the queue is on PostgreSQL. */
  readonly redisUrl?: string
}

/** A process that serves. */
export interface Serving {
  readonly url: string
  /** Finishes what is at hand within so many real milliseconds, hands the rest back, and lets go of everything. */
  close(limitMs: number): Promise<void>
}

/**
 * Opens one process of a served system; `undefined` where it was only to be prepared.
 * @throws TorichigaeError NO_DATABASE, NO_QUEUE, RUN_DIFFERS, PORT_IN_USE, UNKNOWN_MUNICIPALITY, UNKNOWN_BUILD
 */
export async function openServed(options: ServingOptions, catalogue: Catalogue): Promise<Serving | undefined> {
  const { system, groups, peers, host: address, port, run, workDir, fresh, takeoverMs, databaseUrl, redisUrl } = options
  const nodes = servedNodes(system, catalogue)
  const shared = sharedRunOf(system, run, catalogue)
  const server = await openPostgres(databaseUrl === undefined ? {} : { url: databaseUrl })
  try {
    const on = { databaseUrl: server.url, run: shared, fresh, system: nodes, takeoverMs, ...(redisUrl === undefined ? {} : { redisUrl }) }
    if (options.prepare) {
      await prepareShared(on)
      await server.close()
      return undefined
    }
    if (groups.includes('print')) await warmUp()
    const hosted = hostedNodes(nodes, groups, options.worker)
    const more = { hosted, peers, address, port, seed: system.seed, workFolder: `${workDir}/${run}`, logger: createLogger(), testSystem: testSystemOf(system) }
    const host = await NodeHost.open({ ...on, ...more })
    return {
      url: host.url,
      close: async (limitMs) => {
        await host.drain(limitMs)
        await server.close()
      },
    }
  } catch (error) {
    await server.close()
    throw error
  }
}

/**
 * The nodes of some groups. A process that hosts print alone has one worker of each municipality, whatever number a build has of
 * them: how many there are, is how many such processes are started. What workers ask is beside each of them.
 */
function hostedNodes(nodes: readonly NodeDefinition[], groups: readonly NodeGroup[], worker = randomUUID().slice(0, 8)): readonly NodeDefinition[] {
  const hosted = nodes.filter((node) => groups.includes(groupOf(node)))
  if (groups.length > 1 || groups[0] !== 'print') return hosted
  const firsts = new Map<string, NodeDefinition>()
  for (const node of hosted) if (node.role === 'print' && !firsts.has(node.site)) firsts.set(node.site, node)
  const workers = [...firsts.values()].map((node) => ({ ...node, name: `print:${node.municipality ?? ''}/${worker}` }))
  return [...hosted.filter(({ role }) => role !== 'print'), ...workers]
}
