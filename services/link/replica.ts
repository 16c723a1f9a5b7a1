import { HEAD_OF_HOUSEHOLD, type RegisterName, type Resident, type SealRegistration } from '../../contract/index.ts'
import type { TableDefinition, World } from '../../world/ports.ts'

/** The issuing system's copy of the resident register: late by design, carried over by the link. Group: the household. */
export const REPLICA: TableDefinition<Resident> = { name: 'replica.residents' }

/** The issuing system's copy of the seal register. Key and group: the resident. */
export const SEAL_REPLICA: TableDefinition<SealRegistration> = { name: 'replica.seals' }

/** A record's place in a replica. */
export interface Copy<T> {
  readonly register: RegisterName
  readonly table: TableDefinition<T>
  readonly municipality: string
  readonly resident: string
  readonly group: string
  readonly record: T
}

/** Puts a record into a replica, unless what stands there `stays`; gives the version that stands there then. */
export async function copyInto<T extends { readonly version: number }>(
  world: World,
  { register, table, municipality, resident, group, record }: Copy<T>,
  stays: (present: T) => boolean,
): Promise<number> {
  for (;;) {
    const row = await world.database.get(table, resident)
    if (row !== undefined && stays(row.data)) return row.data.version
    // The group is what the replica lists by, so a change of household has to move the row.
    const done =
      row === undefined
        ? await world.database.insert(table, resident, group, record)
        : await world.database.replace(table, { ...row, group }, record)
    if (!done) continue
    world.history.record({ type: 'info', f: 'replica', municipality, register, resident, version: record.version })
    return record.version
  }
}

/** A household as the replica knows it now, head first. */
export async function householdOf(world: World, household: string): Promise<readonly Resident[]> {
  const rows = await world.database.list(REPLICA, household)
  const members = rows.map(({ data }) => data)
  return [...members.filter(isHead), ...members.filter((member) => !isHead(member))]
}

export const isHead = (resident: Resident): boolean => resident.relation === HEAD_OF_HOUSEHOLD
