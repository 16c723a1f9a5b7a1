import type { World } from '../../../world/ports.ts'

/** How runs of the link and print jobs keep out of each other's way. */
export interface ReplicaLock {
  /** Makes a run of the link. */
  during(world: World, run: () => Promise<void>): Promise<void>
  /** Called by a print job before it reads the replica. */
  pass(world: World): Promise<void>
}
export type ReplicaLockFactory = () => ReplicaLock
