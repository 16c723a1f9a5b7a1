import { execFileSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { TorichigaeError } from '../../../contract/index.ts'

/** The account under which PostgreSQL runs: one's own, or `postgres` where one's own is root, which it refuses. */
export interface Account {
  readonly uid: number
  readonly gid: number
}

const NAME = 'postgres'

/** The account to change to; `undefined` where one's own will do. Makes the account `postgres` where root has none yet. */
export function postgresAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  return lookUp() ?? make()
}

function lookUp(): Account | undefined {
  try {
    const id = (flag: string): number => Number(execFileSync('id', [flag, NAME], { stdio: ['ignore', 'pipe', 'ignore'] }))
    return { uid: id('-u'), gid: id('-g') }
  } catch {
    return undefined
  }
}

function make(): Account {
  try {
    execFileSync('groupadd', ['--force', NAME], { stdio: 'ignore' })
    execFileSync('useradd', ['-g', NAME, NAME], { stdio: 'ignore' })
  } catch (cause) {
    const detail = `PostgreSQL does not run as root, and an account "${NAME}" for it could not be made`
    throw new TorichigaeError('NO_DATABASE', detail, { cause })
  }
  const account = lookUp()
  if (account === undefined) throw new TorichigaeError('NO_DATABASE', `the account "${NAME}" was made and cannot be found`)
  return account
}

/**
 * Root may enter any folder, `postgres` may not: under a home of mode 0700 its programs and data are out of its reach.
 * @throws TorichigaeError NO_DATABASE naming the folder that bars the way.
 */
export function requireReachable(path: string, account: Account | undefined): void {
  if (account === undefined) return
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    const { mode, uid, gid } = statSync(folder)
    const enter = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001
    if ((mode & enter) === 0) {
      throw new TorichigaeError('NO_DATABASE', `the account "${NAME}" may not enter ${folder}, and ${path} is in it`)
    }
    if (folder === dirname(folder)) return
  }
}
