import type { NodeGroup } from '../host/groups.ts'

/** One kind of process of the cluster, and how many there are of it. */
export interface ClusterPart {
  readonly name: string
  readonly nodes: NodeGroup
  readonly processes: number
  /** The others whose URLs it is given. */
  readonly peers: readonly NodeGroup[]
}

/** The cluster as `npm run cluster` and `docker-compose.yml` start it; a test holds the two together. */
export const TOPOLOGY: readonly ClusterPart[] = [
  { name: 'centre', nodes: 'centre', processes: 1, peers: ['issuing'] },
  { name: 'issuing', nodes: 'issuing', processes: 1, peers: [] },
  { name: 'print', nodes: 'print', processes: 2, peers: [] },
]

/** How Redis is started: what it has been told is written before it answers, so that killing it loses nothing; a machine that dies may lose a second. */
export const REDIS_ARGUMENTS = ['--appendonly', 'yes', '--appendfsync', 'everysec', '--save', ''] as const
