import { copyInto, SEAL_REPLICA } from '../replica.ts'
import type { SealApplyFactory } from './seal-apply.ts'

/**
 * Repaired, K5b: a registration replaces an older version only. A revoked one stays as a tombstone with its version, or a
 * late older message would find nothing to compare with.
 */
export const newerOnly: SealApplyFactory = () => (world, municipality, seal) =>
  copyInto(
    world,
    { register: 'seals', table: SEAL_REPLICA, municipality, resident: seal.resident, group: seal.resident, record: seal },
    ({ version }) => version >= seal.version,
  )
