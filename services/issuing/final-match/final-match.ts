import type { Image } from '../../../contract/index.ts'
import type { World } from '../../../world/ports.ts'
import type { Application } from '../applications.ts'

/** The comparison of the finished print image with the application, just before it is handed over. */
export interface FinalMatch {
  /** @throws Refusal PRINT_MISMATCH where they do not agree */
  check(world: World, application: Application, image: Image | undefined): Promise<void>
}
export type FinalMatchFactory = () => FinalMatch
