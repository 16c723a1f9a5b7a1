import { describe, expect, it } from 'vitest'
import { untilCrash } from '../../../world/stage.ts'
import { Refusal } from '../../../contract/index.ts'
import { uniformStrategy } from '../../../explore/strategies/uniform.ts'
import type { NodeDefinition, NodeInstance } from '../../../world/node.ts'
import type { TableDefinition, World } from '../../../world/ports.ts'
import { expectFinished, NOON, node, noonPlus, runOn } from './small-stage.ts'

const ROWS: TableDefinition<number> = { name: 'rows' }
const MUNICIPALITY = '40220'

/** A centre whose challenge takes what `answer` says, with memory of its own each time it starts. */
const centre = (start: () => NodeInstance): NodeDefinition => node('centre', { role: 'centre', site: 'centre', start })
const answering = (answer: (world: World) => Promise<string>): NodeInstance => ({
  serves: { challenge: async (world) => ({ challenge: await answer(world) }) },
})
const ask = (world: World): Promise<{ challenge: string }> => world.network.call('challenge', MUNICIPALITY, { kiosk: 'shop-1' })

describe('a crash of a node', () => {
  it('drops its pending calls, sleeps and timers, and runs no finally', async () => {
    const seen: string[] = []
    const run = await runOn([node('one'), node('two')], {}, async (stage) => {
      const { clock, files } = stage.world('one')
      const task = async (): Promise<void> => {
        try {
          clock.after(30, 'timer', () => seen.push('timer'))
          await clock.sleep(20)
          await files.remove('a')
          seen.push('went on')
        } finally {
          seen.push('finally')
        }
      }
      void task()
      const other = stage.world('two')
      await other.clock.sleep(10)
      stage.crash('one')
      await other.clock.sleep(100)
    })

    expectFinished(run)
    expect(seen).toEqual([])
    expect(run.trace.filter(({ process }) => process.startsWith('one'))).toEqual([])
  })

  it('drops a step that stood ready', async () => {
    const seen: string[] = []
    const run = await runOn([node('one'), node('two')], {}, async (stage) => {
      const other = stage.world('two')
      await other.files.remove('b')
      void stage.world('one').files.remove('a').then(() => seen.push('went on'))
      stage.crash('one')
      await other.clock.sleep(100)
    })

    expectFinished(run)
    expect(seen).toEqual([])
  })

  it('is in the history, with the new start', async () => {
    const run = await runOn([node('one')], {}, async (stage) => {
      await stage.world('one').clock.sleep(7)
      stage.crash('one')
    })

    expect(run.events).toEqual([
      { i: 0, atMs: NOON + 7, process: 'world', type: 'info', f: 'node', node: 'one', op: 'crash' },
      { i: 1, atMs: NOON + 7, process: 'world', type: 'info', f: 'node', node: 'one', op: 'restart' },
    ])
  })

  it('loses its memory: the factory makes it anew', async () => {
    const answers: string[] = []
    const counting = centre(() => {
      let asked = 0
      return answering(() => Promise.resolve(String((asked += 1))))
    })
    const run = await runOn([counting, node('one')], {}, async (stage) => {
      const world = stage.world('one')
      for (const crash of [false, false, true]) {
        if (crash) stage.crash('centre')
        answers.push((await ask(world)).challenge)
      }
    })

    expectFinished(run)
    expect(answers).toEqual(['1', '2', '1'])
  })

  it('is an error for a node that is not there', async () => {
    const run = await runOn([], {}, async (stage) => {
      await Promise.resolve()
      stage.crash('print:nobody')
    })

    expect(run.end).toMatchObject({ end: 'failed', error: { message: 'no node "print:nobody"' } })
  })
})

