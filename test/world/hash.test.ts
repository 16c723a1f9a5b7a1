import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hash53, textHash } from '../../world/hash.ts'

const SEED = 53

describe('the hash of a text', () => {
  it('is what it has always been: digests in saved histories and tokens hang on it', () => {
    expect(hash53('')).toBe(3_338_908_027_751_811)
    expect(hash53('取り違え')).toBe(3_372_980_231_581_975)
    expect(hash53('取り違え', 1)).toBe(7_066_305_735_003_016)
    expect(textHash('')).toBe('0bdcb81aee8d83')
  })

  it(`is a whole number of at most 53 bits, written in 14 digits (seed ${String(SEED)})`, () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer(), (text, seed) => {
        const hash = hash53(text, seed)
        return Number.isSafeInteger(hash) && hash >= 0 && hash < 2 ** 53 && /^[0-9a-f]{14}$/.test(textHash(text))
      }),
      { seed: SEED },
    )
  })

  it('differs for 200,000 texts that differ little', () => {
    const seen = new Set<number>()
    for (let n = 0; n < 100_000; n += 1) seen.add(hash53(`application-shop-${String(n)}`)).add(hash53(`application-shop-1-${String(n)}`))

    expect(seen.size).toBe(200_000)
  })
})
