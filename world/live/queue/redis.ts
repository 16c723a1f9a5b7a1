import { Queue, Worker } from 'bullmq'
import { Redis } from 'ioredis'
import { TorichigaeError } from '../../../contract/index.ts'
import { reasonOf, serverOf } from '../connection.ts'
import type { BackEnd, JobData } from './back-end.ts'

/** So long a first connection may take. */
const CONNECT_MS_MAX = 5_000

/**
 * BullMQ on Redis. A queue's keys begin with `{torichigae:run}:queue`; what is in braces decides on which node of a Redis
 * Cluster they are, so each site's queue goes in one place, and the sites' spread over all.
 *
 * @throws TorichigaeError NO_QUEUE if the server does not answer.
 */
export async function openRedisBackEnd(url: string, run: string): Promise<BackEnd> {
  await requireAnswer(url)
  // Adding goes over one connection for all queues; a worker blocks on its own.
  const shared = new Redis(url, { maxRetriesPerRequest: null })
  shared.on('error', () => undefined)
  const prefixOf = (name: string): string => `{torichigae:${run}:${name}}`
  return {
    queue: (name) => new Queue<JobData, void>(name, { connection: shared, prefix: prefixOf(name) }),
    worker: (name, settings, process) =>
      new Worker<JobData, void>(name, process, {
        ...settings,
        connection: { url, maxRetriesPerRequest: null },
        prefix: prefixOf(name),
      }),
    dispose: async (queues) => {
      for (const queue of queues) {
        await queue.obliterate({ force: true })
        await queue.close()
      }
      await shared.quit()
    },
  }
}

/** One attempt, without BullMQ's patience: it would try again for ever. */
async function requireAnswer(url: string): Promise<void> {
  const probe = new Redis(url, { lazyConnect: true, connectTimeout: CONNECT_MS_MAX, retryStrategy: () => null })
  let first: Error | undefined
  probe.on('error', (error: Error) => {
    first ??= error
  })
  try {
    await probe.connect()
    await probe.ping()
  } catch (error) {
    throw new TorichigaeError('NO_QUEUE', `Redis at ${serverOf(url)}: ${reasonOf(first ?? error)}`, { cause: error })
  } finally {
    probe.disconnect()
  }
}
