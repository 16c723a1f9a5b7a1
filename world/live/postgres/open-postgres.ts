import { connectDatabase } from '../connection.ts'
import { startEmbedded } from './embedded-server.ts'
import { stopOrphans } from './orphans.ts'
import { defaultBase } from './run-folder.ts'

/** A PostgreSQL server to work with. */
export interface PostgresServer {
  /** With user and password: for connecting, not for showing. */
  readonly url: string
  /** Stops the server if it was started here, and removes its data; a given one is left as it is. */
  close(): Promise<void>
}

export interface PostgresOptions {
  /** A server that is there (`DATABASE_URL`). Default: an embedded one is started. */
  readonly url?: string
  /** Where the embedded server keeps its data while it runs. Default: in the system's folder for temporary files. */
  readonly folder?: string
}

/**
 * PostgreSQL as the live world needs it: the server named by `url`, or a real PostgreSQL 18 out of npm, made fresh for
 * this run in about a second, on a port of its own, for this machine only. The embedded one ends with this process; one
 * that an earlier process left behind when it was killed is stopped first.
 *
 * @throws TorichigaeError NO_DATABASE if none is to be had; ORPHANED_DATABASE if an earlier one will not end.
 */
export async function openPostgres(options: PostgresOptions): Promise<PostgresServer> {
  if (options.url !== undefined) {
    const { url } = options
    const connection = await connectDatabase({ url, connectionsMax: 1 })
    await connection.close()
    return { url, close: () => Promise.resolve() }
  }
  const base = options.folder ?? defaultBase()
  await stopOrphans(base)
  return startEmbedded(base)
}
