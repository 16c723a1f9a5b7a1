import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NumberSet } from '../../contract/number-set.ts'

const SEED = 12

describe(`a set of numbers (fast-check seed ${String(SEED)})`, () => {
  it('says of every number whether it was there before, as a Set does', () => {
    const number = fc.oneof(fc.nat(20), fc.integer({ min: 0, max: 10 ** 12 - 1 }), fc.nat(5).map((high) => high * 4_294_967_296 + 7))

    fc.assert(
      fc.property(fc.array(number, { maxLength: 200 }), (numbers) => {
        const ours = new NumberSet(numbers.length)
        const theirs = new Set<number>()
        for (const each of numbers) {
          expect(ours.add(each)).toBe(!theirs.has(each))
          theirs.add(each)
        }
      }),
      { seed: SEED, numRuns: 500 },
    )
  })

  it('takes none of a hundred thousand different numbers for another, filled to the last', () => {
    const set = new NumberSet(100_000)
    const numbers = Array.from({ length: 100_000 }, (_, at) => (at * 9_999_991 + 1) % 10 ** 12)

    expect(numbers.filter((number) => !set.add(number))).toEqual([])
    expect(numbers.filter((number) => set.add(number))).toEqual([])
  })

  it('refuses one number too many, and what is no whole number', () => {
    const set = new NumberSet(1)
    set.add(0)

    expect(() => set.add(1)).toThrow(RangeError)
    expect(set.add(0)).toBe(false)
    for (const number of [-1, 0.5, NaN, Number.MAX_SAFE_INTEGER]) expect(() => new NumberSet(1).add(number)).toThrow(RangeError)
    expect(new NumberSet(1).add(Number.MAX_SAFE_INTEGER - 1)).toBe(true)
  })
})
