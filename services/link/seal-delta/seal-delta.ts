import type { SealRegistration } from '../../../contract/index.ts'
import type { World } from '../../../world/ports.ts'

/** What a run has found changed. */
export interface SealExtract {
  readonly seals: readonly SealRegistration[]
  /** To be called once all of it has been applied: the next run begins where this one ended. */
  done(): Promise<void>
}

/** How a run of the seal link finds what has changed since the one before. */
export interface SealDelta {
  /** @param pageMs pause after each page of a scan */
  extract(world: World, municipality: string, pageMs: number): Promise<SealExtract>
}
export type SealDeltaFactory = () => SealDelta
