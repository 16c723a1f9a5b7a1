import { describe, expect, it } from 'vitest'
import { put } from '../../services/rows.ts'
import type { Database, Row, TableDefinition, World } from '../../world/ports.ts'
import { replaced } from './replaced.ts'
import { ISSUING_NODE, runSmall } from './small-system.ts'

const TABLE: TableDefinition<string> = { name: 'words' }

/** What stands under the key after `put`, somebody else having written so often between its reading and its writing. */
async function written(already: readonly string[], inBetween: readonly string[]): Promise<Row<string> | undefined> {
  const { result } = await runSmall({}, async ({ stage }) => {
    const world = stage.world(ISSUING_NODE)
    for (const word of already) await put(world, TABLE, 'key', word)
    const others = [...inBetween]
    const get: Database['get'] = async (table, key) => {
      const row = await world.database.get(table, key)
      const other = others.shift()
      if (other !== undefined) await put(world, TABLE, 'key', other)
      return row
    }
    await put(replaced<World>(world, { database: replaced<Database>(world.database, { get }) }), TABLE, 'key', 'mine')
    return world.database.get(TABLE, 'key')
  })
  return result
}

describe('a row that is put', () => {
  it.each([
    ['where there was none', [], [], 1],
    ['over what stood there', ['before'], [], 2],
    ['though somebody inserts one meanwhile', [], ['theirs'], 2],
    ['though somebody changes it meanwhile', ['before'], ['theirs'], 3],
    ['though it changes again and again', [], ['one', 'two', 'three'], 4],
  ])('is there afterwards, %s', async (_, already, inBetween, version) => {
    expect(await written(already, inBetween)).toMatchObject({ data: 'mine', group: 'key', version })
  })
})
