import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What a running server writes about itself in its data folder. */
export interface Postmaster {
  readonly pid: number
  readonly dataFolder: string
  readonly ready: boolean
}

/** Reads `postmaster.pid` (its lines are pid, data folder, start, port, socket, address, memory, status). */
export function postmasterOf(data: string): Postmaster | undefined {
  try {
    const lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')
    const pid = Number(lines[0])
    if (!Number.isInteger(pid) || pid <= 0) return undefined
    return { pid, dataFolder: (lines[1] ?? '').trim(), ready: lines[7]?.trim() === 'ready' }
  } catch {
    return undefined
  }
}
