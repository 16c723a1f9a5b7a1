import { describe, expect, it } from 'vitest'
import type { Database, Row, TableDefinition } from '../../../world/ports.ts'
import { runIn, type Subject, times } from './subject.ts'

interface Entry {
  readonly count: number
  readonly words?: string
}
const ENTRIES: TableDefinition<Entry> = { name: 'entries' }
const OTHERS: TableDefinition<Entry> = { name: 'others' }

const keysOf = (rows: readonly Row<unknown>[]): string[] => rows.map(({ key }) => key)

/** The row, which has to be there. */
async function present(database: Database, key: string): Promise<Row<Entry>> {
  const row = await database.get(ENTRIES, key)
  if (row === undefined) throw new Error(`there is no row ${key}`)
  return row
}

/** The single-statement operations. */
export function describeRows(makeSubject: () => Subject | Promise<Subject>): void {
  const inDatabase = (body: (database: Database) => Promise<void>): Promise<void> =>
    runIn(makeSubject(), ({ database }) => body(database))

  describe('row by row', () => {
    it('gives nothing for a key that is free', () =>
      inDatabase(async (database) => {
        expect(await database.get(ENTRIES, 'a')).toBeUndefined()
        expect(await database.list(ENTRIES, 'group')).toEqual([])
        expect(await database.range(ENTRIES, '', 10)).toEqual([])
      }))

    it('gives back what was inserted, as version 1', () =>
      inDatabase(async (database) => {
        const data = { count: 1.5, words: '葛󠄀 葛󠄁 𠮷 "quoted" \\ \n' }
        expect(await database.insert(ENTRIES, 'a', 'group', data)).toBe(true)
        expect(await database.get(ENTRIES, 'a')).toEqual({ key: 'a', group: 'group', version: 1, data })
      }))

    it('inserts once: what is there stays', () =>
      inDatabase(async (database) => {
        await database.insert(ENTRIES, 'a', 'group', { count: 1 })
        expect(await database.insert(ENTRIES, 'a', 'other', { count: 2 })).toBe(false)
        expect(await database.get(ENTRIES, 'a')).toEqual({ key: 'a', group: 'group', version: 1, data: { count: 1 } })
      }))

    it('lets one of many win who insert one key at once', async () => {
      const won: number[] = []
      await runIn(
        makeSubject(),
        ...times(6, async ({ database }, index) => {
          if (await database.insert(ENTRIES, 'a', 'group', { count: index })) won.push(index)
          expect((await present(database, 'a')).version).toBe(1)
        }),
      )
      expect(won).toHaveLength(1)
    })

    it('replaces the version that was read, and counts it up', () =>
      inDatabase(async (database) => {
        await database.insert(ENTRIES, 'a', 'group', { count: 1 })
        expect(await database.replace(ENTRIES, await present(database, 'a'), { count: 2 })).toBe(true)
        expect(await database.replace(ENTRIES, await present(database, 'a'), { count: 3 })).toBe(true)
        expect(await database.get(ENTRIES, 'a')).toEqual({ key: 'a', group: 'group', version: 3, data: { count: 3 } })
      }))

    it('moves a row to another group with its replacement', () =>
      inDatabase(async (database) => {
        await database.insert(ENTRIES, 'a', 'group', { count: 1 })
        const row = await present(database, 'a')
        expect(await database.replace(ENTRIES, { ...row, group: 'other' }, { count: 2 })).toBe(true)
        expect(await database.list(ENTRIES, 'group')).toEqual([])
        expect((await database.list(ENTRIES, 'other')).map(({ key, group }) => [key, group])).toEqual([['a', 'other']])
      }))

    it('refuses to replace a version that has passed, and changes nothing', () =>
      inDatabase(async (database) => {
        await database.insert(ENTRIES, 'a', 'group', { count: 1 })
        const old = await present(database, 'a')
        await database.replace(ENTRIES, old, { count: 2 })
        expect(await database.replace(ENTRIES, old, { count: 3 })).toBe(false)
        expect((await present(database, 'a')).data).toEqual({ count: 2 })
      }))

    it('refuses to replace a row that is not there', () =>
      inDatabase(async (database) => {
        expect(await database.replace(ENTRIES, { key: 'a', group: 'g', version: 1, data: { count: 1 } }, { count: 2 })).toBe(false)
        expect(await database.get(ENTRIES, 'a')).toBeUndefined()
      }))

    it('lets one of many win who replace one version at once', async () => {
      const won: number[] = []
      const read: Row<Entry>[] = []
      await runIn(
        makeSubject(),
        ...times(6, async ({ database }, index) => {
          await database.insert(ENTRIES, 'a', 'group', { count: -1 })
          const row: Row<Entry> = { key: 'a', group: 'group', version: 1, data: { count: -1 } }
          if (await database.replace(ENTRIES, row, { count: index })) won.push(index)
          read.push(await present(database, 'a'))
        }),
      )
      expect(won).toHaveLength(1)
      for (const row of read) expect(row).toEqual({ key: 'a', group: 'group', version: 2, data: { count: won[0] } })
    })

    it('loses no count among many who read, add one and try again', async () => {
      let last: Row<Entry> | undefined
      await runIn(
        makeSubject(),
        ...times(4, async ({ database }) => {
          await database.insert(ENTRIES, 'a', 'group', { count: 0 })
          for (let added = 0; added < 3; ) {
            const row = await present(database, 'a')
            if (await database.replace(ENTRIES, row, { count: row.data.count + 1 })) added += 1
          }
          last = await present(database, 'a')
        }),
      )
      expect(last).toEqual({ key: 'a', group: 'group', version: 13, data: { count: 12 } })
    })

    it('lists a group by key, byte by byte', () =>
      inDatabase(async (database) => {
        for (const key of ['b', 'a-2', 'Z', 'a-10', '_', 'a']) await database.insert(ENTRIES, key, 'group', { count: 1 })
        await database.insert(ENTRIES, 'aa', 'another group', { count: 1 })
        expect(keysOf(await database.list(ENTRIES, 'group'))).toEqual(['Z', '_', 'a', 'a-10', 'a-2', 'b'])
      }))

    it('gives a range of the whole table by key, after a key and up to a limit', () =>
      inDatabase(async (database) => {
        for (const key of ['d', 'b', 'a', 'c', 'B']) await database.insert(ENTRIES, key, `group of ${key}`, { count: 1 })
        expect(keysOf(await database.range(ENTRIES, '', 100))).toEqual(['B', 'a', 'b', 'c', 'd'])
        expect(keysOf(await database.range(ENTRIES, 'a', 2))).toEqual(['b', 'c'])
        expect(keysOf(await database.range(ENTRIES, 'bb', 2))).toEqual(['c', 'd'])
        expect(await database.range(ENTRIES, 'd', 2)).toEqual([])
      }))

    it('keeps the tables apart', () =>
      inDatabase(async (database) => {
        await database.insert(ENTRIES, 'a', 'group', { count: 1 })
        expect(await database.insert(OTHERS, 'a', 'group', { count: 2 })).toBe(true)
        expect((await present(database, 'a')).data).toEqual({ count: 1 })
        expect(keysOf(await database.list(OTHERS, 'group'))).toEqual(['a'])
        expect(keysOf(await database.range(OTHERS, '', 10))).toEqual(['a'])
      }))
  })
}
