import type { Resident, SealCertificateSheet } from '../../contract/index.ts'
import type { World } from '../../world/ports.ts'
import { sealInForce } from '../issuing/entitlement.ts'
import type { SheetFrame } from './sheet-frame.ts'

/** The one sheet of a seal certificate. @throws Refusal SEAL_NOT_REGISTERED, SEAL_REVOKED */
export async function sealCertificateSheets(world: World, frame: SheetFrame, { id, name, birthDate }: Resident): Promise<readonly SealCertificateSheet[]> {
  const { impression } = await sealInForce(world, id)
  return [{ type: 'seal-certificate', k: 1, of: 1, ...frame, name, birthDate, impression }]
}
