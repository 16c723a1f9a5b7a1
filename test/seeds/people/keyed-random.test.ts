import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keyedRandom } from '../../../seeds/people/index.ts'
import { keyedPermutation } from '../../../seeds/people/permutation.ts'

const FC = { seed: 20230628 }
const draws = (seed: number, key: string, count: number): number[] => {
  const draw = keyedRandom(seed, key)
  return Array.from({ length: count }, draw)
}

describe(`a keyed stream (fast-check seed ${String(FC.seed)})`, () => {
  it('gives the same draws for the same seed and key, all in [0, 1)', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.string(), (seed, key) => {
        const some = draws(seed, key, 20)

        expect(draws(seed, key, 20)).toEqual(some)
        expect(some.every((value) => value >= 0 && value < 1)).toBe(true)
      }),
      FC,
    )
  })

  it('differs from that of another key or seed, also where only the sign or the high half of a seed differs', () => {
    const streams = [draws(1, 'household/17/address', 4), draws(1, 'household/18/address', 4), draws(2, 'household/17/address', 4)]
    const seeds = [1, -1, 2 ** 32 + 1, -(2 ** 32) + 1].map((seed) => draws(seed, 'k', 4))

    expect(new Set(streams.map(String)).size).toBe(3)
    expect(new Set(seeds.map(String)).size).toBe(4)
  })

  it('is spread evenly, within a stream and over the first draws of many streams', () => {
    const tenths = (values: readonly number[]): number[] => {
      const counts = new Array<number>(10).fill(0)
      for (const value of values) counts[Math.floor(value * 10)]! += 1
      return counts
    }
    const within = tenths(draws(1, 'even', 20_000))
    const across = tenths(Array.from({ length: 20_000 }, (_, n) => keyedRandom(1, `household/${String(n)}`)()))

    // Four standard deviations of a binomial count with mean 2000.
    for (const count of [...within, ...across]) expect(Math.abs(count - 2_000)).toBeLessThan(170)
  })

  it('means the same in every release: the first draws are frozen', () => {
    expect(draws(1, 'household/17/address', 3)).toEqual([0.5736756823025644, 0.3935338801238686, 0.7184253474697471])
  })
})

describe(`a keyed permutation (fast-check seed ${String(FC.seed)})`, () => {
  it('gives every number below its size once', () => {
    fc.assert(
      fc.property(fc.integer(), fc.string(), fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 30 }), (seed, key, high, low) => {
        const permuted = keyedPermutation(seed, key, high, low)
        const images = Array.from({ length: high * low }, (_, index) => permuted(index))

        expect(images.sort((a, b) => a - b)).toEqual(Array.from({ length: high * low }, (_, index) => index))
      }),
      FC,
    )
  })

  it('refuses a number outside', () => {
    const permuted = keyedPermutation(1, 'k', 10, 10)

    expect(() => permuted(100)).toThrow(RangeError)
    expect(() => permuted(-1)).toThrow(RangeError)
    expect(() => permuted(0.5)).toThrow(RangeError)
  })
})
