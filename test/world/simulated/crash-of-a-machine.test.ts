import { describe, expect, it } from 'vitest'
import { untilCrash } from '../../../world/stage.ts'
import { STALL_MS } from '../../../world/simulated/queue.ts'
import { expectFinished, NOON, node, noonPlus, runOn } from './small-stage.ts'

describe('a print node that crashes', () => {
  const engine = { capacity: 1, baseMs: 0, perSheetMs: 100 }

  it('stops its conversions, and converts again at full speed after it', async () => {
    const ended: string[] = []
    const run = await runOn([node('one', { engine }), node('two')], {}, async (stage) => {
      const convert = async (name: string): Promise<void> => {
        const { engine, clock } = stage.world('one')
        await engine.convert(name, 10)
        ended.push(`${name} at ${String(clock.now() - NOON)}`)
      }
      void convert('lost-1')
      void convert('lost-2')
      await stage.world('two').clock.sleep(300)
      stage.crash('one')
      await convert('new')
    })

    expectFinished(run)
    expect(ended).toEqual(['new at 1300'])
  })

  it('has its job handed out again after the stall time, and once only', async () => {
    const handled: string[] = []
    const worker = node('one', {
      start: () => ({
        consumes: {
          queue: 'print',
          concurrency: 2,
          handle: async ({ clock }, { id }) => {
            handled.push(`${id} at ${String(clock.now() - NOON)}`)
            if (handled.length <= 2) await clock.sleep(1_000)
            handled.push(`${id} done`)
            return 'ready'
          },
        },
      }),
    })
    const run = await runOn([worker, node('two')], {}, async (stage) => {
      const { queue, clock } = stage.world('two')
      await queue.add('print', { id: 'job-1' })
      await queue.add('print', { id: 'job-2' })
      await clock.sleep(400)
      stage.crash('one')
      await queue.add('print', { id: 'job-3' })
      await stage.idle()
    })

    expectFinished(run)
    expect(handled).toEqual([
      'job-1 at 0',
      'job-2 at 0',
      'job-3 at 400',
      'job-3 done',
      `job-1 at ${String(400 + STALL_MS)}`,
      'job-1 done',
      `job-2 at ${String(400 + STALL_MS)}`,
      'job-2 done',
    ])
  })

  it('takes the job that it was about to take when it crashed, without a stall', async () => {
    const handled: number[] = []
    const worker = node('one', {
      start: () => ({ consumes: { queue: 'print', concurrency: 1, handle: ({ clock }) => {
        handled.push(clock.now() - NOON)
        return Promise.resolve('ready')
      } } }),
    })
    const run = await runOn([worker, node('two')], {}, async (stage) => {
      await stage.world('two').queue.add('print', { id: 'job-1' })
      stage.crash('one')
      await stage.idle()
    })

    expectFinished(run)
    expect(handled).toEqual([0])
  })
})

describe('a node that crashes in a run of its schedule', () => {
  it('does not go on with the run, and begins the next one so long after its new start', async () => {
    const seen: string[] = []
    const link = node('link', {
      role: 'link',
      start: () => ({
        schedules: [
          {
            words: 'link run',
            everyMs: 1_000,
            run: async ({ clock }) => {
              seen.push(`began at ${String(clock.now() - NOON)}`)
              await clock.sleep(500)
              seen.push(`ended at ${String(clock.now() - NOON)}`)
            },
          },
        ],
      }),
    })
    const run = await runOn([link], {}, async (stage) => {
      await stage.waitUntil(noonPlus(1_200))
      stage.crash('link')
      await stage.waitUntil(noonPlus(3_800))
    })

    expectFinished(run)
    expect(seen).toEqual(['began at 1000', 'began at 2200', 'ended at 2700', 'began at 3200', 'ended at 3700'])
    expect(run.trace.filter(({ name }) => name === 'link: begin link run')).toHaveLength(3)
  })
})

describe('a kiosk that crashes', () => {
  it('keeps its journal, and forgets everything else', async () => {
    const seen: string[] = []
    const entries: unknown[] = []
    const entry = { application: 'application-shop-1-1', municipality: 'munakata', session: 's-1', state: 'feeding', yen: 200 } as const
    const run = await runOn([], {}, async (stage) => {
      const { journal, clock } = stage.kioskWorld('shop-1', { purseYen: 1_000 })
      const session = async (): Promise<void> => {
        await journal.append(entry)
        await clock.sleep(1_000)
        seen.push('went on')
      }
      void session()
      await stage.waitUntil(noonPlus(500))
      stage.crash('shop-1')
      await stage.waitUntil(noonPlus(5_000))
      const after = stage.kioskWorld('shop-1', { purseYen: 0 })
      entries.push(...(await after.journal.entries()))
    })

    expectFinished(run)
    expect(seen).toEqual([])
    expect(entries).toEqual([entry])
  })

  it('tells a driver that waits for its session, which itself never settles', async () => {
    const seen: string[] = []
    const run = await runOn([], {}, async (stage) => {
      const { clock } = stage.kioskWorld('shop-1', { purseYen: 1_000 })
      const over = untilCrash(stage, 'shop-1', () => clock.sleep(60_000)).then((end) => seen.push(`${String(end)} at ${String(stage.scheduler.nowMs - NOON)}`))
      await stage.waitUntil(noonPlus(500))
      stage.crash('shop-1')
      await over
      await stage.idle()
    })

    expectFinished(run)
    expect(seen).toEqual(['crashed at 500'])
  })
})
