import { expect, it } from 'vitest'
import type { World } from '../../../world/ports.ts'
import type { MakeQueueSubject, QueueSubject, WorkerSetting } from './queue-subject.ts'
import { ATTEMPTS } from './queue-retries.ts'
import { Obedient, withSubject } from './queue-workers.ts'
import { until } from './subject.ts'

/** Worker 0, whose jobs are taken over, and worker 1, which is well. */
const LOSING = 0
const WELL = 1

/** What becomes of a job whose worker is dead, or seems so. */
export function describeTakeover(make: MakeQueueSubject): void {
  it('gives the job of a worker that seems dead to another, and does not take its late end for that one\'s', () =>
    withObedient(make, { concurrency: 1, silent: true }, async (world, workers, subject) => {
      const [job] = await takenOver(world, workers, 1)

      workers.tell(LOSING, job!, 'ends')
      await fill(world, workers, ['next'])
      workers.tell(WELL, job!, 'throws')
      workers.release()
      await subject.idle()

      expect(workers.counts(job!)).toEqual({ begun: 3, finished: 2 })
      expect(subject.failed()).toEqual([])
    }))

  it('tries no job again and gives none up because a worker that has lost it throws, be another at it or through with it', () =>
    withObedient(make, { concurrency: 2, silent: true }, async (world, workers, subject) => {
      const [one, other] = await takenOver(world, workers, 2)

      workers.tell(LOSING, one!, 'throws')
      await fill(world, workers, ['a1'])
      workers.tell(WELL, one!, 'ends')
      workers.tell(WELL, other!, 'ends')
      await fill(world, workers, ['b1', 'b2', 'b3'])
      workers.tell(LOSING, other!, 'throws')
      await fill(world, workers, ['c1', 'c2', 'c3', 'c4'])
      workers.release()
      await subject.idle()

      expect(workers.counts(one!)).toEqual({ begun: 2, finished: 1 })
      expect(workers.counts(other!)).toEqual({ begun: 2, finished: 1 })
      expect(subject.failed()).toEqual([])
    }))

  it('hands out again what a worker had at hand when it crashed, and other jobs meanwhile', () =>
    withObedient(make, { concurrency: 1 }, async (world, workers, subject) => {
      const { lost } = await shared(world, workers, 1)

      await subject.crash(LOSING)
      workers.tell(LOSING, lost[0]!, 'ends')
      await fill(world, workers, ['next'])
      workers.release()
      await subject.idle()

      expect(workers.counts(lost[0]!)).toEqual({ begun: 2, finished: 1 })
    }))

  it('counts no crash among the attempts of a job', () =>
    withSubject(make, async (subject) => {
      let begun = 0
      const worker: WorkerSetting = {
        concurrency: 1,
        handle: async (world) => {
          begun += 1
          if (begun === 1) await world.clock.sleep(10_000_000)
          else if (begun <= ATTEMPTS) throw new Error('again')
        },
      }

      await subject.run([worker], async (world) => {
        await world.queue.add('print', { id: 'job-1' })
        await until(world, 'the job is begun', () => begun === 1)
        await subject.crash(0)
        await subject.idle()
      })

      expect(begun).toBe(1 + ATTEMPTS)
      expect(subject.failed()).toEqual([])
    }))
}

/** Runs a body with two workers of one concurrency that do as they are told, of which the first is as `losing` says. */
function withObedient(
  make: MakeQueueSubject,
  losing: Omit<WorkerSetting, 'handle'>,
  body: (world: World, workers: Obedient, subject: QueueSubject) => Promise<void>,
): Promise<void> {
  return withSubject(make, async (subject) => {
    const workers = new Obedient()
    const { concurrency } = losing
    // Whatever a body that fails has left at hand is not waited for.
    await subject
      .run([workers.worker(LOSING, losing), workers.worker(WELL, { concurrency })], (world) => body(world, workers, subject))
      .finally(() => {
        workers.release()
      })
  })
}

/** Gives both workers as much as they take, and says who has what. */
async function shared(world: World, workers: Obedient, each: number): Promise<{ lost: string[]; kept: string[] }> {
  const ids = Array.from({ length: 2 * each }, (_, index) => `job-${String(index + 1)}`)
  await allBegin(world, workers, ids)
  return { lost: ids.filter((id) => workers.had(LOSING, id)), kept: ids.filter((id) => !workers.had(LOSING, id)) }
}

/** Lets the worker that is well end its own jobs and take over those of the other, which goes on. Gives their ids. */
async function takenOver(world: World, workers: Obedient, each: number): Promise<string[]> {
  const { lost, kept } = await shared(world, workers, each)
  for (const id of kept) workers.tell(WELL, id, 'ends')
  await until(world, 'the jobs are taken over', () => lost.every((id) => workers.had(WELL, id)))
  return lost
}

/**
 * Adds as many jobs as there is room for once the queue has heard of everything that has ended, waits until all are at hand at
 * once, and ends them.
 */
async function fill(world: World, workers: Obedient, ids: readonly string[]): Promise<void> {
  await allBegin(world, workers, ids)
  for (const id of ids) for (const index of [LOSING, WELL]) if (workers.had(index, id)) workers.tell(index, id, 'ends')
}

/** Adds the jobs and waits until all are at hand at once. */
async function allBegin(world: World, workers: Obedient, ids: readonly string[]): Promise<void> {
  for (const id of ids) await world.queue.add('print', { id })
  await until(world, 'all have begun', () => ids.every((id) => workers.had(LOSING, id) || workers.had(WELL, id)))
}
