import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fewest } from '../../explore/fewer.ts'

const SEED = 20230502
const begin = <T>(items: readonly T[]) => ({ items, result: items })

describe('leaving out what is not needed', () => {
  it(`ends with a list of which nothing can be left out, whatever is needed (seed ${String(SEED)})`, async () => {
    const needs = fc.tuple(fc.integer({ min: 0, max: 40 }), fc.array(fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 }))
    await fc.assert(
      fc.asyncProperty(needs, async ([most, ways]) => {
        const items = Array.from({ length: most + 41 }, (_, index) => index)
        // It fails where all items of one of the ways are there.
        const fails = (list: readonly number[]): boolean => ways.some((way) => way.every((item) => list.includes(item)))
        const { items: left } = await fewest(begin(items), (list) => Promise.resolve(fails(list) ? begin(list) : undefined))

        expect(fails(left)).toBe(true)
        for (const item of left) expect(fails(left.filter((one) => one !== item))).toBe(false)
      }),
      { seed: SEED, numRuns: 200 },
    )
  })

  it('leaves out everything where nothing is needed', async () => {
    expect((await fewest(begin([1, 2, 3]), (list) => Promise.resolve(begin(list)))).items).toEqual([])
  })

  it('takes what a test made of a list, and is not led in circles by one that gives back more', async () => {
    const grows = await fewest(begin([1, 2, 3]), (list) => Promise.resolve(begin([...list, 4, 5, 6])))

    expect(grows.items).toEqual([1, 2, 3])
  })
})
