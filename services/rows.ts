import type { TableDefinition, World } from '../world/ports.ts'

/** Writes a row of a table whose keys are their own groups, over whatever may stand there. */
export async function put<T>(world: World, table: TableDefinition<T>, key: string, data: T): Promise<void> {
  for (;;) {
    const row = await world.database.get(table, key)
    const done = row === undefined ? await world.database.insert(table, key, key, data) : await world.database.replace(table, row, data)
    if (done) return
  }
}
