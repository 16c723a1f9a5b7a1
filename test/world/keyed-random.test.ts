import { describe, expect, it } from 'vitest'
import { KeyedRandom, keyedStream } from '../../world/keyed-random.ts'

describe('keyed streams', () => {
  it('are what they have always been: schedules and people of a seed hang on them (seed 20230327)', () => {
    const stream = keyedStream(20230327, 'schedule')

    expect([stream(), stream(), stream()]).toEqual([0.15692389360629022, 0.7035101687069982, 0.5760956460144371])
  })

  it('go on where they were when asked for again, each for itself (seed 1)', () => {
    const random = new KeyedRandom(1)
    const [a, b] = [keyedStream(1, 'a'), keyedStream(1, 'b')]

    expect([random.next('a'), random.next('b'), random.next('a'), random.next('b')]).toEqual([a(), b(), a(), b()])
  })

  it('are uniform: of 100,000 draws, each tenth gets a tenth (seed 7)', () => {
    const stream = keyedStream(7, 'x')
    const tenths = Array.from({ length: 10 }, () => 0)
    for (let n = 0; n < 100_000; n += 1) tenths[Math.floor(stream() * 10)]! += 1

    // Five standard deviations of a binomial distribution of 100,000 draws at one tenth are 474.
    for (const count of tenths) expect(Math.abs(count - 10_000)).toBeLessThan(474)
  })

  it('of near seeds and keys share no draws (seeds 0 to 99)', () => {
    const first = new Set<number>()
    for (let seed = 0; seed < 100; seed += 1) for (const key of ['shop-1', 'shop-2', 'shop-11']) first.add(keyedStream(seed, key)())

    expect(first.size).toBe(300)
  })

  it('differ for seeds of which only the sign or the high half differs', () => {
    const seeds = [1, -1, 2 ** 32 - 1, 2 ** 32 + 1, 2 ** 52 + 1, 3 * 2 ** 32 + 1]
    const streams = seeds.map((seed) => {
      const stream = keyedStream(seed, 'k')
      return String([stream(), stream(), stream()])
    })

    expect(new Set(streams).size).toBe(seeds.length)
  })
})
