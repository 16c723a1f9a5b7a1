import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { individualNumberCheckDigit, recordCodeCheckDigits } from '../../../seeds/people/index.ts'
import { personNumbers } from '../../../seeds/people/numbers.ts'

const FC = { seed: 20151005 }

describe(`numbers of people (fast-check seed ${String(FC.seed)})`, () => {
  it('knows the published check digit of individual numbers', () => {
    // A published worked example, and the cases in which the remainder is 0 and 1.
    expect(individualNumberCheckDigit('98320567321')).toBe(4)
    expect(individualNumberCheckDigit('00000000000')).toBe(0)
    expect(individualNumberCheckDigit('00000000006')).toBe(0)
    expect(individualNumberCheckDigit('00000000001')).toBe(9)
  })

  it('gives individual numbers and record codes of the right length whose last digit is wrong', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 0, max: 10 ** 9 }), (seed, index) => {
        const numbers = personNumbers(seed, 'munakata')
        const individual = numbers.individualNumber(index)
        const code = numbers.recordCode(index)

        expect(individual).toMatch(/^\d{12}$/)
        expect(code).toMatch(/^\d{11}$/)
        expect(Number(individual.at(-1))).not.toBe(individualNumberCheckDigit(individual.slice(0, -1)))
        expect(recordCodeCheckDigits(code.slice(0, -1))).not.toContain(Number(code.at(-1)))
      }),
      { ...FC, numRuns: 2_000 },
    )
  })

  it('counts the rule of individual numbers among the rules a record code must fail', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 10 - 1 }), (value) => {
        const digits = String(value).padStart(10, '0')

        expect(recordCodeCheckDigits(digits)).toContain(individualNumberCheckDigit(`0${digits}`))
      }),
      FC,
    )
  })

  it('gives different numbers for different indexes, and residence card numbers one digit short of real ones', () => {
    const numbers = personNumbers(1, 'munakata')
    const indexes = Array.from({ length: 5_000 }, (_, index) => index)

    expect(new Set(indexes.map(numbers.individualNumber)).size).toBe(5_000)
    expect(new Set(indexes.map(numbers.recordCode)).size).toBe(5_000)
    expect(new Set(indexes.map(numbers.residenceCardNumber)).size).toBe(5_000)
    expect(numbers.residenceCardNumber(7)).toMatch(/^[A-Z]{2}\d{7}[A-Z]{2}$/)
  })
})
