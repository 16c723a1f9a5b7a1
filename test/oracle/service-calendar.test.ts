import { describe, expect, it } from 'vitest'
import type { Municipality } from '../../contract/index.ts'
import { ServiceCalendar } from '../../oracle/service-calendar.ts'
import { HEADER } from './history-builder.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const calendar = new ServiceCalendar('2023-06-28')
const closed = (atMs: number, given: Partial<Municipality> = {}) => calendar.closedWords(atMs, 'residence-record', { ...HEADER.municipalities[0]!, ...given })

describe('the service', () => {
  it('is open from 06:30 sharp to 23:00 sharp, to the millisecond', () => {
    const [opens, closes] = [6.5 * HOUR_MS, 23 * HOUR_MS]

    expect([opens, closes].map((atMs) => closed(atMs))).toEqual([undefined, undefined])
    for (const atMs of [opens - 1, closes + 1]) expect(closed(atMs)).toBe('That is outside the service hours, 06:30 to 23:00.')
  })

  it('is open on a weekend for a type with hours of its own, unless those are of weekdays', () => {
    const saturdayMs = 3 * DAY_MS + 14 * HOUR_MS
    const hours = { opens: '09:00', closes: '17:00' }

    expect(closed(saturdayMs, { hours: { 'residence-record': hours } })).toBeUndefined()
    expect(closed(saturdayMs, { hours: { 'residence-record': { ...hours, weekdaysOnly: true } } })).toBe('宗像市 issues that certificate on weekdays only.')
    expect(closed(saturdayMs - DAY_MS, { hours: { 'residence-record': { ...hours, weekdaysOnly: true } } })).toBeUndefined()
  })
})
