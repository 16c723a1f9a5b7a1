import { Refusal } from '../../../contract/index.ts'
import { oneSlot } from './one-slot.ts'
import type { PassingFactory } from './passing.ts'

/**
 * A half-fix of K4: what arrives is counted.
 *
 * Who would have written it: whoever heard that a sheet of three had come out alone. It looked right because a document that has lost
 * or gained a sheet is stopped. But each line takes out of the slot as often as it puts in, so that the number is always right.
 */
export const counted: PassingFactory = (settings) => {
  const slot = oneSlot(settings)
  return {
    async pass(world, type, sheets) {
      const arrived = await slot.pass(world, type, sheets)
      if (arrived.length !== sheets.length) throw new Refusal('SERVER_ERROR')
      return arrived
    },
  }
}
