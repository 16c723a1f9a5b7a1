import { realpathSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { TorichigaeError } from '../../../contract/index.ts'
import { postmasterOf } from './postmaster.ts'
import { isRunning, type ProcessIdentity } from './process-identity.ts'
import { dataFolder, markerOf, removeRunFolder, runFolders } from './run-folder.ts'

/** A server gets so long to end after each way of asking. */
const PATIENCE_MS = 5_000

/**
 * Stops the servers that earlier runs left behind, and removes their folders. A process that is killed cannot take its
 * server with it, so the next run does. Rules:
 * 1. A run whose owner is alive is somebody else's: left alone.
 * 2. A process is stopped only if three agree that it is that run's server: the marker's id, the time it started, and the
 *    id and folder which PostgreSQL itself wrote into the data folder.
 *
 * @throws TorichigaeError ORPHANED_DATABASE if one will not end.
 */
export async function stopOrphans(base: string): Promise<void> {
  for (const run of runFolders(base)) {
    const marker = markerOf(run)
    if (marker === undefined || isRunning(marker.owner)) continue
    const server = serverOfRun(run, marker.server)
    if (server !== undefined) await stop(server, run)
    removeRunFolder(run)
  }
}

/** The server that runs in `run`, if it does. Its owner may have died before it could note it down. */
function serverOfRun(run: string, noted: ProcessIdentity | undefined): ProcessIdentity | undefined {
  const postmaster = postmasterOf(dataFolder(run))
  if (postmaster === undefined || !samePath(postmaster.dataFolder, dataFolder(run))) return undefined
  const server = noted ?? { pid: postmaster.pid }
  return server.pid === postmaster.pid && isRunning(server) ? server : undefined
}

function samePath(one: string, other: string): boolean {
  try {
    return realpathSync(one) === realpathSync(other)
  } catch {
    return false
  }
}

/** SIGINT is PostgreSQL's fast shutdown, SIGQUIT its immediate one; the data are not wanted any more. */
async function stop(server: ProcessIdentity, run: string): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    try {
      process.kill(server.pid, signal)
    } catch {
      // Gone meanwhile, or another account's: what follows tells which.
    }
    if (await ended(server)) return
  }
  throw new TorichigaeError('ORPHANED_DATABASE', `process ${String(server.pid)}, data in ${run}`)
}

async function ended(server: ProcessIdentity): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < PATIENCE_MS; waitedMs += 20) {
    if (!isRunning(server)) return true
    await pause(20)
  }
  return false
}
