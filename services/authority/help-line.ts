import { type CertificateStatus, Refusal } from '../../contract/index.ts'
import type { World } from '../../world/ports.ts'
import { CERTIFICATES } from './authority.ts'

/** What the help line does to a certificate, in the history's words. */
const WORDS: Readonly<Record<CertificateStatus, string>> = {
  suspended: 'suspend certificate',
  revoked: 'revoke certificate',
  good: 'lift suspension',
}

/**
 * The help line for lost cards (紛失・一時停止): an operation on one certificate, recorded with what stands afterwards. What is
 * revoked stays so.
 * @throws Refusal CARD_UNREADABLE for a certificate that nobody issued, CERTIFICATE_REVOKED
 */
export async function setCertificate(world: World, serial: string, status: CertificateStatus): Promise<void> {
  const operation = WORDS[status]
  const known = await world.database.get(CERTIFICATES, serial)
  const residents = known === undefined ? [] : [known.data.resident]
  const begun = world.history.record({ type: 'invoke', f: 'counter', operation, residents })
  try {
    const resident = await world.database.transaction(operation, async (tx) => {
      const row = await tx.get(CERTIFICATES, serial)
      if (row === undefined) throw new Refusal('CARD_UNREADABLE')
      if (row.data.status === 'revoked') throw new Refusal('CERTIFICATE_REVOKED')
      await tx.put(CERTIFICATES, serial, serial, { ...row.data, status })
      return row.data.resident
    })
    world.history.record({ type: 'ok', f: 'counter', operation, residents: [], certificates: [{ resident, status }], because: [begun] })
  } catch (error) {
    world.history.record({ type: 'fail', f: 'counter', operation, because: [begun] })
    throw error
  }
}
