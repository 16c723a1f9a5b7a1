import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, closeSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { TorichigaeError } from '../../../contract/index.ts'
import { type Account, postgresAccount, requireReachable } from './account.ts'
import { atEndOfOwner } from './end-of-owner.ts'
import { freePort } from './free-port.ts'
import { postmasterOf } from './postmaster.ts'
import { identityOf } from './process-identity.ts'
import { embeddedPrograms, type PostgresPrograms } from './programs.ts'
import { dataFolder, makeRunFolder, removeRunFolder, writeMarker } from './run-folder.ts'
import { initArguments, serverArguments } from './settings.ts'

/** So long a server may take to come up; it usually takes a tenth of a second. */
const START_MS_MAX = 30_000
/** A free port may be taken by another between finding and using it. */
const PORT_TRIES = 3

export interface EmbeddedServer {
  readonly url: string
  close(): Promise<void>
}

interface Ground {
  readonly run: string
  readonly account: Account | undefined
  readonly programs: PostgresPrograms
  readonly password: string
}

/** Makes a fresh server under `base` and starts it; about a second. @throws TorichigaeError NO_DATABASE */
export async function startEmbedded(base: string): Promise<EmbeddedServer> {
  const programs = embeddedPrograms()
  const account = postgresAccount()
  requireReachable(programs.postgres, account)
  const run = makeRunFolder(base)
  try {
    requireReachable(run, account)
    const ground = { run, account, programs, password: randomBytes(16).toString('hex') }
    await initialise(ground)
    return await startOnFreePort(ground)
  } catch (error) {
    removeRunFolder(run)
    throw error
  }
}

async function initialise({ run, account, programs, password }: Ground): Promise<void> {
  const log = join(run, 'initdb.log')
  const passwordFile = join(run, 'password')
  writeFileSync(passwordFile, password, { mode: 0o600 })
  // While it is being made the folder belongs to the account which makes it.
  if (account !== undefined) for (const path of [run, passwordFile]) chownSync(path, account.uid, account.gid)
  const child = launch(programs.initdb, initArguments(dataFolder(run), passwordFile), log, account)
  const failure = await outcome(child)
  rmSync(passwordFile)
  if (failure !== undefined) throw new TorichigaeError('NO_DATABASE', `initdb ${failure}: ${lastWords(log)}`)
}

async function startOnFreePort(ground: Ground): Promise<EmbeddedServer> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort()
    try {
      return await start(ground, port)
    } catch (error) {
      if (attempt === PORT_TRIES) throw error
    }
  }
}

async function start({ run, account, programs, password }: Ground, port: number): Promise<EmbeddedServer> {
  const data = dataFolder(run)
  const log = join(run, 'server.log')
  const child = launch(programs.postgres, ['-D', data, ...serverArguments(port)], log, account)
  const end = outcome(child)
  const forget = atEndOfOwner(() => {
    abandon(child, run)
  })
  try {
    if (child.pid !== undefined) writeMarker(run, { owner: identityOf(process.pid), server: identityOf(child.pid) })
    await ready(data, child, end, log)
  } catch (error) {
    forget()
    child.kill('SIGQUIT')
    await end
    throw error
  }
  // The run may end without waiting for its server, and takes it along when it does.
  child.unref()
  return {
    url: `postgres://postgres:${password}@127.0.0.1:${String(port)}/postgres`,
    close: async () => {
      child.ref()
      child.kill('SIGINT')
      await end
      forget()
      removeRunFolder(run)
    },
  }
}

/** At the owner's end there is no time to wait: the server is told to drop everything, and what is left of it goes. */
function abandon(child: ChildProcess, run: string): void {
  child.kill('SIGQUIT')
  try {
    removeRunFolder(run)
  } catch {
    // It was still writing; the next run removes the rest.
  }
}

/**
 * In a session of its own, or Ctrl-C at a terminal would reach it before its owner has written the last line; with its
 * output in a file, or it would choke on a pipe that nobody reads any more.
 */
function launch(program: string, args: readonly string[], log: string, account: Account | undefined): ChildProcess {
  const output = openSync(log, 'a', 0o600)
  try {
    return spawn(program, args, { ...account, detached: true, stdio: ['ignore', output, output], env: { ...process.env, LC_ALL: 'C' } })
  } finally {
    closeSync(output)
  }
}

/** How a program ended: `undefined` if well. Never rejects. */
const outcome = (child: ChildProcess): Promise<string | undefined> =>
  new Promise((resolve) => {
    child.once('error', (error) => {
      resolve(`could not be started (${error.message})`)
    })
    child.once('exit', (code, signal) => {
      resolve(code === 0 ? undefined : `ended with ${String(signal ?? code)}`)
    })
  })

async function ready(data: string, child: ChildProcess, end: Promise<string | undefined>, log: string): Promise<void> {
  let over = false
  void end.then(() => {
    over = true
  })
  for (let waitedMs = 0; !over && waitedMs < START_MS_MAX; waitedMs += 10) {
    const postmaster = postmasterOf(data)
    if (postmaster?.ready === true && postmaster.pid === child.pid) return
    await pause(10)
  }
  throw new TorichigaeError('NO_DATABASE', `the embedded server did not come up: ${lastWords(log)}`)
}

/** The end of a program's output, on one line. */
const lastWords = (log: string): string =>
  readFileSync(log, 'utf8').trim().split('\n').slice(-3).join(' / ') || 'it said nothing'
