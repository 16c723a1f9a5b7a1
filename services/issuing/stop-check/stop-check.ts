import type { CertificateType } from '../../../contract/index.ts'
import type { World } from '../../../world/ports.ts'

/** What is about to be issued, to whom, and whose records are on it (register keys). */
export interface StopQuestion {
  readonly type: CertificateType
  readonly applicant: string
  readonly persons: readonly string[]
}

/** The question whether something stands against issuing these people's records that the replica may not know yet. */
export interface StopCheck {
  /** @throws Refusal MOVED_OUT, MOVE_OUT_NOTICE, DECEASED, SUPPORT_MEASURE, NOT_ENTITLED, SEAL_NOT_REGISTERED, SEAL_REVOKED */
  check(world: World, municipality: string, application: StopQuestion): Promise<void>
}
export type StopCheckFactory = () => StopCheck
