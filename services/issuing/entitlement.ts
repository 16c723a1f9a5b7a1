import { Refusal, type RefusalCode, type Resident, type Scope } from '../../contract/index.ts'
import type { World } from '../../world/ports.ts'
import { householdOf, REPLICA } from '../link/replica.ts'

/** The applicant as the replica knows him or her. @throws Refusal NOT_IN_REGISTER */
export async function applicantInReplica(world: World, resident: string): Promise<Resident> {
  const row = await world.database.get(REPLICA, resident)
  if (row === undefined) throw new Refusal('NOT_IN_REGISTER')
  return row.data
}

/**
 * Who is on the certificate: self and the same household may be requested (`domain.md`, section 3). Whole household: all
 * who live there, head first.
 * @throws Refusal NOT_ENTITLED, MOVED_OUT, DECEASED, SUPPORT_MEASURE
 */
export async function entitledPersons(world: World, applicant: Resident, scope: Scope): Promise<readonly Resident[]> {
  refuseStopped(applicant)
  if (scope === 'applicant') return [applicant]
  const household = (await householdOf(world, applicant.household)).filter(({ status }) => status === 'resident')
  const chosen = scope === 'household' ? household : household.filter(({ id }) => scope.includes(id))
  if (scope !== 'household' && chosen.length !== scope.length) throw new Refusal('NOT_ENTITLED')
  chosen.forEach(refuseStopped)
  return chosen
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
