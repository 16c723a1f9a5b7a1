import { createPostgresBackend, runMigrations, withBackend } from 'bullmq'
import pg from 'pg'
import { TorichigaeError } from '../../../contract/index.ts'
import { reasonOf, serverOf } from '../connection.ts'
import { schemaName } from '../schema.ts'
import type { BackEnd, JobData } from './back-end.ts'

/** Connections of one queue or worker at most, besides the one on which it listens. */
const CONNECTIONS_MAX = 2

/**
 * Seconds after which a worker that waits for a job looks again. A forced close leaves such a wait behind, and it keeps the
 * process until it is over.
 */
const WAIT_SECONDS = 1

/**
 * BullMQ on its PostgreSQL back end, in a schema that is the run's own.
 * @throws TorichigaeError NO_QUEUE if the server does not answer, or is too old.
 */
export async function openPostgresBackEnd(url: string, run: string): Promise<BackEnd> {
  const schema = `${schemaName(run)}_queue`
  await onOneConnection(url, (client) => runMigrations(client, schema))
  const connection = { connectionString: url, schema, max: CONNECTIONS_MAX }
  const { Queue, Worker } = withBackend(createPostgresBackend)
  return {
    queue: (name) => new Queue<JobData, void>(name, { connection }),
    worker: (name, settings, process) => new Worker<JobData, void>(name, process, { ...settings, drainDelay: WAIT_SECONDS, connection }),
    leave: async (queues) => {
      for (const queue of queues) await queue.close()
    },
    ask: () => onOneConnection(url, (client) => client.query('select 1')),
    dispose: async (queues) => {
      for (const queue of queues) await queue.close()
      await onOneConnection(url, (client) => client.query(`drop schema if exists "${schema}" cascade`))
    },
  }
}

async function onOneConnection(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  // A connection that breaks later says so by the work's own failure.
  client.on('error', () => undefined)
  try {
    await client.connect()
    await work(client)
  } catch (error) {
    throw new TorichigaeError('NO_QUEUE', `PostgreSQL at ${serverOf(url)}: ${reasonOf(error)}`, { cause: error })
  } finally {
    await client.end().catch(() => undefined)
  }
}
