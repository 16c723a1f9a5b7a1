import type { World } from '../../../world/ports.ts'

/** The question whether something stands against issuing these people's records that the replica may not know yet. */
export interface StopCheck {
  /** @throws Refusal MOVED_OUT, DECEASED, SUPPORT_MEASURE, NOT_ENTITLED */
  check(world: World, municipality: string, applicant: string, persons: readonly string[]): Promise<void>
}
export type StopCheckFactory = () => StopCheck
