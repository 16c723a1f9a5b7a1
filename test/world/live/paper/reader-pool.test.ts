import { afterAll, describe, expect, it } from 'vitest'
import { printedSheet } from '../../../../contract/index.ts'
import { drawSheets } from '../../../../world/live/paper/draw.ts'
import { ReaderPool } from '../../../../world/live/paper/reader-pool.ts'
import { aPerson, singleSheet } from './sheets.ts'

const pools: ReaderPool[] = []
afterAll(() => Promise.all(pools.map((pool) => pool.close())))

function aPool(options: ConstructorParameters<typeof ReaderPool>[0]): ReaderPool {
  const pool = new ReaderPool(options)
  pools.push(pool)
  return pool
}

const people = ['一', '二', '三', '四', '五', '六', '七', '八'].map((name) => singleSheet(aPerson({ name })))

describe('the reader pool', () => {
  it.each([1, 2])('gives each caller what its own document says, with %d threads', async (threads) => {
    const pool = aPool({ threads })
    const documents = await Promise.all(people.map((sheets) => drawSheets(sheets)))

    const read = await Promise.all(documents.map((bytes) => pool.read(bytes)))

    expect(read).toEqual(people.map((sheets) => sheets.map(printedSheet)))
  })

  it('does not let what cannot be read hold up what can', async () => {
    const pool = aPool({ threads: 1 })
    const good = await drawSheets(people[0] ?? [])

    const results = await Promise.allSettled([pool.read(good), pool.read(new Uint8Array(9)), pool.read(good)])

    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  })

  it('gives up a document that takes too long', async () => {
    const pool = aPool({ threads: 1, limitMs: 1 })

    await expect(pool.read(await drawSheets(people[0] ?? []))).rejects.toMatchObject({ code: 'UNREADABLE_IMAGE', detail: 'reading took too long' })
  })

  it('reads again after it was closed', async () => {
    const pool = aPool({ threads: 1 })
    const good = await drawSheets(people[0] ?? [])
    await pool.read(good)
    await pool.close()

    expect(await pool.read(good)).toEqual((people[0] ?? []).map(printedSheet))
  })

  it('leaves the caller its bytes', async () => {
    const bytes = await drawSheets(people[0] ?? [])
    const before = Buffer.from(bytes)
    await aPool({ threads: 1 }).read(bytes)

    expect(before.equals(bytes)).toBe(true)
  })
})
