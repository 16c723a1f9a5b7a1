import { describe, expect, it } from 'vitest'
import type { TableDefinition, World } from '../../../world/ports.ts'
import { conflict } from '../../../world/simulated/conflict.ts'
import type { Touch } from '../../../world/simulated/step.ts'
import { expectFinished, node, runOn } from './small-stage.ts'

const ROWS: TableDefinition<number> = { name: 'residents' }
const image = { digest: 'd', pages: 1, body: 'b' }

/** What the steps of one body touch, step by step. */
async function touchesOf(body: (world: World) => Promise<void>): Promise<[string, Touch][]> {
  const engine = { capacity: 1, baseMs: 10, perSheetMs: 0 }
  const run = await runOn([node('print:munakata/1', { engine })], {}, (stage) => body(stage.world('print:munakata/1')))
  expectFinished(run)
  return run.trace.map(({ name, touch }) => [name.replace('print: ', ''), touch])
}

describe('a step records what it touches', () => {
  it('of the work files: the file, by its site', async () => {
    const touches = await touchesOf(async ({ files }) => {
      await files.write('print.img', image)
      await files.read('print.img')
      await files.remove('print.img')
    })

    const file = 'file:munakata/print.img'
    expect(touches).toEqual([
      ['write work file print.img', { writes: file }],
      ['read work file print.img', { reads: file }],
      ['remove work file print.img', { writes: file }],
    ])
  })

  it('of the database: a row, a table, or all that a transaction may have written', async () => {
    const touches = await touchesOf(async ({ database }) => {
      await database.insert(ROWS, 'r-1', 'group', 1)
      const row = await database.get(ROWS, 'r-1')
      await database.replace(ROWS, row!, 2)
      await database.list(ROWS, 'group')
      await database.range(ROWS, '', 10)
      await database.transaction('move within', async (tx) => {
        await tx.get(ROWS, 'r-1')
        await tx.list(ROWS, 'group')
        await tx.put(ROWS, 'r-1', 'group', 3)
      })
    })

    const row = 'database:munakata/residents/r-1'
    const table = 'database:munakata/residents/'
    expect(touches).toEqual([
      ['insert residents', { reads: row, writes: row }],
      ['get residents', { reads: row }],
      ['replace residents', { reads: row, writes: row }],
      ['list residents', { reads: table }],
      ['range of residents', { reads: table }],
      ['get and lock residents', { reads: row, writes: row }],
      ['get and lock residents', { reads: table, writes: table }],
      ['put residents', { reads: row, writes: row }],
      ['move within: commit', { writes: 'database:munakata/' }],
    ])
  })

  it('of the queue and the engine', async () => {
    const touches = await touchesOf(async ({ queue, engine }) => {
      await queue.add('print', { id: 'job-1' })
      await engine.convert('print.img', 1)
    })

    expect(touches).toEqual([
      ['add print job', { writes: 'queue:munakata' }],
      ['convert print.img', { writes: 'engine:print:munakata/1' }],
      ['engine: a conversion is done', {}],
      ['print.img is converted', {}],
    ])
  })

  it('of the queue, also where a job is due again by a timer', async () => {
    let tries = 0
    const worker = node('worker', {
      start: () => ({ consumes: { queue: 'print', concurrency: 1, handle: () => ((tries += 1) < 2 ? Promise.reject(new Error('once')) : Promise.resolve('ready')) } }),
    })
    const run = await runOn([worker, node('one')], {}, async (stage) => {
      await stage.world('one').queue.add('print', { id: 'job-1' })
      await stage.idle()
    })

    expect(run.trace.find(({ name }) => name === 'queue: print job is due again')?.touch).toEqual({ writes: 'queue:munakata' })
  })
})

