import { Refusal } from '../../../contract/index.ts'
import { ANSWERS, REQUESTS } from '../exchange.ts'
import type { RequestsFactory } from './request.ts'

/**
 * Repaired, K3: a request has an identity that no other can have, the attempt at an application, and is put down only where nothing
 * stands under it; the answer says for which application it is, and that is compared.
 */
export const ownId: RequestsFactory = () => ({
  async ask(world, municipality, { application, attempt, question }) {
    const key = `${application}#${String(attempt)}`
    world.history.record({ type: 'info', f: 'key', what: 'exchange request', key, application })
    if (!(await world.database.insert(REQUESTS, key, key, { application, question }))) throw new Refusal('SERVER_ERROR')
    await world.network.call('exchange', municipality, { request: key })
    const answer = await world.database.get(ANSWERS, key)
    const names = answer?.data.application
    if (answer === undefined || names !== application) throw new Refusal('SERVER_ERROR')
    world.history.record({ type: 'info', f: 'answer', key, application, names, compared: true })
    return answer.data.register
  },
})
