import { readFileSync } from 'node:fs'

/**
 * Which process an id means. Ids are used again, so a process is known by its id together with the time at which it
 * started, where the system tells (Linux); elsewhere by the id alone.
 */
export interface ProcessIdentity {
  readonly pid: number
  /** Clock ticks since the machine started; absent where the system does not tell. */
  readonly started?: string
}

export function identityOf(pid: number): ProcessIdentity {
  const started = startedAt(pid)
  return started === undefined ? { pid } : { pid, started }
}

/** Whether that very process is running. In doubt yes: nobody else's process may be taken for an orphan. */
export function isRunning({ pid, started }: ProcessIdentity): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false
  }
  const now = startedAt(pid)
  return now === undefined || started === undefined || now === started
}

/** Field 22 of /proc/<pid>/stat. The name in parentheses may hold spaces, so counting begins behind it. */
function startedAt(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'latin1')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    // A process that has ended but was not collected by its parent runs no more.
    return fields[0] === 'Z' ? 'ended' : fields[19]
  } catch {
    return undefined
  }
}
