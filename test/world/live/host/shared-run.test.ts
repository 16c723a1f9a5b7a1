import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectDatabase, type DatabaseConnection } from '../../../../world/live/connection.ts'
import { countOpenRows } from '../../../../world/live/host/open-rows.ts'
import { joinRun, type SharedRunOptions } from '../../../../world/live/host/shared-run.ts'
import { dropSchema } from '../../../../world/live/schema.ts'
import { testDatabaseUrl } from '../../../support/postgres.ts'

const SITE = 'issuing:munakata'
const OPEN = { table: 'applications', states: ['received', 'ready'] }
const runs: string[] = []
let connection: DatabaseConnection

beforeAll(async () => {
  connection = await connectDatabase({ url: await testDatabaseUrl() })
})
afterAll(async () => {
  for (const run of runs) await dropSchema(connection.kysely, run)
  await connection.close()
})

const newRun = (): string => {
  const run = `test_${randomUUID().replaceAll('-', '')}`
  runs.push(run)
  return run
}

const row = (key: string, state: string) => ({ key, group: 'shop-1', data: { state } })

function optionsOf(run: string, more: Partial<SharedRunOptions> = {}): SharedRunOptions & { readonly filled: string[] } {
  const filled: string[] = []
  return {
    run,
    terms: { seed: '1', size: '100' },
    clockFactor: 1,
    openRows: OPEN,
    filled,
    fill: (date) => {
      filled.push(date)
      return [{ site: SITE, table: { name: 'applications' }, rows: [row('a', 'received'), row('b', 'closed'), row('c', 'ready')] }, { site: SITE, table: { name: 'residents' }, rows: [row('d', 'ready')] }]
    },
    ...more,
  }
}

describe('a run that processes share', () => {
  it('is prepared and filled once, however many come at the same time', async () => {
    const options = optionsOf(newRun(), { start: { date: '2023-06-28', startMs: 36_000_000 } })

    const joined = await Promise.all(Array.from({ length: 5 }, () => joinRun(connection.kysely, options)))

    expect(options.filled).toEqual(['2023-06-28'])
    expect(joined.map(({ date }) => date)).toEqual(Array.from({ length: 5 }, () => '2023-06-28'))
    const rows = await connection.kysely.withSchema(options.run).selectFrom('rows').select('key').orderBy('key').execute()
    expect(rows.map(({ key }) => key)).toEqual(['a', 'b', 'c', 'd'])
  })

  it('has one time for all, which goes on while nobody is there and passes by the factor', async () => {
    const options = optionsOf(newRun(), { start: { date: '2023-06-28', startMs: 36_000_000 }, clockFactor: 1_000 })

    const first = await joinRun(connection.kysely, options)
    const begunAt = performance.now()
    const second = await joinRun(connection.kysely, options)
    const realMs = performance.now() - begunAt

    expect(first.nowMs).toBeGreaterThanOrEqual(36_000_000)
    expect(second.nowMs).toBeGreaterThan(first.nowMs)
    expect(second.nowMs - first.nowMs).toBeLessThan((realMs + 1_000) * 1_000)
  })

  it('begins at the time of day in Japan if nothing else is asked for', async () => {
    const options = optionsOf(newRun())
    const before = Date.now()

    const { date, nowMs } = await joinRun(connection.kysely, options)

    // The database is on this machine here, so that both have one clock.
    const midnightInJapan = Date.parse(`${date}T00:00:00+09:00`)
    expect(midnightInJapan + nowMs).toBeGreaterThanOrEqual(before - 1)
    expect(midnightInJapan + nowMs).toBeLessThanOrEqual(Date.now() + 1)
    expect(options.filled).toEqual([date])
  })

  it('turns away whoever asks for something else, and says what differs', async () => {
    const run = newRun()
    await joinRun(connection.kysely, optionsOf(run))

    const other = joinRun(connection.kysely, optionsOf(run, { terms: { seed: '1', size: '200' } }))

    await expect(other).rejects.toMatchObject({ code: 'RUN_DIFFERS', detail: 'size is 100, not 200', exit: 64 })
  })

  it('is made anew, on other terms too, where it has to be fresh', async () => {
    const run = newRun()
    await joinRun(connection.kysely, optionsOf(run))
    const options = optionsOf(run, { terms: { seed: '2' }, start: { date: '2024-01-04', startMs: 0 } })

    const { date } = await joinRun(connection.kysely, options, true)

    expect([date, options.filled]).toEqual(['2024-01-04', ['2024-01-04']])
  })

  it('knows how many of its rows are open, by site, out of an index', async () => {
    const options = optionsOf(newRun())
    await joinRun(connection.kysely, options)

    expect(await countOpenRows(connection.kysely, options.run, OPEN)).toEqual([{ site: SITE, open: 2 }])
  })

  it('is as it was before where filling it fails', async () => {
    const run = newRun()
    const failing = optionsOf(run, { fill: () => { throw new RangeError('no people') } })

    await expect(joinRun(connection.kysely, failing)).rejects.toThrow('no people')

    const options = optionsOf(run)
    await joinRun(connection.kysely, options)
    expect(options.filled).toHaveLength(1)
  })
})
