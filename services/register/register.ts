import type { Resident } from '../../contract/index.ts'
import type { Handlers } from '../../world/node.ts'
import type { CounterTransaction, TableDefinition } from '../../world/ports.ts'

/** The resident register of record (住民基本台帳). Group: the household. */
export const RESIDENTS: TableDefinition<Resident> = { name: 'residents' }

/** Every change in commit order, for whoever keeps a copy. The key is the sequence, padded so that it sorts. */
export const CHANGES: TableDefinition<{ readonly sequence: number; readonly resident: Resident }> = { name: 'changes' }

/** The last sequence given out. Locked by each operation until it commits, so that sequence and commit order agree. */
const SEQUENCE: TableDefinition<number> = { name: 'sequence' }
const SEQUENCE_KEY = 'changes'

const sequenceKey = (sequence: number): string => String(sequence).padStart(12, '0')

/** Writes changed residents and appends them to the changes; part of a counter operation's transaction. */
export async function writeChanges(tx: CounterTransaction, residents: readonly Resident[]): Promise<void> {
  for (const resident of residents) await tx.put(RESIDENTS, resident.id, resident.household, resident)
  const last = await tx.get(SEQUENCE, SEQUENCE_KEY)
  let sequence = last?.data ?? 0
  for (const resident of residents) {
    sequence += 1
    await tx.put(CHANGES, sequenceKey(sequence), 'changes', { sequence, resident })
  }
  await tx.put(SEQUENCE, SEQUENCE_KEY, 'sequence', sequence)
}

/** What the register answers to its neighbours: the link's extract, and the stop list. */
export function createRegister(): Handlers {
  return {
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
        found.push({ id, household, status, restricted })
      }
      return { residents: found }
    },
  }
}