describe('calls to a node that crashes', () => {
  const slow = centre(() =>
    answering(async ({ clock }) => {
      await clock.sleep(1_000)
      return 'answer'
    }),
  )

  it('are refused, whether the request was being answered or had not been received', async () => {
    const refusals: unknown[] = []
    const run = await runOn([slow, node('one'), node('two')], {}, async (stage) => {
      const refused = async (name: string): Promise<void> => {
        await ask(stage.world(name)).catch((error: unknown) => refusals.push(error))
      }
      const first = refused('one')
      await stage.world('two').clock.sleep(10)
      const second = refused('two')
      stage.crash('centre')
      await Promise.all([first, second])
    })

    expectFinished(run)
    expect(refusals).toEqual([new Refusal('CENTRE_TIMEOUT'), new Refusal('CENTRE_TIMEOUT')])
    expect(run.trace.filter(({ name }) => name.startsWith('centre: receive'))).toHaveLength(1)
  })

  it('are answered where the answer was on its way', async () => {
    const quick = centre(() => answering(() => Promise.resolve('answer')))
    const answers: string[] = []
    const run = await runOn([quick, node('one'), node('two')], {}, async (stage) => {
      const other = stage.world('two')
      const asked = ask(stage.world('one')).then(({ challenge }) => answers.push(challenge))
      await other.files.remove('a')
      stage.crash('centre')
      await asked
    })

    expectFinished(run)
    expect(run.trace.map(({ process }) => process.split('#')[0])).toEqual(['centre', 'two', 'one'])
    expect(answers).toEqual(['answer'])
  })

  it('do not wake a caller that has crashed itself, and leave nothing that the system waits for', async () => {
    const seen: string[] = []
    const run = await runOn([slow, node('one')], {}, async (stage) => {
      void ask(stage.world('one')).finally(() => seen.push('woken'))
      await stage.waitUntil(noonPlus(500))
      stage.crash('one')
      await stage.idle()
      seen.push(`idle at ${String(stage.scheduler.nowMs - NOON)}`)
    })

    expectFinished(run)
    expect(seen).toEqual(['idle at 1000'])
  })

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('leave the system idle in the end, under any schedule (seed %i)', async (seed) => {
    const run = await runOn([slow, node('one'), node('two'), node('three')], { strategy: uniformStrategy(seed, 5), stepLimit: 10_000 }, async (stage) => {
      const settled = ['one', 'two', 'three'].map((name) => untilCrash(stage, name, () => ask(stage.world(name)).catch(() => undefined)))
      await stage.waitUntil(noonPlus(seed * 100))
      stage.crash(seed % 2 === 0 ? 'centre' : 'two')
      await Promise.all(settled)
      await stage.idle()
    })

    expectFinished(run)
  })
})

describe('an open transaction on a node that crashes', () => {
  const changing = async ({ database, clock }: World, value: number): Promise<void> => {
    await database.transaction('count', async (tx) => {
      const row = await tx.get(ROWS, 'a')
      await clock.sleep(100)
      await tx.put(ROWS, 'a', 'group', (row?.data ?? 0) + value)
    })
  }

  it.each(['of the driver', 'of the system'])('is rolled back and lets go of its rows: a task %s', async (whose) => {
    const rows: (number | undefined)[] = []
    const serving = centre(() => answering((world) => changing(world, 1).then(() => 'done')))
    const begin = (stage: { world(name: string): World }): Promise<unknown> =>
      whose === 'of the system' ? ask(stage.world('one')) : changing(stage.world('centre'), 1)
    const run = await runOn([serving, node('one'), node('two', { site: 'centre' })], {}, async (stage) => {
      const other = stage.world('two')
      await other.database.insert(ROWS, 'a', 'group', 10)
      begin(stage).catch(() => undefined)
      await other.clock.sleep(50)
      const waiting = changing(other, 5)
      await stage.waitUntil(noonPlus(80))
      stage.crash('centre')
      await waiting
      rows.push((await other.database.get(ROWS, 'a'))?.data)
      await stage.idle()
    })

    expectFinished(run)
    expect(rows).toEqual([15])
  })

  it('keeps what it has committed', async () => {
    const rows: (number | undefined)[] = []
    const run = await runOn([node('one'), node('two')], {}, async (stage) => {
      await changing(stage.world('one'), 1)
      stage.crash('one')
      rows.push((await stage.world('two').database.get(ROWS, 'a'))?.data)
    })

    expectFinished(run)
    expect(rows).toEqual([1])
  })
})
