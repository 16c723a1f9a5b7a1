import type { Resident, SealCertificateSheet } from '../../contract/index.ts'
import type { World } from '../../world/ports.ts'
import { sealInForce } from '../issuing/entitlement.ts'
import type { SheetFrame, Unstamped } from './sheet-frame.ts'

/** The one sheet of a seal certificate. It is laid out anew each time: what it says may be revoked at any time. @throws Refusal SEAL_NOT_REGISTERED, SEAL_REVOKED */
export async function sealCertificateForm(world: World, frame: SheetFrame, { id, name, birthDate, address }: Resident): Promise<readonly Unstamped<SealCertificateSheet>[]> {
  const { impression } = await sealInForce(world, id)
  return [{ type: 'seal-certificate', k: 1, of: 1, ...frame, address, name, birthDate, impression }]
}
