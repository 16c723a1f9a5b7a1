import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectDatabase, type DatabaseConnection } from '../../../world/live/connection.ts'
import { createLiveDatabase } from '../../../world/live/database.ts'
import { dropSchema, prepareSchema, schemaName, seedRows } from '../../../world/live/schema.ts'
import { NodeLife } from '../../../world/live/task.ts'
import type { Database, TableDefinition } from '../../../world/ports.ts'
import { testDatabaseUrl } from '../../support/postgres.ts'
import { describeDatabaseContract } from '../contract/database.ts'
import { onRunningClock, printTask } from './live-subject.ts'

const TABLE: TableDefinition<{ readonly count: number }> = { name: 'entries' }
const schema = `test_${randomUUID().replaceAll('-', '')}`
let connection: DatabaseConnection
let sites = 0

beforeAll(async () => {
  connection = await connectDatabase({ url: await testDatabaseUrl() })
  await prepareSchema(connection.kysely, schema)
})
afterAll(async () => {
  await dropSchema(connection.kysely, schema)
  await connection.close()
})

const databaseOf = (site: string, life = new NodeLife()): Database =>
  createLiveDatabase({ task: printTask(1, undefined, life), kysely: connection.kysely, schema, site })

describeDatabaseContract('the live world', () => {
  const site = `site-${String((sites += 1))}`
  return onRunningClock((task) => ({ database: createLiveDatabase({ task, kysely: connection.kysely, schema, site }) }))
})

describe('the live database', () => {
  it('keeps sites apart', async () => {
    await databaseOf('munakata').insert(TABLE, 'a', 'group', { count: 1 })

    expect(await databaseOf('yokohama').get(TABLE, 'a')).toBeUndefined()
    expect(await databaseOf('yokohama').insert(TABLE, 'a', 'group', { count: 2 })).toBe(true)
    expect((await databaseOf('munakata').get(TABLE, 'a'))?.data).toEqual({ count: 1 })
  })

  it('is filled with the rows that a site has from the beginning, as version 1', async () => {
    const rows = Array.from({ length: 6_000 }, (_, n) => ({ key: `r-${String(n)}`, group: `g-${String(n % 7)}`, data: { count: n } }))
    await seedRows(connection.kysely, schema, [{ site: 'seeded', table: TABLE, rows }])
    const database = databaseOf('seeded')

    expect(await database.get(TABLE, 'r-5999')).toEqual({ key: 'r-5999', group: 'g-0', version: 1, data: { count: 5_999 } })
    expect(await database.range(TABLE, '', 10_000)).toHaveLength(6_000)
  })

  it('rolls an open transaction back when its node crashes, and lets go of its rows', async () => {
    const life = new NodeLife()
    await databaseOf('crashing').insert(TABLE, 'a', 'group', { count: 1 })
    await new Promise<void>((resolve) => {
      void databaseOf('crashing', life).transaction('move within', async (tx) => {
        await tx.put(TABLE, 'a', 'group', { count: 2 })
        resolve()
        await new Promise(() => undefined)
      })
    })

    life.crash()
    await databaseOf('crashing').transaction('again', async (tx) => {
      const row = await tx.get(TABLE, 'a')
      await tx.put(TABLE, 'a', 'group', { count: (row?.data.count ?? NaN) + 10 })
    })

    expect((await databaseOf('crashing').get(TABLE, 'a'))?.data).toEqual({ count: 11 })
  })

  it('says which server does not answer, without user and password', async () => {
    const url = 'postgres://someone:secret@127.0.0.1:1/postgres'

    await expect(connectDatabase({ url })).rejects.toMatchObject({ code: 'NO_DATABASE', detail: '127.0.0.1:1: connect ECONNREFUSED 127.0.0.1:1' })
    await expect(connectDatabase({ url })).rejects.not.toThrow(/secret/)
  })

  it.each(['', 'Run', '1run', 'run; drop schema public', 'x'.repeat(60)])('refuses the schema name "%s"', (name) => {
    expect(() => schemaName(name)).toThrow(RangeError)
  })
})
