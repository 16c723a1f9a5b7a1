import pg from 'pg'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { inProcess } from '../support/command.ts'
import { testDatabaseUrl } from '../support/postgres.ts'

afterEach(() => vi.unstubAllEnvs())

interface Findings {
  readonly findings: readonly { readonly what: string; readonly state: string; readonly says: string }[]
}
const doctor = async (databaseUrl: string) => {
  vi.stubEnv('DATABASE_URL', databaseUrl)
  const { exit, stdout, stderr } = await inProcess('doctor', '--json')
  return { exit, stderr, findings: new Map((JSON.parse(stdout) as Findings).findings.map(({ what, state, says }) => [what, { state, says }])) }
}

describe('doctor', () => {
  it('says of Node, determinism, database and queue that they are good, and of each tool whether it is there', { timeout: 60_000 }, async () => {
    const { exit, stderr, findings } = await doctor(await testDatabaseUrl())

    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' })
    expect(findings.get('Node')).toMatchObject({ state: 'good', says: expect.stringContaining(process.version) as string })
    for (const what of ['determinism', 'database', 'queue']) expect({ what, ...findings.get(what) }).toMatchObject({ what, state: 'good' })
    for (const what of ['redis-server', 'pdftotext', 'chromium']) expect(['good', 'absent']).toContain(findings.get(what)?.state)
  })

  it('ends in 2 where the database answers and lets nobody make what a run needs', { timeout: 60_000 }, async () => {
    const url = new URL(await testDatabaseUrl())
    const client = new pg.Client({ connectionString: url.href })
    await client.connect()
    await client.query('create role onlooker login password \'looks-on\'')
    url.username = 'onlooker'
    url.password = 'looks-on'
    try {
      const { exit, findings } = await doctor(url.href)

      expect(exit).toBe(2)
      expect(findings.get('database')).toMatchObject({ state: 'bad', says: expect.stringContaining('permission denied') as string })
      expect(findings.get('queue')).toMatchObject({ state: 'bad', says: expect.stringContaining('permission denied') as string })
      expect(JSON.stringify([...findings])).not.toContain('looks-on')
    } finally {
      await client.query('drop role onlooker')
      await client.end()
    }
  })

  it('ends in 2 where no database answers, and says so without the password', { timeout: 60_000 }, async () => {
    const { exit, findings } = await doctor('postgres://someone:secret-word@127.0.0.1:1/nothing')

    expect(exit).toBe(2)
    expect(findings.get('database')).toMatchObject({ state: 'bad', says: expect.stringMatching(/^No database is to be had: /) as string })
    expect(JSON.stringify([...findings])).not.toContain('secret-word')
  })
})
