import { describe, expect, it } from 'vitest'
import type { CounterTransaction, Row, TableDefinition, World } from '../../../world/ports.ts'
import { runIn, type Subject, times, until } from './subject.ts'

interface Entry {
  readonly count: number
}
const ENTRIES: TableDefinition<Entry> = { name: 'entries' }
const GROUP = 'group'

/** Reads a row under lock, waits, and puts it back with one more. */
const addOne = (world: World, key: string, waitMs: number) => async (tx: CounterTransaction): Promise<void> => {
  const row = await tx.get(ENTRIES, key)
  if (waitMs > 0) await world.clock.sleep(waitMs)
  await tx.put(ENTRIES, key, GROUP, { count: (row?.data.count ?? 0) + 1 })
}

/** The counter's transaction. */
export function describeTransactions(makeSubject: () => Subject | Promise<Subject>): void {
  describe('in a transaction of the counter', () => {
    it('keeps what was put, and gives back what its body gives', () =>
      runIn(makeSubject(), async ({ database }) => {
        const given = await database.transaction('move within', async (tx) => {
          expect(await tx.get(ENTRIES, 'a')).toBeUndefined()
          await tx.put(ENTRIES, 'a', GROUP, { count: 1 })
          return 'done'
        })
        expect(given).toBe('done')
        expect(await database.get(ENTRIES, 'a')).toEqual({ key: 'a', group: GROUP, version: 1, data: { count: 1 } })
      }))

    it('overwrites a row as its next version, and may move it to another group', () =>
      runIn(makeSubject(), async ({ database }) => {
        await database.insert(ENTRIES, 'a', GROUP, { count: 1 })
        await database.transaction('move within', (tx) => tx.put(ENTRIES, 'a', 'another group', { count: 2 }))
        expect(await database.get(ENTRIES, 'a')).toEqual({ key: 'a', group: 'another group', version: 2, data: { count: 2 } })
        expect(await database.list(ENTRIES, GROUP)).toEqual([])
        expect(await database.list(ENTRIES, 'another group')).toHaveLength(1)
      }))

    it('sees what it has put itself', () =>
      runIn(makeSubject(), async ({ database }) => {
        await database.insert(ENTRIES, 'b', GROUP, { count: 1 })
        await database.transaction('move within', async (tx) => {
          await tx.put(ENTRIES, 'b', GROUP, { count: 2 })
          await tx.put(ENTRIES, 'a', GROUP, { count: 3 })
          expect((await tx.get(ENTRIES, 'b'))?.data).toEqual({ count: 2 })
          expect((await tx.list(ENTRIES, GROUP)).map(({ key, data }) => [key, data.count])).toEqual([['a', 3], ['b', 2]])
        })
      }))

    it('shows nothing before its commit, and then everything', async () => {
      let put = false
      let looked = false
      await runIn(
        makeSubject(),
        async (world) => {
          await world.database.insert(ENTRIES, 'old', GROUP, { count: 1 })
          await world.database.transaction('move within', async (tx) => {
            await tx.put(ENTRIES, 'old', GROUP, { count: 2 })
            await tx.put(ENTRIES, 'new', GROUP, { count: 2 })
            put = true
            await until(world, 'the other task has looked', () => looked)
          })
          expect(await world.database.range(ENTRIES, '', 10)).toHaveLength(2)
        },
        async (world) => {
          await until(world, 'the transaction has put its rows', () => put)
          expect((await world.database.get(ENTRIES, 'old'))?.data).toEqual({ count: 1 })
          expect(await world.database.get(ENTRIES, 'new')).toBeUndefined()
          expect(await world.database.list(ENTRIES, GROUP)).toHaveLength(1)
          expect(await world.database.range(ENTRIES, '', 10)).toHaveLength(1)
          looked = true
        },
      )
    })

    it('leaves no trace when its body throws, and throws the same', () =>
      runIn(makeSubject(), async ({ database }) => {
        await database.insert(ENTRIES, 'a', GROUP, { count: 1 })
        const refused = new Error('the clerk has cancelled')
        const failing = database.transaction('move within', async (tx) => {
          await tx.put(ENTRIES, 'a', GROUP, { count: 2 })
          await tx.put(ENTRIES, 'b', GROUP, { count: 2 })
          throw refused
        })
        await expect(failing).rejects.toBe(refused)
        expect(await database.list(ENTRIES, GROUP)).toEqual([{ key: 'a', group: GROUP, version: 1, data: { count: 1 } }])
        await database.transaction('again', (tx) => tx.put(ENTRIES, 'a', GROUP, { count: 3 }))
        expect((await database.get(ENTRIES, 'a'))?.data).toEqual({ count: 3 })
      }))

    it.each(['a row that is there', 'a key that is free'])('makes the next one wait for %s, and see what the first did', async (which) => {
      let rows: readonly Row<Entry>[] = []
      await runIn(
        makeSubject(),
        ...times(3, async (world) => {
          if (which === 'a row that is there') await world.database.insert(ENTRIES, 'a', GROUP, { count: 0 })
          await world.database.transaction('count', addOne(world, 'a', 50))
          rows = await world.database.list(ENTRIES, GROUP)
        }),
      )
      expect(rows.map(({ data }) => data.count)).toEqual([3])
    })

    it('locks the rows of a group that it lists', async () => {
      let last: Row<Entry> | undefined
      await runIn(
        makeSubject(),
        ...times(3, async (world) => {
          await world.database.insert(ENTRIES, 'a', GROUP, { count: 0 })
          await world.database.transaction('count', async (tx) => {
            const [row] = await tx.list(ENTRIES, GROUP)
            await world.clock.sleep(50)
            await tx.put(ENTRIES, 'a', GROUP, { count: (row?.data.count ?? NaN) + 1 })
          })
          last = await world.database.get(ENTRIES, 'a')
        }),
      )
      expect(last?.data).toEqual({ count: 3 })
    })

    it('makes a single replace wait for a row it holds, and fail on the version that has passed', async () => {
      let held = false
      await runIn(
        makeSubject(),
        async (world) => {
          await world.database.insert(ENTRIES, 'a', GROUP, { count: 1 })
          await world.database.transaction('count', async (tx) => {
            await tx.get(ENTRIES, 'a')
            held = true
            await world.clock.sleep(200)
            await tx.put(ENTRIES, 'a', GROUP, { count: 2 })
          })
        },
        async (world) => {
          await until(world, 'the row is held', () => held)
          const row: Row<Entry> = { key: 'a', group: GROUP, version: 1, data: { count: 1 } }
          expect(await world.database.replace(ENTRIES, row, { count: 9 })).toBe(false)
          expect((await world.database.get(ENTRIES, 'a'))?.data).toEqual({ count: 2 })
        },
      )
    })

    it('keeps nobody from reading a row it holds', async () => {
      let held = false
      let read = false
      await runIn(
        makeSubject(),
        async (world) => {
          await world.database.insert(ENTRIES, 'a', GROUP, { count: 1 })
          await world.database.transaction('count', async (tx) => {
            await tx.get(ENTRIES, 'a')
            held = true
            await until(world, 'the other task has read the row', () => read)
          })
        },
        async (world) => {
          await until(world, 'the row is held', () => held)
          expect((await world.database.get(ENTRIES, 'a'))?.data).toEqual({ count: 1 })
          read = true
        },
      )
    })

    it('does not hold up one on other rows', async () => {
      let held = false
      let through = false
      await runIn(
        makeSubject(),
        async (world) => {
          await world.database.transaction('first', async (tx) => {
            await tx.put(ENTRIES, 'a', GROUP, { count: 1 })
            held = true
            await until(world, 'the other transaction is through', () => through)
          })
        },
        async (world) => {
          await until(world, 'the first transaction is open', () => held)
          await world.database.transaction('second', addOne(world, 'b', 0))
          through = true
        },
      )
    })
  })
}
