import type { SealRegistration } from '../../../contract/index.ts'
import type { World } from '../../../world/ports.ts'

/** Puts a registration that has arrived at the issuing system into its replica; gives the version that stands there then. */
export type SealApply = (world: World, municipality: string, seal: SealRegistration) => Promise<number>
export type SealApplyFactory = () => SealApply