describe('steps of different nodes', () => {
  const on = (nodeName: string, touch: Touch) => ({ memory: nodeName, touch })
  const conflicting = (one: Touch, other: Touch): boolean => conflict(on('a', one), on('b', other))
  const both: [string, Touch, Touch, boolean][] = [
    ['two writes of one work file', { writes: 'file:m/print.img' }, { writes: 'file:m/print.img' }, true],
    ['a write and a read of one work file', { writes: 'file:m/print.img' }, { reads: 'file:m/print.img' }, true],
    ['two reads of one work file', { reads: 'file:m/print.img' }, { reads: 'file:m/print.img' }, false],
    ['writes of two work files', { writes: 'file:m/1.img' }, { writes: 'file:m/2.img' }, false],
    ['writes of one name at two sites', { writes: 'file:m/print.img' }, { writes: 'file:y/print.img' }, false],
    ['a write of a row and a list of its table', { writes: 'database:m/residents/r' }, { reads: 'database:m/residents/' }, true],
    ['a write of a row and a list of another table', { writes: 'database:m/residents/r' }, { reads: 'database:m/resident/' }, false],
    ['a commit and a read of any row of the site', { writes: 'database:m/' }, { reads: 'database:m/residents/r' }, true],
    ['a commit and a work file of the site', { writes: 'database:m/' }, { reads: 'file:m/print.img' }, false],
    ['rows of which one\'s key begins with the other\'s', { writes: 'database:m/t/r-1' }, { writes: 'database:m/t/r-10' }, false],
    ['what touches nothing', {}, { writes: 'file:m/print.img' }, false],
  ]

  it.each(both)('conflict or not: %s', (_what, one, other, expected) => {
    expect(conflicting(one, other)).toBe(expected)
    expect(conflicting(other, one)).toBe(expected)
  })

  it('conflict with the driver\'s, and with others of their own node, whatever they touch', () => {
    expect(conflict(on('script', {}), on('a', {}))).toBe(true)
    expect(conflict(on('a', {}), on('script', {}))).toBe(true)
    expect(conflict(on('a', {}), on('a', {}))).toBe(true)
    expect(conflict(on('a', {}), on('b', {}))).toBe(false)
  })

  it('conflict by the names they record: two tasks that write one work file, and two that do not', async () => {
    const recorded = async (first: string, second: string): Promise<boolean> => {
      const run = await runOn([node('one'), node('two')], {}, async (stage) => {
        await Promise.all([stage.world('one').files.write(first, image), stage.world('two').files.write(second, image)])
      })
      return conflict(on('one', run.trace[0]!.touch), on('two', run.trace[1]!.touch))
    }

    expect(await recorded('print.img', 'print.img')).toBe(true)
    expect(await recorded('1.img', '2.img')).toBe(false)
  })
})

describe('names of tasks', () => {
  it('do not depend on what tasks of other nodes did before', async () => {
    const centre = node('centre', {
      role: 'centre',
      start: () => ({
        serves: {
          challenge: async ({ process, files }) => {
            await files.remove(process)
            return { challenge: process }
          },
        },
      }),
    })
    const namesOf = async (order: readonly string[]): Promise<Record<string, string>> => {
      const names: Record<string, string> = {}
      const run = await runOn([centre, node('shop-1'), node('shop-2')], {}, async (stage) => {
        const worlds = new Map(['shop-1', 'shop-2'].map((kiosk) => [kiosk, stage.world(kiosk)]))
        for (const kiosk of order) names[kiosk] = (await worlds.get(kiosk)!.network.call('challenge', '40220', { kiosk })).challenge
      })
      expectFinished(run)
      return names
    }

    expect(await namesOf(['shop-1', 'shop-2'])).toEqual({ 'shop-1': 'centre#shop-1.1', 'shop-2': 'centre#shop-2.1' })
    expect(await namesOf(['shop-2', 'shop-1'])).toEqual(await namesOf(['shop-1', 'shop-2']))
  })

  it('are never used twice, not even after a crash', async () => {
    const names: string[] = []
    const run = await runOn([node('one'), node('two')], {}, async (stage) => {
      for (let n = 0; n < 3; n += 1) {
        names.push(stage.world('one').process, stage.world('two').process)
        await stage.waitUntil(stage.scheduler.nowMs)
        stage.crash('one')
      }
    })

    expectFinished(run)
    expect(new Set(names).size).toBe(6)
  })
})
