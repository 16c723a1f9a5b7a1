import { type AnswerOf, CERTIFICATE_TYPES, type CertificateType, type DocumentAnswer, isFamilyType, type Municipality, Refusal, type RequestOf } from '../../contract/index.ts'
import type { Handlers } from '../../world/node.ts'
import type { World } from '../../world/ports.ts'
import { type Application, APPLICATIONS, end } from './applications.ts'
import { domicileUser, domicileUserFor } from './domicile-users.ts'
import { applicantInReplica, entitledPersons, refuseUnderAge } from './entitlement.ts'
import type { SealApply } from '../link/seal-apply/seal-apply.ts'
import type { StopCheck } from './stop-check/stop-check.ts'

/** The certificate-issuing server of one municipality (証明発行サーバ): entitlement, the application's life, handing over. */
export function createIssuing(municipality: Municipality, stopCheck: StopCheck, applySeal: SealApply): Handlers {
  return {
    offer: async (world, { applicant }) => {
      if (applicant.elsewhere === true) return offerElsewhere(world, municipality, applicant.resident)
      const record = await applicantInReplica(world, applicant.resident)
      refuseUnderAge(record, municipality.minimumAge ?? MINIMUM_AGE, world.clock.today())
      const members = await entitledPersons(world, record, { type: 'residence-record', scope: 'household' })
      return { types: offeredTypes(municipality), members: members.map(({ id, name }) => ({ id, name })) }
    },
    issue: async (world, request) => ({ application: request.application, state: await receive(world, municipality, stopCheck, request) }),
    issued: (world, { application }) => document(world, municipality, stopCheck, application),
    issueOutcome: async (world, { application, outcome }) => {
      const state = await end(world, application, outcome === 'cancelled' ? 'cancelled' : 'closed')
      if (state === undefined) throw new Refusal('APPLICATION_UNKNOWN')
      return { application, state }
    },
    sealNotice: async (world, { seal }) => ({ version: await applySeal(world, municipality.code, seal) }),
  }
}

/** Somebody who lives elsewhere is offered certificates of the family register, and nobody's but his or her own. */
async function offerElsewhere(world: World, municipality: Municipality, resident: string): Promise<AnswerOf<'offer'>> {
  const types = offeredTypes(municipality).filter(isFamilyType)
  if (types.length === 0) throw new Refusal('NOT_IN_REGISTER')
  refuseUnderAge(await domicileUser(world, resident), municipality.minimumAge ?? MINIMUM_AGE, world.clock.today())
  return { types, members: [] }
}

/** Where a municipality sets none (`domain.md`, section 2). */
const MINIMUM_AGE = 15

const offeredTypes = ({ feesYen }: Municipality): CertificateType[] => CERTIFICATE_TYPES.filter((type) => feesYen[type] !== undefined)

/**
 * Takes an application in and queues its print job. Both are done once, however often the kiosk sends it: the row by its
 * key, the job by its id, so a crash between the two is mended by the next try.
 */
async function receive(world: World, municipality: Municipality, stopCheck: StopCheck, request: RequestOf<'issue'>): Promise<Application['state']> {
  const { application, kiosk, applicant, wish } = request
  const known = await world.database.get(APPLICATIONS, application)
  if (known === undefined) {
    const record = applicant.elsewhere === true ? undefined : await applicantInReplica(world, applicant.resident)
    const feeYen = municipality.feesYen[wish.type]
    if (feeYen === undefined) throw new Refusal('TYPE_NOT_OFFERED')
    if (record === undefined) await domicileUserFor(world, applicant.resident, wish)
    else {
      const persons = await entitledPersons(world, record, wish)
      await stopCheck.check(world, municipality.code, { type: wish.type, applicant: record.id, persons: persons.map(({ id }) => id) })
    }
    const first = await world.database.insert(APPLICATIONS, application, kiosk, {
      kiosk,
      applicant,
      wish,
      issueNumber: world.ids.next('no', municipality.code),
      feeYen: feeYen * wish.copies,
      state: 'received',
      attempt: 0,
      receivedMs: world.clock.now(),
    })
    // Another request under the same key was faster: what counts is what stands there now, and whose it is.
    if (!first) return receive(world, municipality, stopCheck, request)
  } else if (known.data.applicant.resident !== applicant.resident) throw new Refusal('APPLICATION_UNKNOWN')
  const state = known?.data.state ?? 'received'
  if (state === 'received') await world.queue.add('print', { id: application })
  return state
}

/** The document, once it is there. What must stop it is asked again now, since the kiosk may have waited long. */
async function document(world: World, municipality: Municipality, stopCheck: StopCheck, id: string): Promise<DocumentAnswer> {
  const row = await world.database.get(APPLICATIONS, id)
  if (row === undefined) throw new Refusal('APPLICATION_UNKNOWN')
  const { state, code, applicant, wish, persons = [], image, feeYen } = row.data
  if (state === 'failed') throw new Refusal(code ?? 'SERVER_ERROR')
  if (state === 'cancelled' || state === 'closed') throw new Refusal('USER_CANCELLED')
  if (state !== 'ready') return { state: 'pending' }
  // Of somebody who lives elsewhere no register here has anything that could stop it.
  if (applicant.elsewhere !== true) await stopCheck.check(world, municipality.code, { type: wish.type, applicant: applicant.resident, persons })
  return { state: 'ready', feeYen, image: image ?? NO_PAGES }
}

/** What an application holds that became ready with nothing in it. */
const NO_PAGES = { digest: '', pages: 0, body: '' } as const
