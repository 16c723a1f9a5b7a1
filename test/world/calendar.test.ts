import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { dateAfter, dayNumber, isoDate } from '../../world/calendar.ts'

const SEED = 1868
const DAY_MS = 86_400_000

describe('calendar dates', () => {
  it(`become day numbers and dates again, as Node's own calendar has them (seed ${String(SEED)})`, () => {
    fc.assert(
      fc.property(fc.integer({ min: -150_000, max: 150_000 }), (days) => {
        const expected = new Date(days * DAY_MS).toISOString().slice(0, 10)
        expect(isoDate(days)).toBe(expected)
        expect(dayNumber(expected)).toBe(days)
      }),
      { seed: SEED, numRuns: 2_000 },
    )
  })

  it.each([
    ['2023-03-27', 0, '2023-03-27'],
    ['2023-03-27', DAY_MS - 1, '2023-03-27'],
    ['2023-03-27', DAY_MS, '2023-03-28'],
    ['2023-12-31', DAY_MS, '2024-01-01'],
    ['2024-02-28', DAY_MS, '2024-02-29'],
    ['2023-02-28', DAY_MS, '2023-03-01'],
    ['2023-03-27', 400 * DAY_MS + 5, '2024-04-30'],
  ])('%s and %i ms later is %s', (date, ms, after) => {
    expect(dateAfter(date, ms)).toBe(after)
  })
})
