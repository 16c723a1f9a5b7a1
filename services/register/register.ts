import type { Resident } from '../../contract/index.ts'
import type { Handlers } from '../../world/node.ts'
import type { CounterTransaction, TableDefinition } from '../../world/ports.ts'
import { appendChanges, sequenceKey } from './changes.ts'
import { SEALS, sealRegisterHandlers } from './seal-register.ts'

/** The resident register of record (住民基本台帳). Group: the household. */
export const RESIDENTS: TableDefinition<Resident> = { name: 'residents' }

/** Every change in commit order, for whoever keeps a copy. The key is the sequence, padded so that it sorts. */
export const CHANGES: TableDefinition<{ readonly sequence: number; readonly resident: Resident }> = { name: 'changes' }

/** Writes changed residents and appends them to the changes; part of a counter operation's transaction. */
export async function writeChanges(tx: CounterTransaction, residents: readonly Resident[]): Promise<void> {
  for (const resident of residents) await tx.put(RESIDENTS, resident.id, resident.household, resident)
  await appendChanges(tx, CHANGES, residents, (sequence, resident) => ({ sequence, resident }))
}

/** What the register answers to its neighbours: the links' extracts, and the stop list. */
export function createRegister(): Handlers {
  return {
    ...sealRegisterHandlers(),
    changes: async (world, { after, limit }) => {
      const rows = await world.database.range(CHANGES, sequenceKey(after), limit)
      return { changes: rows.map(({ data }) => data) }
    },
    stopList: async (world, { residents }) => {
      const found = []
      for (const id of residents) {
        const row = await world.database.get(RESIDENTS, id)
        if (row === undefined) continue
        const { household, status, restricted } = row.data
        const members = await world.database.list(RESIDENTS, household)
        const movingOut = members.some(({ data }) => data.status === 'resident' && data.movingOutOn !== undefined)
        const seal = await world.database.get(SEALS, id)
        found.push({ id, household, status, restricted, movingOut, ...(seal === undefined ? {} : { seal: seal.data.seal.status }) })
      }
      return { residents: found }
    },
  }
}
