import { describe, expect, it } from 'vitest'
import { uniformStrategy } from '../../../explore/strategies/uniform.ts'
import type { World } from '../../../world/ports.ts'
import type { Choice, Strategy } from '../../../world/simulated/strategy.ts'
import { expectFinished, lines, NOON, node, runBodies, runOn } from './small-stage.ts'

/** Writes so many files, one after the other. */
const writes = (...names: readonly string[]) => async ({ files }: World): Promise<void> => {
  for (const name of names) await files.write(name, { digest: name, pages: 1, body: name })
}

/** Takes what `pick` says and keeps what it was offered. */
const picking = (pick: (choice: Choice) => number, timeJumps = 0): { readonly strategy: Strategy; readonly offered: Choice[] } => {
  const offered: Choice[] = []
  const choose = (choice: Choice): number => {
    offered.push({ ...choice, ready: [...choice.ready] })
    return pick(choice)
  }
  return { strategy: { timeJumps, choose }, offered }
}

describe('the default schedule', () => {
  it('goes on with the same process as long as it can, then with the longest waiting', async () => {
    const run = await runBodies({}, writes('a1', 'a2', 'a3'), writes('b1', 'b2'), writes('c1'))

    expectFinished(run)
    expect(run.trace.map(({ name }) => name)).toEqual(['a1', 'a2', 'a3', 'b1', 'b2', 'c1'].map((name) => `print: write work file ${name}`))
    expect(run.deviations).toEqual([])
  })

  it('lets time pass only when nothing is ready', async () => {
    const run = await runBodies(
      {},
      async (world) => {
        await world.clock.sleep(1)
        await writes('a')(world)
      },
      writes('b1', 'b2', 'b3'),
    )

    expect(lines(run.trace)).toEqual([
      '0 two#script.2 | print: write work file b1',
      '0 two#script.2 | print: write work file b2',
      '0 two#script.2 | print: write work file b3',
      '1 one#script.1 | print: wait',
      '1 one#script.1 | print: write work file a',
    ])
  })

  it('is the same each time', async () => {
    const once = async (): Promise<string[]> => lines((await runBodies({}, writes('a', 'b'), writes('a', 'c'), writes('d'))).trace)

    expect(await once()).toEqual(await once())
  })
})

