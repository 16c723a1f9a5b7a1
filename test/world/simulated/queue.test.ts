import { describe, expect, it } from 'vitest'
import { defaultStrategy } from '../../../explore/strategies/default.ts'
import { uniformStrategy } from '../../../explore/strategies/uniform.ts'
import type { FaultKind } from '../../../world/simulated/faults.ts'
import { RETRY_MS, STALL_MS } from '../../../world/simulated/queue.ts'
import type { Strategy } from '../../../world/simulated/strategy.ts'
import { stepNames } from '../../../world/step-names.ts'
import { expectFinished, NOON, node, runOn } from './small-stage.ts'

/** The default schedule, with the fault where it can happen first. */
function onceFaulty(kind: FaultKind): Strategy {
  let left = 1
  return { ...defaultStrategy(), fault: (offered) => (offered.includes(kind) && left-- > 0 ? kind : undefined) }
}

/** When one job is begun, in milliseconds after it was added, where its first handler ends after so long and as it says. */
async function begunAtMs(kind: FaultKind, firstMs: number, first: 'ends' | 'throws'): Promise<number[]> {
  const atMs: number[] = []
  const worker = node('worker', {
    start: () => ({
      consumes: {
        queue: 'print',
        concurrency: 2,
        handle: async ({ clock }) => {
          atMs.push(clock.now() - NOON)
          if (atMs.length > 1) return 'ready'
          await clock.sleep(firstMs)
          if (first === 'throws') throw new Error('first')
          return 'ready'
        },
      },
    }),
  })
  const run = await runOn([worker, node('adding')], { strategy: onceFaulty(kind) }, async (stage) => {
    await stage.world('adding').queue.add('print', { id: 'job-1' })
    await stage.idle()
  })
  expectFinished(run)
  return atMs
}

describe('a worker that the queue takes for dead', () => {
  it('loses its job after the stall time', async () => {
    expect(await begunAtMs('stall', 2 * STALL_MS, 'ends')).toEqual([0, STALL_MS])
  })

  it('keeps the job that it is through with before that', async () => {
    expect(await begunAtMs('stall', STALL_MS - 1, 'ends')).toEqual([0])
  })

  it('has a job that it throws at before that tried again after the retry delay, not when the stall time is over', async () => {
    const thrownMs = STALL_MS - RETRY_MS / 2
    expect(await begunAtMs('stall', thrownMs, 'throws')).toEqual([0, thrownMs + RETRY_MS])
  })
})

describe('a job that is handed out twice', () => {
  it('is begun twice at once', async () => {
    expect(await begunAtMs('job-twice', 1_000, 'ends')).toEqual([0, 0])
  })
})

describe('taking a job', () => {
  it('is a step of whoever gets it, however many workers have a place free', async () => {
    const workers = ['one', 'two', 'three']
    const jobs = ['application-shop-1-1', 'application-shop-2-1']
    const taken = new Set<string>()
    for (let seed = 1; seed <= 50; seed += 1) {
      const begun: string[] = []
      const worker = (name: string): ReturnType<typeof node> =>
        node(name, {
          start: () => ({
            consumes: {
              queue: 'print',
              concurrency: 1,
              handle: async ({ clock }, { id }) => {
                begun.push(`${name} ${id}`)
                await clock.sleep(1_000)
                return 'ready'
              },
            },
          }),
        })
      const run = await runOn([...workers.map(worker), node('adding')], { strategy: uniformStrategy(seed) }, async (stage) => {
        const { queue } = stage.world('adding')
        await Promise.all(jobs.map((id) => queue.add('print', { id })))
        await stage.idle()
      })
      expectFinished(run)

      const takes = run.trace.filter(({ name }) => name === stepNames.takeJob('print', 'print')).map((step) => `${step.node} ${String(step.application)}`)
      expect(takes).toEqual(begun)
      expect(begun.map((one) => one.split(' ')[1]).sort()).toEqual(jobs)
      taken.add(begun.join(', '))
    }
    // Whichever worker takes whichever job, in either order.
    expect(taken.size).toBe(workers.length * (workers.length - 1) * jobs.length)
  })
})
