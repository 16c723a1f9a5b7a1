import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { identityOf, type ProcessIdentity } from './process-identity.ts'

/**
 * Where an embedded server lives: `<base>/run-<pid of the owner>-<chance>/` with its data in `data/` and, in `marker.json`,
 * the processes it belongs to. Every run begins with a fresh folder, since a server left behind keeps its own locked. The
 * owner's id is in the folder's name too, so that a folder is never nobody's, not even before its marker is written.
 */
export interface Marker {
  readonly owner: ProcessIdentity
  /** Absent until the server is started. */
  readonly server?: ProcessIdentity
}

const MARKER = 'marker.json'

/** The base where none is named: in the system's folder for temporary files, one for each account. */
export const defaultBase = (): string => join(tmpdir(), `torichigae-postgres-${String(process.getuid?.() ?? 'all')}`)

export const dataFolder = (run: string): string => join(run, 'data')

/** Makes a folder for this process's server, and its base if need be. */
export function makeRunFolder(base: string): string {
  mkdirSync(base, { recursive: true })
  const run = mkdtempSync(join(base, `run-${String(process.pid)}-`))
  // Its data folder is closed by PostgreSQL itself; this one has to be entered by the account which that runs under.
  chmodSync(run, 0o711)
  writeMarker(run, { owner: identityOf(process.pid) })
  return run
}

/** Written aside and renamed, so that nobody reads half of it. */
export function writeMarker(run: string, marker: Marker): void {
  writeFileSync(join(run, `${MARKER}.new`), JSON.stringify(marker), { mode: 0o600 })
  renameSync(join(run, `${MARKER}.new`), join(run, MARKER))
}

/** The marker of a run folder; made of the folder's name where the file is not there yet or cannot be read. */
export function markerOf(run: string): Marker | undefined {
  try {
    const marker: unknown = JSON.parse(readFileSync(join(run, MARKER), 'utf8'))
    if (isMarker(marker)) return marker
  } catch {
    // Falls through to the folder's name.
  }
  const pid = /run-(\d+)-[^/\\]*$/.exec(run)?.[1]
  return pid === undefined ? undefined : { owner: { pid: Number(pid) } }
}

function isMarker(value: unknown): value is Marker {
  if (typeof value !== 'object' || value === null || !('owner' in value)) return false
  return isIdentity(value.owner) && (!('server' in value) || isIdentity(value.server))
}

const isIdentity = (value: unknown): value is ProcessIdentity =>
  typeof value === 'object' && value !== null && 'pid' in value && typeof value.pid === 'number'

/** The run folders under a base. */
export function runFolders(base: string): string[] {
  if (!existsSync(base)) return []
  return readdirSync(base)
    .filter((name) => /^run-\d+-/.test(name))
    .map((name) => join(base, name))
}

export function removeRunFolder(run: string): void {
  rmSync(run, { recursive: true, force: true, maxRetries: 3 })
}
