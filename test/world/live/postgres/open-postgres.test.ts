import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { connectDatabase } from '../../../../world/live/connection.ts'
import { openPostgres } from '../../../../world/live/postgres/open-postgres.ts'
import { stopOrphans } from '../../../../world/live/postgres/orphans.ts'
import { postmasterOf } from '../../../../world/live/postgres/postmaster.ts'
import { identityOf, isRunning } from '../../../../world/live/postgres/process-identity.ts'
import { dataFolder, makeRunFolder, runFolders, writeMarker } from '../../../../world/live/postgres/run-folder.ts'
import { testDatabaseUrl } from '../../../support/postgres.ts'

const bases: string[] = []
function newBase(): string {
  const base = mkdtempSync(join(tmpdir(), 'torichigae-open-postgres-'))
  // The account under which PostgreSQL runs has to get in.
  chmodSync(base, 0o755)
  bases.push(base)
  return base
}
afterAll(() => {
  for (const base of bases) rmSync(base, { recursive: true, force: true })
})

const canConnect = async (url: string): Promise<boolean> => {
  try {
    await (await connectDatabase({ url, connectionsMax: 1 })).close()
    return true
  } catch {
    return false
  }
}

/** A program that opens an embedded server under `base`, and then does what `then` says. */
function owner(base: string, then: 'wait' | 'end' | 'interrupt itself'): ChildProcess {
  const program = join(import.meta.dirname, 'owner.ts')
  return spawn(process.execPath, ['--import', 'tsx', program, base, then], { stdio: ['ignore', 'pipe', 'inherit'] })
}

const said = (child: ChildProcess): Promise<string> =>
  new Promise((resolve) => child.stdout?.once('data', (chunk: Buffer) => { resolve(chunk.toString().trim()) }))
const ended = (child: ChildProcess): Promise<string> =>
  new Promise((resolve) => child.once('exit', (code, signal) => { resolve(String(signal ?? code)) }))
const kill = async (child: ChildProcess): Promise<void> => {
  const end = ended(child)
  child.kill('SIGKILL')
  await end
}

describe('an embedded PostgreSQL', () => {
  it('serves, in UTF-8 and byte order, and is gone with its data when closed', async () => {
    const base = newBase()
    const server = await openPostgres({ folder: base })
    const connection = await connectDatabase({ url: server.url, connectionsMax: 1 })
    expect(await connection.kysely.introspection.getSchemas()).not.toEqual([])
    await connection.close()
    expect(readdirSync(base)).toHaveLength(1)

    await server.close()

    expect(await canConnect(server.url)).toBe(false)
    expect(readdirSync(base)).toEqual([])
  })

  it.each(['end', 'interrupt itself'] as const)('ends with a program that does not close it (%s)', async (then) => {
    const base = newBase()
    const child = owner(base, then)
    const end = ended(child)
    const url = await said(child)

    expect(await end).toBe(then === 'end' ? '0' : 'SIGINT')

    await expect.poll(() => canConnect(url)).toBe(false)
  })

  it('is stopped by the next run when its program was killed, and left alone before', async () => {
    const base = newBase()
    const child = owner(base, 'wait')
    const url = await said(child)

    await stopOrphans(base)
    expect(await canConnect(url)).toBe(true)
    await kill(child)
    expect(await canConnect(url)).toBe(true)
    await stopOrphans(base)

    expect(await canConnect(url)).toBe(false)
    expect(readdirSync(base)).toEqual([])
  })
})

describe('stopping orphans', () => {
  const dead = { pid: 2 ** 22 - 1, started: '1' }
  const runOf = (base: string): string => {
    const run = makeRunFolder(base)
    mkdirSync(dataFolder(run))
    return run
  }

  it('leaves a process alone that only has an orphan\'s id', async () => {
    const base = newBase()
    const run = runOf(base)
    writeMarker(run, { owner: dead, server: { ...identityOf(process.pid), started: '1' } })
    writeFileSync(join(dataFolder(run), 'postmaster.pid'), `${String(process.pid)}\n${dataFolder(run)}\n`)

    await stopOrphans(base)

    expect(isRunning(identityOf(process.pid))).toBe(true)
    expect(existsSync(run)).toBe(false)
  })

  it('leaves a server alone that works on other data', async () => {
    const base = newBase()
    const run = runOf(base)
    const bystander = spawn('sleep', ['60'])
    writeMarker(run, { owner: dead, server: identityOf(bystander.pid ?? 0) })
    writeFileSync(join(dataFolder(run), 'postmaster.pid'), `${String(bystander.pid)}\n/somewhere/else\n`)

    await stopOrphans(base)

    expect(isRunning(identityOf(bystander.pid ?? 0))).toBe(true)
    await kill(bystander)
  })

  it('leaves a folder alone whose run is only beginning', async () => {
    const base = newBase()
    const run = runOf(base)
    rmSync(join(run, 'marker.json'))

    await stopOrphans(base)

    expect(runFolders(base)).toEqual([run])
  })

  it('removes what a dead run left, marker or not', async () => {
    const base = newBase()
    mkdirSync(join(base, `run-${String(dead.pid)}-abc`))
    writeMarker(runOf(base), { owner: dead })
    mkdirSync(join(base, 'something-else'))

    await stopOrphans(base)

    expect(readdirSync(base)).toEqual(['something-else'])
  })

  it('reads nothing out of a data folder without a server', () => {
    expect(postmasterOf(newBase())).toBeUndefined()
  })
})

describe('a given PostgreSQL', () => {
  it('is used as it is, and stays when closed', async () => {
    const url = await testDatabaseUrl()

    const server = await openPostgres({ url })
    await server.close()

    expect(server.url).toBe(url)
    expect(await canConnect(url)).toBe(true)
  })

  it('has to answer', async () => {
    await expect(openPostgres({ url: 'postgres://someone:secret@127.0.0.1:1/x' })).rejects.toMatchObject({ code: 'NO_DATABASE' })
  })
})

describe.runIf(process.getuid?.() === 0)('as root', () => {
  it('says which folder bars the way of the account that PostgreSQL runs under', async () => {
    const closed = newBase()
    chmodSync(closed, 0o700)

    await expect(openPostgres({ folder: join(closed, 'inner') })).rejects.toMatchObject({
      code: 'NO_DATABASE',
      detail: expect.stringContaining(`may not enter ${closed}`) as string,
    })
    expect(readdirSync(join(closed, 'inner'))).toEqual([])
  })
})
