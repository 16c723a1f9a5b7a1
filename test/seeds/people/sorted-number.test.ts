import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeHousehold, registerOf } from '../../../seeds/people/household.ts'
import { sortedNumber } from '../../../seeds/people/sorted-number.ts'
import { MUNAKATA, TODAY } from './people.ts'

const SEED = 20240401

describe(`numbers in ids (fast-check seed ${String(SEED)})`, () => {
  it('have so many digits as long as they suffice, then a letter and nine', () => {
    expect([0, 123, 999_999, 1_000_000, 999_999_999].map((number) => sortedNumber(number, 6))).toEqual(['000000', '000123', '999999', 'a001000000', 'a999999999'])
  })

  it('sort as texts as they do as numbers', () => {
    const number = fc.oneof(fc.nat(999_999_999), fc.integer({ min: 99_990, max: 100_010 }), fc.integer({ min: 999_990, max: 1_000_010 }))

    fc.assert(
      fc.property(number, number, fc.constantFrom(5, 6), (one, other, digits) => {
        expect(sortedNumber(one, digits) < sortedNumber(other, digits)).toBe(one < other)
      }),
      { seed: SEED, numRuns: 2_000 },
    )
  })

  it('let the ids and keys of a very large population go on sorting', () => {
    const register = registerOf(1, MUNAKATA, TODAY)
    const people = [99_997, 99_998, 99_999, 100_000].flatMap((number, at) => makeHousehold(register, { number, kind: 'couple', restricted: false }, 999_996 + at * 2))
    const ids = people.map(({ id }) => id)
    const keys = people.map(({ household }) => household)

    expect(ids.at(0)).toBe('munakata-999996')
    expect(ids.at(-1)).toBe('munakata-a001000003')
    expect(keys.at(2)).toBe('munakata-h99999')
    expect(keys.at(-1)).toBe('munakata-ha000100001')
    expect([...ids].sort()).toEqual(ids)
    expect([...keys].sort()).toEqual(keys)
    expect(new Set(ids).size).toBe(8)
  })
})
