import { copyInto, SEAL_REPLICA } from '../replica.ts'
import type { SealApplyFactory } from './seal-apply.ts'

/**
 * As deployed, K5b (a reconstruction): whatever arrives is the whole row as it stood, so it is written as it is.
 *
 * Who would have written it: whoever had a replica fed by one nightly file, to which notices from the seal desk were added
 * later. It looked right because each message is complete in itself and none needs the one before it, and because with one
 * sender the last message to arrive is the last one sent. With two ways of different length it is not.
 */
export const asItComes: SealApplyFactory = () => (world, municipality, seal) =>
  copyInto(
    world,
    { register: 'seals', table: SEAL_REPLICA, municipality, resident: seal.resident, group: seal.resident, record: seal },
    () => false,
  )
