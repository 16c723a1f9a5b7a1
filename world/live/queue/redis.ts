import { Queue, Worker } from 'bullmq'
import { Redis } from 'ioredis'
import { TorichigaeError } from '../../../contract/index.ts'
import { reasonOf, serverOf } from '../connection.ts'
import type { BackEnd, JobData } from './back-end.ts'

/** So long a first connection may take. */
const CONNECT_MS_MAX = 5_000
/** So long a command of whoever adds may take: a request waits for it. */
const COMMAND_MS_MAX = 3_000

/**
 * BullMQ on Redis. A queue's keys begin with `{torichigae:run}:queue`; what is in braces decides on which node of a Redis
 * Cluster they are, so each site's queue goes in one place, and the sites' spread over all.
 *
 * While the server is gone, adding fails at once, so that a request is refused and nobody waits for what may never come; a
 * worker waits and goes on when the server is back.
 *
 * @throws TorichigaeError NO_QUEUE if the server does not answer.
 */
export async function openRedisBackEnd(url: string, run: string): Promise<BackEnd> {
  await requireAnswer(url)
  // Adding goes over one connection for all queues; a worker blocks on its own.
  const shared = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: 1, enableOfflineQueue: false, commandTimeout: COMMAND_MS_MAX })
  shared.on('error', () => undefined)
  await shared.connect()
  const prefixOf = (name: string): string => `{torichigae:${run}:${name}}`
  return {
    queue: (name) => new Queue<JobData, void>(name, { connection: shared, prefix: prefixOf(name) }),
    worker: (name, settings, process) =>
      new Worker<JobData, void>(name, process, {
        ...settings,
        connection: { url, maxRetriesPerRequest: null },
        prefix: prefixOf(name),
      }),
    leave: async (queues) => {
      for (const queue of queues) await queue.close()
      shared.disconnect()
    },
    ask: () => shared.ping(),
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
