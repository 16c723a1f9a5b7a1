import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { TorichigaeError } from '../../contract/index.ts'
import { preparing } from './prepared.ts'
import type { LiveTables } from './schema.ts'

export interface DatabaseConnection {
  readonly kysely: Kysely<LiveTables>
  /** Waits for what is under way, then closes all connections. */
  close(): Promise<void>
}

export interface ConnectionOptions {
  readonly url: string
  /** Connections at most. Default 20. An open transaction at the counter keeps one to itself. */
  readonly connectionsMax?: number
  /** Told of a connection that broke while nobody used it. Default: nobody is. */
  readonly onError?: (error: Error) => void
}

/** Connects to PostgreSQL. @throws TorichigaeError NO_DATABASE if no server answers. */
export async function connectDatabase(options: ConnectionOptions): Promise<DatabaseConnection> {
  const pool = new pg.Pool({ connectionString: options.url, max: options.connectionsMax ?? 20 })
  // Without a listener a connection that breaks while idle would end the program.
  pool.on('error', options.onError ?? (() => undefined))
  try {
    await pool.query('select 1')
  } catch (error) {
    await pool.end()
    throw new TorichigaeError('NO_DATABASE', `${serverOf(options.url)}: ${reasonOf(error)}`, { cause: error })
  }
  const kysely = new Kysely<LiveTables>({ dialect: new PostgresDialect({ pool: preparing(pool) }) })
  return { kysely, close: () => kysely.destroy() }
}

/** Host and port of a connection URL, without user and password. */
export function serverOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host || 'the local server' : 'a URL that cannot be read'
}

/** What went wrong, in the words of whoever noticed; a refused connection has none but its code. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.message || ('code' in error ? String(error.code) : error.name)
}
