import type { CounterTransaction, TableDefinition } from '../../world/ports.ts'

/** The last sequence given out of each list of changes. Locked by each operation until it commits, so that sequence and commit order agree. */
const SEQUENCE: TableDefinition<number> = { name: 'sequence' }

/** A sequence as a key: padded, so that keys sort as numbers do. */
export const sequenceKey = (sequence: number): string => String(sequence).padStart(12, '0')

/**
 * Appends records to a list of changes in commit order, for whoever keeps a copy. The last thing an operation does: from here
 * to its end no other operation on that list can go on.
 */
export async function appendChanges<R, C>(
  tx: CounterTransaction,
  list: TableDefinition<C>,
  records: readonly R[],
  entry: (sequence: number, record: R) => C,
): Promise<void> {
  const last = await tx.get(SEQUENCE, list.name)
  let sequence = last?.data ?? 0
  for (const record of records) {
    sequence += 1
    await tx.put(list, sequenceKey(sequence), list.name, entry(sequence, record))
  }
  await tx.put(SEQUENCE, list.name, 'sequence', sequence)
}
