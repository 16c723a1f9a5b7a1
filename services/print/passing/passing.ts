import type { CertificateType, Sheet } from '../../../contract/index.ts'
import type { World } from '../../../world/ports.ts'

/** How the sheets of a document come from layout to the print engine. */
export interface Passing {
  /** What arrives there of so many sheets. @throws Refusal SERVER_ERROR */
  pass(world: World, type: CertificateType, sheets: readonly Sheet[]): Promise<readonly Sheet[]>
}
export interface PassingSettings {
  /** How long a sheet lies before the engine looks for it, in scenario milliseconds. */
  readonly lookMs: number
}
export type PassingFactory = (settings: PassingSettings) => Passing
