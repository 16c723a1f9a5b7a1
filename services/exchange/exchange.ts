import { type FamilyQuestion, type FamilyRegister, Refusal } from '../../contract/index.ts'
import type { Handlers } from '../../world/node.ts'
import type { TableDefinition } from '../../world/ports.ts'
import { put } from '../rows.ts'

/** What is said of a request besides its question: the answer says the same. */
export interface RequestHead {
  /** The application for which it is asked, where the request says so. */
  readonly application?: string
}

/** Requests to the family-register system, as the issuing system lays them down. */
export const REQUESTS: TableDefinition<RequestHead & { readonly question: FamilyQuestion }> = { name: 'exchange.requests' }

/** Its answers, each under the key of its request. */
export const ANSWERS: TableDefinition<RequestHead & { readonly register: FamilyRegister }> = { name: 'exchange.answers' }

/**
 * The exchange: the program that links the issuing system with the family-register system, by two tables. Told of a request it opens
 * a session with the other system, which takes a while, puts the question that lies under that key, and lays the answer down.
 * @param sessionMs how long opening a session takes, in scenario milliseconds
 */
export const createExchange = (municipality: string, sessionMs: number): Handlers => ({
  /** @throws Refusal NOT_IN_REGISTER, SERVER_ERROR */
  exchange: async (world, { request }) => {
    if (sessionMs > 0) await world.clock.sleep(sessionMs)
    const row = await world.database.get(REQUESTS, request)
    if (row === undefined) throw new Refusal('SERVER_ERROR')
    const { question, ...head } = row.data
    const { register } = await world.network.call('familyRecords', municipality, question)
    await put(world, ANSWERS, request, { ...head, register })
    return {}
  },
})
