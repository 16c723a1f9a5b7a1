import { randomUUID } from 'node:crypto'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { connectDatabase } from '../../../world/live/connection.ts'
import { type LiveQueues, openQueues, type QueueOptions } from '../../../world/live/queue/open-queues.ts'
import { testDatabaseUrl } from '../../support/postgres.ts'
import { type RedisServer, startRedis } from '../../support/redis.ts'
import { hasTool, requireTool } from '../../support/tools.ts'
import { describeQueueContract } from '../contract/queue.ts'
import { LiveTask } from '../../../world/live/task.ts'
import { printTask } from './live-subject.ts'
import { queueSubject } from './queue-subject.ts'

/** Short waits, in real milliseconds, for jobs that are tried again or taken over; long enough to hand another one out meanwhile. */
const SHORT = { retryMs: 150, lockMs: 500 }
const newRun = (): string => `test_${randomUUID().replaceAll('-', '')}`

interface Server {
  readonly name: string
  readonly available: boolean
  open(run: string, more?: Partial<QueueOptions>): Promise<LiveQueues>
  /** What a run has left on the server. */
  traces(run: string): Promise<readonly string[]>
}

function describeQueues(server: Server): void {
  let queues: LiveQueues
  let sites = 0
  beforeAll(async () => {
    if (server.available) queues = await server.open(newRun())
  })
  afterAll(async () => {
    if (server.available) await queues.close()
  })

  describeQueueContract(`the live world on ${server.name}`, () => queueSubject(queues, `site-${String((sites += 1))}`, SHORT.retryMs))

  describe(`live queues on ${server.name}`, () => {
    it('count the jobs that are not finished, and leave nothing behind when closed', async () => {
      const run = newRun()
      const own = await server.open(run)
      const port = own.port(printTask(1), 'munakata')
      for (const id of ['1', '2', '3']) await port.add('print', { id })
      expect(await own.unfinished()).toBe(3)
      expect(await server.traces(run)).not.toEqual([])

      const consumer = await own.consume('munakata', 'print', { concurrency: 2, handle: () => Promise.resolve() })
      await expect.poll(() => own.unfinished()).toBe(0)
      await consumer.close()
      await own.close()

      expect(await server.traces(run)).toEqual([])
    })

    it('keep sites apart', async () => {
      const own = await server.open(newRun())
      const handled: string[] = []
      await own.consume('munakata', 'print', { concurrency: 1, handle: ({ id }) => Promise.resolve(void handled.push(id)) })

      await own.port(printTask(1), 'yokohama').add('print', { id: 'job-1' })
      await own.port(printTask(1), 'munakata').add('print', { id: 'job-1' })
      await own.port(printTask(1), 'munakata').add('print', { id: 'job-2' })
      await expect.poll(() => handled).toEqual(['job-1', 'job-2'])

      await expect.poll(() => own.unfinished()).toBe(1)
      await own.close()
    })

    it('tell of a job that has failed for good, once', async () => {
      const own = await server.open(newRun(), { attempts: 2 })
      const failed: string[] = []
      await own.consume('munakata', 'print', {
        concurrency: 1,
        handle: ({ id }) => Promise.reject(new Error(`cannot print ${id}`)),
        onFailed: ({ id }, error) => failed.push(`${id}: ${error.message}`),
      })

      await own.port(printTask(1), 'munakata').add('print', { id: 'job-1' })
      await expect.poll(() => failed).toEqual(['job-1: cannot print job-1'])

      expect(await own.unfinished()).toBe(0)
      await own.close()
    })

    it('give back what a retiring worker does not finish in time, to be taken at once and not counted as a failure', async () => {
      const own = await server.open(newRun(), { attempts: 1, lockMs: 30_000 })
      const order: string[] = []
      const forever = new Promise<void>(() => undefined)
      const slow = await own.consume('munakata', 'print', {
        concurrency: 2,
        handle: ({ id }) => {
          order.push(`slow begins ${id}`)
          return forever
        },
      })
      await own.port(printTask(1), 'munakata').add('print', { id: 'job-1' })
      await expect.poll(() => order).toEqual(['slow begins job-1'])

      await slow.retire(50, () => order.push('late'))
      await own.consume('munakata', 'print', { concurrency: 1, handle: ({ id }) => Promise.resolve(void order.push(`other takes ${id}`)) })
      await expect.poll(() => order).toEqual(['slow begins job-1', 'late', 'other takes job-1'])

      await expect.poll(() => own.unfinished()).toBe(0)
      await own.close()
    })

    it('say how many jobs wait and run at each site, and know a request by its id', async () => {
      const own = await server.open(newRun())
      const seen: (string | undefined)[] = []
      let finish = (): void => undefined
      const hold = new Promise<void>((resolve) => {
        finish = resolve
      })
      own.know('yokohama', 'print')
      await own.consume('issuing:munakata', 'print', {
        concurrency: 1,
        handle: ({ requestId }) => {
          seen.push(requestId)
          return hold
        },
      })
      const task = new LiveTask({ role: 'issuing', process: 'issuing:munakata#1', requestId: 'trace-7' })
      for (const id of ['job-1', 'job-2', 'job-3']) await own.port(task, 'issuing:munakata').add('print', { id })

      await expect.poll(() => own.depths()).toEqual([
        { site: 'yokohama', waiting: 0, active: 0 },
        { site: 'issuing:munakata', waiting: 2, active: 1 },
      ])
      finish()
      await expect.poll(() => seen).toEqual(['trace-7', 'trace-7', 'trace-7'])
      await own.close()
    })

    it('stay when a process lets go of them, for whoever comes next', async () => {
      const run = newRun()
      const first = await server.open(run)
      await first.port(printTask(1), 'munakata').add('print', { id: 'job-1' })
      await first.leave()

      const next = await server.open(run)
      next.know('munakata', 'print')
      expect(await next.unfinished()).toBe(1)
      await next.close()

      expect(await server.traces(run)).toEqual([])
    })

    it('wait for the jobs at hand when closed', async () => {
      const own = await server.open(newRun())
      const order: string[] = []
      let finish = (): void => undefined
      const hold = new Promise<void>((resolve) => {
        finish = resolve
      })
      await own.consume('munakata', 'print', {
        concurrency: 1,
        handle: async () => {
          order.push('begun')
          await hold
          order.push('finished')
        },
      })
      await own.port(printTask(1), 'munakata').add('print', { id: 'job-1' })
      await expect.poll(() => order).toEqual(['begun'])

      const closing = own.close().then(() => order.push('closed'))
      finish()
      await closing

      expect(order).toEqual(['begun', 'finished', 'closed'])
    })
  })
}

