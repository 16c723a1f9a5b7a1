import { Refusal } from '../../../contract/index.ts'
import { refuseStopped } from '../entitlement.ts'
import type { StopCheckFactory } from './stop-check.ts'

/**
 * Asks the register of record itself for what must stop an issue at once: moved out or about to, deceased, restricted, left
 * the household, seal revoked. Everything else may be as late as the link is.
 */
export const stopList: StopCheckFactory = () => ({
  async check(world, municipality, { type, applicant, persons }) {
    const asked = [...new Set([applicant, ...persons])]
    const { residents } = await world.network.call('stopList', municipality, { residents: asked })
    const household = residents.find(({ id }) => id === applicant)?.household
    if (household === undefined || residents.length !== asked.length) throw new Refusal('NOT_IN_REGISTER')
    for (const resident of residents) {
      refuseStopped(resident)
      if (resident.movingOut) throw new Refusal('MOVE_OUT_NOTICE')
      if (resident.household !== household) throw new Refusal('NOT_ENTITLED')
      if (type === 'seal-certificate' && resident.seal !== 'active') throw new Refusal(resident.seal === undefined ? 'SEAL_NOT_REGISTERED' : 'SEAL_REVOKED')
    }
  },
})
