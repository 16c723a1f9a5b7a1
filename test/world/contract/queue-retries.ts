import { expect, it } from 'vitest'
import type { MakeQueueSubject, WorkerSetting } from './queue-subject.ts'
import { withSubject } from './queue-workers.ts'
import { until } from './subject.ts'

/** A job is tried so often when its handler throws. */
export const ATTEMPTS = 3

/** A worker that notes what it is handed, and throws at some of it. */
const failing = (handled: string[], throwsAt: (id: string) => boolean): WorkerSetting => ({
  concurrency: 1,
  handle: (_world, { id }) => {
    handled.push(id)
    return throwsAt(id) ? Promise.reject(new Error('thrown')) : Promise.resolve()
  },
})

/** At least once, and not for ever: what becomes of a job whose handler throws. */
export function describeRetries(make: MakeQueueSubject): void {
  it('tries a job again whose handler threw, until it does not', () =>
    withSubject(make, async (subject) => {
      const handled: string[] = []
      const worker = failing(handled, () => handled.length < ATTEMPTS)

      await subject.run([worker], async (world) => {
        await world.queue.add('print', { id: 'job-1' })
        await subject.idle()
      })

      expect(handled).toEqual(Array.from({ length: ATTEMPTS }, () => 'job-1'))
      expect(subject.failed()).toEqual([])
    }))

  it('lets a job wait before it is tried again, and those behind it not wait for it', () =>
    withSubject(make, async (subject) => {
      const handled: string[] = []
      const atMs: number[] = []
      let isBehind = false
      const worker: WorkerSetting = {
        concurrency: 1,
        handle: async (world, { id }) => {
          if (id === 'job-1' && handled.length === 0) await until(world, 'another job is behind it', () => isBehind)
          handled.push(id)
          atMs.push(world.clock.now())
          if (handled.length === 1) throw new Error('once')
        },
      }

      await subject.run([worker], async (world) => {
        await world.queue.add('print', { id: 'job-1' })
        await world.queue.add('print', { id: 'behind' })
        isBehind = true
        await subject.idle()
      })

      expect(handled).toEqual(['job-1', 'behind', 'job-1'])
      expect(atMs[2]! - atMs[0]!).toBeGreaterThanOrEqual(subject.retryMs)
    }))

  it(`gives a job up after ${String(ATTEMPTS)} attempts and says so once, goes on with the others, and waits for it no more`, () =>
    withSubject(make, async (subject) => {
      const handled: string[] = []
      const worker = failing(handled, (id) => id === 'bad')

      await subject.run([worker], async (world) => {
        await world.queue.add('print', { id: 'bad' })
        await world.queue.add('print', { id: 'good' })
        await until(world, 'a job is given up', () => subject.failed().length > 0)
        await subject.idle()
      })

      expect(handled.sort()).toEqual([...Array.from({ length: ATTEMPTS }, () => 'bad'), 'good'])
      expect(subject.failed()).toEqual(['bad'])
    }))
}
