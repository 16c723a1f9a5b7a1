import type { Resident, SealRegistration } from '../../contract/index.ts'
import type { CounterTransaction, World } from '../../world/ports.ts'

/** What the registers say afterwards of whom an operation changed. */
export interface Written {
  readonly residents: Resident[]
  readonly seals?: SealRegistration[]
}

/** Runs an operation at the counter as one transaction, between its `invoke` and its `ok` or `fail` in the history. */
export async function operation<T>(
  world: World,
  words: string,
  residents: readonly string[],
  written: (after: T) => Written,
  body: (tx: CounterTransaction) => Promise<T>,
): Promise<T> {
  const begun = world.history.record({ type: 'invoke', f: 'counter', operation: words, residents: [...residents] })
  try {
    const after = await world.database.transaction(words, body)
    world.history.record({ type: 'ok', f: 'counter', operation: words, ...written(after), because: [begun] })
    return after
  } catch (error) {
    world.history.record({ type: 'fail', f: 'counter', operation: words, because: [begun] })
    throw error
  }
}
