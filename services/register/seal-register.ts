import type { SealRegistration } from '../../contract/index.ts'
import type { Handlers } from '../../world/node.ts'
import type { CounterTransaction, TableDefinition } from '../../world/ports.ts'
import { appendChanges, sequenceKey } from './changes.ts'

/** A registration with the time that the operation which wrote it began, as a database stamps rows by a transaction's time. */
export interface SealRow {
  readonly seal: SealRegistration
  readonly stampedMs: number
}

/** The seal register of record (印鑑登録原票). Key and group: the resident. */
export const SEALS: TableDefinition<SealRow> = { name: 'seals' }

/** Every change of it in commit order. The key is the sequence, padded so that it sorts. */
const SEAL_CHANGES: TableDefinition<{ readonly sequence: number; readonly seal: SealRegistration }> = { name: 'seal-changes' }

/** Writes a registration and appends it to the changes; part of a counter operation's transaction. */
export async function writeSeal(tx: CounterTransaction, row: SealRow): Promise<void> {
  const { resident } = row.seal
  await tx.put(SEALS, resident, resident, row)
  await appendChanges(tx, SEAL_CHANGES, [row.seal], (sequence, seal) => ({ sequence, seal }))
}

/** What the seal register answers to the seal link: changes in commit order, or a page of all rows stamped after a time. */
export const sealRegisterHandlers = (): Pick<Handlers, 'sealChanges' | 'sealScan'> => ({
  sealChanges: async (world, { after, limit }) => {
    const rows = await world.database.range(SEAL_CHANGES, sequenceKey(after), limit)
    return { changes: rows.map(({ data }) => data) }
  },
  sealScan: async (world, { stampedAfterMs, after, limit }) => {
    const rows = await world.database.range(SEALS, after, limit)
    const seals = rows.filter(({ data }) => stampedAfterMs === undefined || data.stampedMs > stampedAfterMs).map(({ data }) => data.seal)
    const last = rows.length < limit ? undefined : rows.at(-1)
    return { seals, ...(last === undefined ? {} : { next: last.key }) }
  },
})
