import { describe, expect, it } from 'vitest'
import type { World } from '../../../world/ports.ts'
import { type Body, times, until } from './subject.ts'

/** A worker of the queue `print`, on a node of its own. */
export interface WorkerSetting {
  readonly concurrency: number
  handle(world: World, job: { readonly id: string }): Promise<void>
}

export interface QueueSubject {
  /** Runs the bodies at once while the workers take jobs. Called once. */
  run(workers: readonly WorkerSetting[], ...bodies: readonly Body[]): Promise<void>
  /** Crashes the worker's node, which drops the jobs it has at hand, and starts it again. */
  crash(worker: number): Promise<void>
  close(): Promise<void>
}

/** A job is tried so often when its handler throws. */
const ATTEMPTS = 3
const IDS = ['job-1', 'job-2', 'job-3', 'job-4', 'job-5']

/** What every `Queue` and its workers have to do. */
export function describeQueueContract(name: string, makeSubject: () => QueueSubject | Promise<QueueSubject>): void {
  const runIn = async (workers: readonly WorkerSetting[], ...bodies: readonly Body[]): Promise<void> => {
    const subject = await makeSubject()
    try {
      await subject.run(workers, ...bodies)
    } finally {
      await subject.close()
    }
  }
  /** A worker that notes what it is handed. */
  const noting = (handled: string[], concurrency = 1): WorkerSetting => ({
    concurrency,
    handle: (_world, { id }) => {
      handled.push(id)
      return Promise.resolve()
    },
  })

  describe(`the queue of ${name}`, () => {
    it('hands a job over by its id, to a task that works for it', async () => {
      const seen: (string | undefined)[] = []
      const worker: WorkerSetting = {
        concurrency: 1,
        handle: async (world, { id }) => {
          await world.clock.sleep(1)
          seen.push(id, world.application)
        },
      }
      await runIn([worker], async (world) => {
        await world.queue.add('print', { id: 'application:shop-1#3' })
        await until(world, 'the job is handled', () => seen.length > 0)
      })
      expect(seen).toEqual(['application:shop-1#3', 'application:shop-1#3'])
    })

    it('hands jobs to a single worker in the order of their arrival', async () => {
      const handled: string[] = []
      await runIn([noting(handled)], async (world) => {
        for (const id of IDS) await world.queue.add('print', { id })
        await until(world, 'all jobs are handled', () => handled.length === IDS.length)
      })
      expect(handled).toEqual(IDS)
    })

    it('gives a worker as many jobs at once as it takes, and no more', async () => {
      const at = new AtOnce(2)
      await runIn([{ concurrency: 2, handle: (world) => at.handle(world) }], async (world) => {
        for (const id of IDS) await world.queue.add('print', { id })
        await until(world, 'all jobs are handled', () => at.handled === IDS.length)
      })
      expect(at.most).toBe(2)
    })

    it('shares jobs among workers, each job to one', async () => {
      const at = new AtOnce(2)
      const handled: string[] = []
      const worker: WorkerSetting = {
        concurrency: 1,
        handle: async (world, { id }) => {
          handled.push(id)
          await at.handle(world)
        },
      }
      await runIn([worker, worker], async (world) => {
        for (const id of IDS) await world.queue.add('print', { id })
        await until(world, 'all jobs are handled', () => at.handled === IDS.length)
      })
      expect(at.most).toBe(2)
      expect(handled.sort()).toEqual(IDS)
    })

    it('takes a job once that is added again, waiting or done', async () => {
      const handled: string[] = []
      await runIn([noting(handled)], async (world) => {
        await world.queue.add('print', { id: 'job-1' })
        await world.queue.add('print', { id: 'job-1' })
        await until(world, 'the job is handled', () => handled.length > 0)
        await world.clock.sleep(2_000)
        await world.queue.add('print', { id: 'job-1' })
        await world.queue.add('print', { id: 'job-2' })
        await until(world, 'the other job is handled', () => handled.includes('job-2'))
      })
      expect(handled).toEqual(['job-1', 'job-2'])
    })

    it('takes a job once that many add at the same time', async () => {
      const handled: string[] = []
      await runIn(
        [noting(handled, 2)],
        ...times(4, async (world) => {
          await world.queue.add('print', { id: 'job-1' })
          await world.queue.add('print', { id: 'job-2' })
          await until(world, 'both jobs are handled', () => handled.length >= 2)
          await world.clock.sleep(2_000)
        }),
      )
      expect(handled.sort()).toEqual(['job-1', 'job-2'])
    })

    it('tries a job again whose handler threw', async () => {
      const handled: string[] = []
      const worker: WorkerSetting = {
        concurrency: 1,
        handle: (_world, { id }) => {
          handled.push(id)
          return handled.length === 1 ? Promise.reject(new Error('once')) : Promise.resolve()
        },
      }
      await runIn([worker], async (world) => {
        await world.queue.add('print', { id: 'job-1' })
        await until(world, 'the job is handled twice', () => handled.length === 2)
        await world.clock.sleep(5_000)
      })
      expect(handled).toEqual(['job-1', 'job-1'])
    })

    it(`gives a job up after ${String(ATTEMPTS)} attempts, and goes on with the others`, async () => {
      const handled: string[] = []
      const worker: WorkerSetting = {
        concurrency: 1,
        handle: (_world, { id }) => {
          handled.push(id)
          return id === 'bad' ? Promise.reject(new Error('always')) : Promise.resolve()
        },
      }
      await runIn([worker], async (world) => {
        await world.queue.add('print', { id: 'bad' })
        await world.queue.add('print', { id: 'good' })
        await until(world, 'it has been tried often enough', () => handled.length === ATTEMPTS + 1)
        await world.clock.sleep(10_000)
      })
      expect(handled.sort()).toEqual(['bad', 'bad', 'bad', 'good'])
    })

    it('hands out again what a worker had at hand when it crashed', async () => {
      const begun: string[] = []
      const finished: string[] = []
      const worker: WorkerSetting = {
        concurrency: 1,
        handle: async (world, { id }) => {
          begun.push(id)
          if (begun.length === 1) await world.clock.sleep(10_000_000)
          finished.push(id)
        },
      }
      const subject = await makeSubject()
      await subject
        .run([worker], async (world) => {
          await world.queue.add('print', { id: 'job-1' })
          await until(world, 'the job is begun', () => begun.length === 1)
          await subject.crash(0)
          await until(world, 'the job is finished', () => finished.length === 1)
        })
        .finally(() => subject.close())
      expect(begun).toEqual(['job-1', 'job-1'])
    })
  })
}

/** Holds jobs until so many are at hand together, and counts the most that ever were. */
class AtOnce {
  handled = 0
  most = 0
  private atHand = 0

  constructor(private readonly together: number) {}

  async handle(world: World): Promise<void> {
    this.atHand += 1
    this.most = Math.max(this.most, this.atHand)
    await until(world, 'enough jobs are at hand', () => this.most >= this.together)
    await world.clock.sleep(20)
    this.atHand -= 1
    this.handled += 1
  }
}
