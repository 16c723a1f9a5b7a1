import { expect, it } from 'vitest'
import type { MakeQueueSubject, WorkerSetting } from './queue-subject.ts'
import { AtOnce, noting, runIn } from './queue-workers.ts'
import { times, until } from './subject.ts'

const IDS = ['job-1', 'job-2', 'job-3', 'job-4', 'job-5']

/** To whom jobs go, in which order, how many at once, and that one id is one job. */
export function describeHandingOut(make: MakeQueueSubject): void {
  it('hands a job over by its id, to a task that works for it', async () => {
    const seen: (string | undefined)[] = []
    const worker: WorkerSetting = {
      concurrency: 1,
      handle: async (world, { id }) => {
        await world.clock.sleep(1)
        seen.push(id, world.application)
      },
    }
    await runIn(make, [worker], async (world) => {
      await world.queue.add('print', { id: 'application:shop-1#3' })
      await until(world, 'the job is handled', () => seen.length > 0)
    })
    expect(seen).toEqual(['application:shop-1#3', 'application:shop-1#3'])
  })

  it('hands jobs to a single worker in the order of their arrival', async () => {
    const handled: string[] = []
    await runIn(make, [noting(handled)], async (world) => {
      for (const id of IDS) await world.queue.add('print', { id })
      await until(world, 'all jobs are handled', () => handled.length === IDS.length)
    })
    expect(handled).toEqual(IDS)
  })

  it('gives a worker as many jobs at once as it takes, and no more', async () => {
    const at = new AtOnce(2)
    await runIn(make, [{ concurrency: 2, handle: (world) => at.handle(world) }], async (world) => {
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
    await runIn(make, [worker, worker], async (world) => {
      for (const id of IDS) await world.queue.add('print', { id })
      await until(world, 'all jobs are handled', () => at.handled === IDS.length)
    })
    expect(at.most).toBe(2)
    expect(handled.sort()).toEqual(IDS)
  })

  it('gives each of several workers as many jobs as that one takes', async () => {
    const together = new AtOnce(3)
    const each = [new AtOnce(2), new AtOnce(1)]
    const workers = each.map((own): WorkerSetting => ({ concurrency: own.together, handle: (world) => own.during(() => together.handle(world)) }))
    await runIn(make, workers, async (world) => {
      for (const id of IDS) await world.queue.add('print', { id })
      await until(world, 'all jobs are handled', () => together.handled === IDS.length)
    })
    expect(together.most).toBe(3)
    expect(each.map(({ most }) => most)).toEqual([2, 1])
  })

  it('takes a job once that is added again, waiting or done', async () => {
    const handled: string[] = []
    await runIn(make, [noting(handled)], async (world) => {
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
      make,
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
}
