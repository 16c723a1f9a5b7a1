import type { NodeDefinition, Role } from '../../node.ts'

/** What one process hosts, and what `--nodes` names. */
export type NodeGroup = 'centre' | 'issuing' | 'print'

/** With whom the nodes of a role are hosted: a new role is one line here. Kiosks are no part of the system that is hosted. */
const HOSTED_WITH: Readonly<Record<Exclude<Role, 'kiosk'>, NodeGroup>> = {
  centre: 'centre',
  authority: 'centre',
  register: 'issuing',
  issuing: 'issuing',
  link: 'issuing',
  print: 'print',
  // Asked by workers alone, and by each other.
  exchange: 'print',
  family: 'print',
}

interface GroupNeeds {
  /** Its nodes add to the queue or take from it. */
  readonly queue: boolean
  /** Whom its nodes call, in other processes. */
  readonly peers: readonly NodeGroup[]
}

/** What a process needs besides the database. */
export const NODE_GROUPS: Readonly<Record<NodeGroup, GroupNeeds>> = {
  centre: { queue: false, peers: ['issuing'] },
  issuing: { queue: true, peers: [] },
  print: { queue: true, peers: [] },
}

export const isNodeGroup = (name: string): name is NodeGroup => Object.hasOwn(NODE_GROUPS, name)

/** The group that hosts a node. @throws RangeError for a kiosk */
export function groupOf({ name, role }: NodeDefinition): NodeGroup {
  if (role === 'kiosk') throw new RangeError(`${name} is a kiosk, which nobody hosts`)
  return HOSTED_WITH[role]
}

/** Where a node's paths begin on the server of its process: the centre's at the root, as kiosks know them. */
export const prefixOf = ({ role, municipality }: NodeDefinition): string =>
  role === 'centre' ? '' : `/${role}${municipality === undefined ? '' : `/${municipality}`}`
