import { type CardFace, Refusal } from '../../contract/index.ts'
import type { Handlers } from '../../world/node.ts'
import type { TableDefinition, World } from '../../world/ports.ts'
import { authenticate, CHALLENGES } from './cards.ts'
import { refuseOutOfHours } from './hours.ts'

/** A person at a kiosk, from the signed challenge on. Group: the kiosk. */
interface Session {
  readonly kiosk: string
  readonly municipality: string
  readonly resident: string
  readonly face: CardFace
}
const SESSIONS: TableDefinition<Session> = { name: 'sessions' }

/** Which session an application belongs to: nobody else gets at it. */
const APPLICATION_SESSIONS: TableDefinition<{ readonly session: string }> = { name: 'application-sessions' }

/** The certificate issuance centre (証明書交付センター): authenticates cards, and relays between kiosks and municipalities. */
export function createCentre(): Handlers {
  return {
    challenge: async (world, { kiosk }) => {
      const challenge = world.crypto.nonce(kiosk)
      await world.database.insert(CHALLENGES, challenge, kiosk, { kiosk, used: false })
      return { challenge }
    },
    openSession: async (world, request) => {
      refuseOutOfHours(world.clock)
      const { resident, municipality } = await authenticate(world, request)
      if (municipality !== request.municipality) throw new Refusal('MUNICIPALITY_NOT_PARTICIPATING')
      const { face } = request.card
      const offer = await world.network.call('offer', municipality, { applicant: { resident, face } })
      const session = world.ids.next('session', request.kiosk)
      await world.database.insert(SESSIONS, session, request.kiosk, { kiosk: request.kiosk, municipality, resident, face })
      return { session, ...offer }
    },
    apply: async (world, { application, session, wish }) => {
      refuseOutOfHours(world.clock)
      const { kiosk, municipality, resident, face } = await sessionOf(world, session)
      await world.database.insert(APPLICATION_SESSIONS, application, session, { session })
      await refuseForeign(world, application, session)
      return world.network.call('issue', municipality, { application, kiosk, applicant: { resident, face }, wish })
    },
    fetchDocument: async (world, { application, session }) => {
      const { municipality } = await sessionOf(world, session)
      await refuseForeign(world, application, session)
      return world.network.call('issued', municipality, { application })
    },
    reportOutcome: async (world, { application, session, outcome }) => {
      const { municipality } = await sessionOf(world, session)
      await refuseForeign(world, application, session)
      return world.network.call('issueOutcome', municipality, { application, outcome })
    },
  }
}

/** @throws Refusal SESSION_UNKNOWN */
async function sessionOf(world: World, session: string): Promise<Session> {
  const row = await world.database.get(SESSIONS, session)
  if (row === undefined) throw new Refusal('SESSION_UNKNOWN')
  return row.data
}

/** @throws Refusal APPLICATION_UNKNOWN for an application of another session */
async function refuseForeign(world: World, application: string, session: string): Promise<void> {
  const row = await world.database.get(APPLICATION_SESSIONS, application)
  if (row?.data.session !== session) throw new Refusal('APPLICATION_UNKNOWN')
}