describe('a step that has to wait for a lock', () => {
  const locks = async ({ database }: World): Promise<void> => {
    await database.transaction('lock', (tx) => tx.get({ name: 'rows' }, 'one'))
  }

  it('is told as one that waited, and once more when it is made; every other, a timer too, as made', async () => {
    // The second asks as soon as the first has the lock.
    const { strategy } = picking(({ step, ready, byDefault }) => (step === 1 ? ready.findIndex(({ process }) => process.name.startsWith('two')) : byDefault))
    const run = await runBodies({ strategy }, locks, locks, ({ clock }) => clock.sleep(1))

    expectFinished(run)
    expect(run.trace.map(({ process, name, waited }) => [process.replace(/#.*/, ''), name.replace('print: ', ''), waited])).toEqual([
      ['one', 'get and lock rows', false],
      ['two', 'get and lock rows', true],
      ['one', 'lock: commit', false],
      ['two', 'get and lock rows', false],
      ['two', 'lock: commit', false],
      ['three', 'wait', false],
    ])
  })
})

describe('time', () => {
  it('stays within the budget of time jumps', async () => {
    const { strategy, offered } = picking(({ ready, timeIsOpen }) => (timeIsOpen ? ready.length : 0), 2)

    const run = await runBodies(
      { strategy },
      async ({ clock }) => {
        for (let n = 0; n < 5; n += 1) await clock.sleep(10)
      },
      writes('b1', 'b2', 'b3'),
    )

    expectFinished(run)
    const jumps = run.deviations.filter(({ name }) => name === 'print: wait')
    expect(jumps).toHaveLength(2)
    expect(offered.filter(({ timeIsOpen, ready }) => timeIsOpen && ready.length > 0)).toHaveLength(2)
  })

  it('may not be chosen beyond the budget', async () => {
    const { strategy } = picking(({ ready }) => ready.length)

    const run = await runBodies({ strategy }, ({ clock }) => clock.sleep(10), writes('b1'))

    expect(run.end).toMatchObject({ end: 'failed', error: { message: 'the budget of time jumps is spent' } })
  })

  it('does not go back when a late timer is overtaken by a step that sets an earlier one', async () => {
    const seen: number[] = []
    await runBodies(
      { strategy: uniformStrategy(3, 20) },
      ...[50, 20, 30].map((ms) => async ({ clock }: World) => {
        for (let n = 0; n < 4; n += 1) {
          await clock.sleep(ms)
          seen.push(clock.now())
        }
      }),
    )

    expect(seen).toHaveLength(12)
    expect(seen).toEqual([...seen].sort((a, b) => a - b))
  })

  it('is known to the strategy', async () => {
    const { strategy, offered } = picking(({ byDefault }) => byDefault)

    await runBodies({ strategy }, async (world) => {
      await world.clock.sleep(25)
      await writes('a')(world)
    })

    expect(offered.map(({ nowMs }) => nowMs - NOON)).toEqual([0, 25])
  })
})

describe('timers of one instant', () => {
  it('fire in the order in which they were set, whoever set them and whatever else they set', async () => {
    const fired: string[] = []
    const setThree = (who: string) => ({ clock }: World) => {
      for (const n of [1, 2, 3]) {
        clock.after(100, `${who}${String(n)}`, () => {
          fired.push(`${who}${String(n)}`)
          clock.after(0, 'again', () => fired.push(`${who}${String(n)} again`))
        })
      }
      return clock.sleep(200)
    }

    await runBodies({}, setThree('a'), setThree('b'))

    expect(fired).toEqual(['a1', 'a2', 'a3', 'b1', 'b2', 'b3', 'a1 again', 'a2 again', 'a3 again', 'b1 again', 'b2 again', 'b3 again'])
  })

  it('leave room for steps in between: one virtual instant holds many events', async () => {
    const order: string[] = []
    await runBodies(
      {},
      async (world) => {
        await world.clock.sleep(100)
        await writes('a')(world)
        order.push(`a at ${String(world.clock.now() - NOON)}`)
      },
      async (world) => {
        await world.clock.sleep(100)
        order.push(`b at ${String(world.clock.now() - NOON)}`)
      },
    )

    expect(order).toEqual(['a at 100', 'b at 100'])
  })
})

describe('a run ends', () => {
  it('"step-limit" when it has made as many steps as it may', async () => {
    const run = await runBodies({ stepLimit: 100 }, async ({ clock }) => {
      for (;;) await clock.sleep(1)
    })

    expect(run.end).toEqual({ end: 'step-limit', steps: 100 })
    expect(run.trace).toHaveLength(100)
  })

  it('"finished" when its last step is the last it may make', async () => {
    const run = await runBodies({ stepLimit: 2 }, writes('a', 'b'))

    expect(run.end).toEqual({ end: 'finished' })
  })

  it('"quiet" when two wait for each other', async () => {
    const table = { name: 'residents' }
    const lockBoth = (first: string, second: string) => ({ database, clock }: World) =>
      database.transaction('move within', async (tx) => {
        await tx.get(table, first)
        await clock.sleep(10)
        await tx.get(table, second)
      })

    const run = await runBodies({}, lockBoth('a', 'b'), lockBoth('b', 'a'))

    expect(run.end).toEqual({ end: 'quiet', waiting: 'no step is ready and no timer is set' })
  })

  it('"failed" with what the driver or a body threw, at once or later', async () => {
    const thrown = new Error('the driver is wrong')
    const atOnce = await runOn([], {}, () => {
      throw thrown
    })
    const later = await runBodies({}, async (world) => {
      await writes('a')(world)
      throw thrown
    })

    expect(atOnce.end).toEqual({ end: 'failed', error: thrown })
    expect(later.end).toEqual({ end: 'failed', error: thrown })
  })

  it('"failed" with what a timer threw', async () => {
    const thrown = new Error('the timer is wrong')
    const run = await runBodies({}, async ({ clock }) => {
      clock.after(10, 'throw', () => {
        throw thrown
      })
      await clock.sleep(20)
    })

    expect(run.end).toEqual({ end: 'failed', error: thrown })
  })

  it('"failed" with a rejection that nobody listens to, which would be the end of a real node', async () => {
    const listeners = process.listenerCount('unhandledRejection')
    const thrown = new Error('nobody listens')
    const run = await runOn([node('one')], {}, async (stage) => {
      const world = stage.world('one')
      void world.clock.sleep(5).then(() => Promise.reject(thrown))
      await world.clock.sleep(10)
    })

    expect(run.end).toEqual({ end: 'failed', error: thrown })
    expect(process.listenerCount('unhandledRejection')).toBe(listeners)
  })

  it('"failed" when its strategy chooses what is not there', async () => {
    for (const choice of [-1, 7, 0.5]) {
      const { strategy } = picking(() => choice)
      const run = await runBodies({ strategy }, writes('a'), writes('b'))

      expect(run.end).toMatchObject({ end: 'failed', error: { name: 'RangeError' } })
    }
  })
})

describe('many steps', () => {
  it('leave the event loop a turn now and then, for progress and signals', async () => {
    let turns = 0
    const count = (): void => {
      turns += 1
      if (!over) setImmediate(count)
    }
    let over = false
    setImmediate(count)

    const run = await runBodies({}, async (world) => {
      for (let n = 0; n < 100_000; n += 1) await world.files.remove('a')
    })
    over = true

    expectFinished(run)
    expect(turns).toBeGreaterThanOrEqual(4)
  })
})

describe('what a run says of itself', () => {
  it('tells steps from timers', async () => {
    const run = await runBodies({}, async (world) => {
      await writes('a')(world)
      await world.clock.sleep(5)
    })

    expect(run.trace.map(({ name, timer }) => [name, timer])).toEqual([
      ['print: write work file a', false],
      ['print: wait', true],
    ])
  })

  it('names the instant of each timer that is set, so that two of one instant are known to meet', async () => {
    const touched: string[] = []
    await runBodies({ onTouch: (resource) => void touched.push(resource) }, async ({ clock }) => {
      clock.after(5, 'rings', () => undefined)
      clock.after(-3, 'rings at once', () => undefined)
      await clock.sleep(7)
    })

    expect(touched.filter((resource) => resource.startsWith('timer:'))).toEqual([5, 0, 7].map((ms) => `timer:${String(NOON + ms)}`))
  })
})
