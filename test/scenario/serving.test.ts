import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readCatalogue } from '../../scenario/catalogue.ts'
import { openServed, type ServingOptions } from '../../scenario/serving.ts'
import { connectDatabase, type DatabaseConnection } from '../../world/live/connection.ts'
import { openQueues } from '../../world/live/queue/open-queues.ts'
import { dropSchema } from '../../world/live/schema.ts'
import { testDatabaseUrl } from '../support/postgres.ts'
import { LiveTask } from '../../world/live/task.ts'

const run = `prepare_test_${String(process.pid)}`
const site = 'issuing:munakata'
let databaseUrl: string
let connection: DatabaseConnection

beforeAll(async () => {
  databaseUrl = await testDatabaseUrl()
  connection = await connectDatabase({ url: databaseUrl, connectionsMax: 2 })
})
afterAll(async () => {
  for (const schema of [run, `${run}_queue`]) await dropSchema(connection.kysely, schema)
  await connection.close()
})

const prepare = (more: { readonly fresh: boolean; readonly size: number }) => {
  const system = { seed: 1, size: more.size, clockFactor: 1, municipalities: [{ code: 'munakata', build: 'repaired' }], start: { date: '2023-06-28', time: '10:00:00' } }
  const options: ServingOptions = { system, groups: ['issuing'], peers: {}, host: '127.0.0.1', port: 0, run, workDir: '', fresh: more.fresh, prepare: true, takeoverMs: 10_000, databaseUrl }
  return openServed(options, readCatalogue())
}

/** Rows of the residents, and jobs that wait. */
async function there(): Promise<{ residents: number; jobs: number }> {
  const rows = await connection.kysely.withSchema(run).selectFrom('rows').where('table_name', '=', 'residents').select('key').execute()
  const queues = await openQueues({ databaseUrl, run })
  queues.know(site, 'print')
  const jobs = await queues.unfinished()
  await queues.leave()
  return { residents: rows.length, jobs }
}

describe('torichigae serve --prepare', () => {
  it('makes the system and ends, a second time does nothing, and with --fresh makes it anew, without old jobs', { timeout: 60_000 }, async () => {
    expect(await prepare({ fresh: false, size: 20 })).toBeUndefined()
    const queues = await openQueues({ databaseUrl, run })
    await queues.port(new LiveTask({ role: 'issuing', process: 'issuing:munakata#1' }), site).add('print', { id: 'job-1' })
    await queues.leave()
    expect(await there()).toEqual({ residents: 20, jobs: 1 })

    await prepare({ fresh: false, size: 20 })
    expect(await there()).toEqual({ residents: 20, jobs: 1 })
    await expect(prepare({ fresh: false, size: 30 })).rejects.toMatchObject({ code: 'RUN_DIFFERS', detail: 'size is 20, not 30' })

    await prepare({ fresh: true, size: 30 })
    expect(await there()).toEqual({ residents: 30, jobs: 0 })
  })
})
