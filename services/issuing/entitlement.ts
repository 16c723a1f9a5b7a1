import { isFamilyType, isTaxType, Refusal, type RefusalCode, type Resident, type SealRegistration, type Wish } from '../../contract/index.ts'
import { ageOn } from '../../world/calendar.ts'
import type { World } from '../../world/ports.ts'
import { taxRecord } from './taxes.ts'
import { householdOf, REPLICA, SEAL_REPLICA } from '../link/replica.ts'

/** The applicant as the replica knows him or her. @throws Refusal NOT_IN_REGISTER */
export async function applicantInReplica(world: World, resident: string): Promise<Resident> {
  const row = await world.database.get(REPLICA, resident)
  if (row === undefined) throw new Refusal('NOT_IN_REGISTER')
  return row.data
}

/**
 * Who is on the certificate (`domain.md`, section 3). Residence record: self and the same household may be requested; whole
 * household: all who live there, head first. Seal certificate: self only, with a registration in force. Family register: only the
 * applicant is somebody of whom the replica can say anything; who else stands in it the family-register system knows. Taxes: self
 * only, of the newest year. A move-out notice of anybody in the household blocks all of it.
 * @throws Refusal NOT_ENTITLED, MOVED_OUT, MOVE_OUT_NOTICE, DECEASED, SUPPORT_MEASURE, SEAL_NOT_REGISTERED, SEAL_REVOKED,
 *   TAX_OLD_YEAR, TAX_NOT_RESIDENT_ON_1_JANUARY, TAX_NO_RECORD
 */
export async function entitledPersons(world: World, applicant: Resident, wish: Pick<Wish, 'type' | 'scope' | 'fiscalYear'>): Promise<readonly Resident[]> {
  const { type, scope } = wish
  refuseStopped(applicant)
  const members = await householdOf(world, applicant.household)
  if (members.some(isMovingOut)) throw new Refusal('MOVE_OUT_NOTICE')
  if (type === 'seal-certificate') {
    if (scope !== 'applicant') throw new Refusal('NOT_ENTITLED')
    await sealInForce(world, applicant.id)
  }
  if (isTaxType(type)) {
    if (scope !== 'applicant') throw new Refusal('NOT_ENTITLED')
    await taxRecord(world, applicant, wish)
  }
  if (scope === 'applicant' || isFamilyType(type)) return [applicant]
  const household = members.filter(({ status }) => status === 'resident')
  const chosen = scope === 'household' ? household : household.filter(({ id }) => scope.includes(id))
  if (scope !== 'household' && chosen.length !== scope.length) throw new Refusal('NOT_ENTITLED')
  chosen.forEach(refuseStopped)
  return chosen
}

/** @throws Refusal UNDER_AGE where the applicant has not reached the municipality's minimum age. */
export function refuseUnderAge({ birthDate }: Pick<Resident, 'birthDate'>, minimumAge: number, today: string): void {
  if (ageOn(birthDate, today) < minimumAge) throw new Refusal('UNDER_AGE')
}

/** A notice is in force until the move is registered, be its day near or past. */
const isMovingOut = ({ status, movingOutOn }: Resident): boolean => status === 'resident' && movingOutOn !== undefined

/** The seal registration as the replica knows it. @throws Refusal SEAL_NOT_REGISTERED, SEAL_REVOKED */
export async function sealInForce(world: World, resident: string): Promise<SealRegistration> {
  const row = await world.database.get(SEAL_REPLICA, resident)
  if (row?.data.status !== 'active') throw new Refusal(row === undefined ? 'SEAL_NOT_REGISTERED' : 'SEAL_REVOKED')
  return row.data
}

/** @throws Refusal where a stop-class fact stands against issuing anything about this person. */
export function refuseStopped({ status, restricted }: Pick<Resident, 'status' | 'restricted'>): void {
  const code = stopCode(status, restricted)
  if (code !== undefined) throw new Refusal(code)
}

function stopCode(status: string, restricted: boolean): RefusalCode | undefined {
  if (status === 'moved-out') return 'MOVED_OUT'
  if (status === 'deceased') return 'DECEASED'
  return restricted ? 'SUPPORT_MEASURE' : undefined
}
