import { type Applicant, type Municipality, Refusal } from '../../contract/index.ts'
import type { Handlers } from '../../world/node.ts'
import type { TableDefinition, World } from '../../world/ports.ts'
import { authenticate, CHALLENGES } from './cards.ts'
import { refuseClosed, refuseOutOfHours } from './hours.ts'

/** A person at a kiosk, from the signed challenge on. Group: the kiosk. */
interface Session {
  readonly kiosk: string
  readonly municipality: string
  readonly applicant: Applicant
  readonly openedMs: number
}
const SESSIONS: TableDefinition<Session> = { name: 'sessions' }

/** Which session an application belongs to: nobody else gets at it. */
const APPLICATION_SESSIONS: TableDefinition<{ readonly session: string }> = { name: 'application-sessions' }

/** So long after the card was read an application may be made: the person who signed has to be the one who chooses. Ours. */
const APPLY_WITHIN_MS = 1_800_000

/** What the centre is put up with. */
export interface CentreSettings {
  /** The public key of the certificate authority. */
  readonly authorityKey: string
  /** The municipalities that take part. */
  readonly municipalities: readonly Municipality[]
}

/** The certificate issuance centre (証明書交付センター): authenticates cards, and relays between kiosks and municipalities. */
export function createCentre({ authorityKey, municipalities }: CentreSettings): Handlers {
  const participating = (code: string): Municipality => {
    const municipality = municipalities.find((one) => one.code === code)
    if (municipality === undefined) throw new Refusal('MUNICIPALITY_NOT_PARTICIPATING')
    return municipality
  }
  return {
    challenge: async (world, { kiosk }) => {
      const challenge = world.crypto.nonce(kiosk)
      await world.database.insert(CHALLENGES, challenge, kiosk, { kiosk, used: false })
      return { challenge }
    },
    openSession: async (world, request) => {
      refuseOutOfHours(world.clock)
      refuseClosed(world.clock, participating(request.municipality))
      const { resident, municipality, continued } = await authenticate(world, authorityKey, request)
      if (!continued) throw new Refusal('MOVED_IN_NOT_CONTINUED')
      // Who lives elsewhere may come for the family register: whether that is so, the municipality says that keeps it.
      const applicant: Applicant = { resident, face: request.card.face, ...(municipality === request.municipality ? {} : { elsewhere: true }) }
      const offer = await world.network.call('offer', request.municipality, { applicant })
      const session = world.ids.next('session', request.kiosk)
      await world.database.insert(SESSIONS, session, request.kiosk, { kiosk: request.kiosk, municipality: request.municipality, applicant, openedMs: world.clock.now() })
      return { session, ...offer }
    },
    apply: async (world, { application, session, wish }) => {
      refuseOutOfHours(world.clock)
      const { kiosk, municipality, applicant, openedMs } = await sessionOf(world, session)
      if (world.clock.now() - openedMs > APPLY_WITHIN_MS) throw new Refusal('SESSION_UNKNOWN')
      refuseClosed(world.clock, participating(municipality), wish.type)
      await world.database.insert(APPLICATION_SESSIONS, application, session, { session })
      await refuseForeign(world, application, session)
      return world.network.call('issue', municipality, { application, kiosk, applicant, wish })
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
