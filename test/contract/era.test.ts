import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ERA_DATE_PATTERN, fromEraDate, toEraDate } from '../../contract/index.ts'
import { dayNumber, isoDate } from '../../world/calendar.ts'

describe('a date by era', () => {
  it.each([
    ['1868-10-23', '明治元年10月23日'],
    ['1912-07-29', '明治45年7月29日'],
    ['1912-07-30', '大正元年7月30日'],
    ['1926-12-24', '大正15年12月24日'],
    ['1926-12-25', '昭和元年12月25日'],
    ['1989-01-07', '昭和64年1月7日'],
    ['1989-01-08', '平成元年1月8日'],
    ['2019-04-30', '平成31年4月30日'],
    ['2019-05-01', '令和元年5月1日'],
    ['2019-12-31', '令和元年12月31日'],
    ['2020-01-01', '令和2年1月1日'],
  ])('of %s is %s, on both sides of each border', (iso, era) => {
    expect(toEraDate(iso)).toBe(era)
    expect(fromEraDate(era)).toBe(iso)
  })

  it('gives the day back for any day since Meiji, in the form that the pattern describes (seed 11)', () => {
    const days = fc.integer({ min: dayNumber('1868-10-23'), max: dayNumber('2099-12-31') }).map(isoDate)
    const whole = new RegExp(`^${ERA_DATE_PATTERN}$`)

    fc.assert(
      fc.property(days, (iso) => {
        const era = toEraDate(iso)
        expect(era).toMatch(whole)
        expect(fromEraDate(era)).toBe(iso)
      }),
      { seed: 11, numRuns: 2_000 },
    )
  })

  it('keeps the order of two days within one era (seed 12)', () => {
    const days = fc.integer({ min: dayNumber('2019-05-01'), max: dayNumber('2099-12-31') })

    fc.assert(
      fc.property(days, days, (one, other) => {
        const [a = '', b = ''] = [one, other].map((day) => fromEraDate(toEraDate(isoDate(day))))
        expect(a < b).toBe(one < other)
      }),
      { seed: 12 },
    )
  })

  it.each(['1868-10-22', '1600-01-01', '', '2023-3-27', '27.3.2023', '2023-03-27T00:00'])('is refused for "%s"', (iso) => {
    expect(() => toEraDate(iso)).toThrow(RangeError)
  })

  it.each(['', '令和', '令和5年3月', '令和五年3月27日', '慶応3年1月1日', ' 令和5年3月27日', '令和5年3月27日 '])('is not read from "%s"', (text) => {
    expect(fromEraDate(text)).toBeUndefined()
  })
})
