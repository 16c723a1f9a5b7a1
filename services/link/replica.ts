import { HEAD_OF_HOUSEHOLD, type Resident } from '../../contract/index.ts'
import type { TableDefinition, World } from '../../world/ports.ts'

/** The issuing system's copy of the resident register: late by design, carried over by the link. Group: the household. */
export const REPLICA: TableDefinition<Resident> = { name: 'replica.residents' }

/** A household as the replica knows it now, head first. */
export async function householdOf(world: World, household: string): Promise<readonly Resident[]> {
  const rows = await world.database.list(REPLICA, household)
  const members = rows.map(({ data }) => data)
  return [...members.filter(isHead), ...members.filter((member) => !isHead(member))]
}

export const isHead = (resident: Resident): boolean => resident.relation === HEAD_OF_HOUSEHOLD