describeQueues({
  name: 'PostgreSQL',
  available: true,
  open: async (run, more) => openQueues({ databaseUrl: await testDatabaseUrl(), run, ...SHORT, ...more }),
  traces: async (run) => {
    const connection = await connectDatabase({ url: await testDatabaseUrl(), connectionsMax: 1 })
    const schemas = await connection.kysely.introspection.getSchemas()
    await connection.close()
    return schemas.map(({ name }) => name).filter((name) => name.startsWith(run))
  },
})

describe('with Redis', () => {
  let redis: RedisServer
  beforeEach((context) => {
    requireTool('redis-server', context)
  })
  beforeAll(async () => {
    if (hasTool('redis-server')) redis = await startRedis()
  })
  afterAll(async () => {
    if (hasTool('redis-server')) await redis.close()
  })

  describeQueues({
    name: 'Redis',
    available: hasTool('redis-server'),
    open: (run, more) => openQueues({ databaseUrl: 'postgres://unused', redisUrl: redis.url, run, ...SHORT, ...more }),
    traces: async (run) => {
      const client = new Redis(redis.url)
      const keys = await client.keys(`*${run}*`)
      await client.quit()
      return keys
    },
  })
})

describe('live queues without a server', () => {
  it('say that Redis does not answer, without the password', async () => {
    const options = { databaseUrl: 'postgres://unused', redisUrl: 'redis://:secret@127.0.0.1:1', run: newRun() }

    await expect(openQueues(options)).rejects.toMatchObject({ code: 'NO_QUEUE', detail: 'Redis at 127.0.0.1:1: connect ECONNREFUSED 127.0.0.1:1' })
  })

  it('say that PostgreSQL does not answer, without the password', async () => {
    const options = { databaseUrl: 'postgres://someone:secret@127.0.0.1:1/postgres', run: newRun() }

    await expect(openQueues(options)).rejects.toMatchObject({ code: 'NO_QUEUE', detail: 'PostgreSQL at 127.0.0.1:1: connect ECONNREFUSED 127.0.0.1:1' })
  })
})
