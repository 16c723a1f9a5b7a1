import { describe, expect, it } from 'vitest'
import { TorichigaeError } from '../../contract/index.ts'
import { readCatalogue } from '../../scenario/catalogue.ts'
import { meanCopies, naturalPerSecond, naturalPieces, naturalSessions, wrongPerMillionOf2023 } from '../../scenario/natural-rate.ts'
import { naturalTimes } from '../../scenario/natural-times.ts'

const { profile } = readCatalogue()
const HOUR_MS = 3_600_000
/** A Monday and the Sunday before it. */
const MONDAY = '2023-03-27'
const SUNDAY = '2023-03-26'
const yokohama = { municipality: 'yokohama', date: MONDAY }

const sessionsOf = (date: string, municipality = 'yokohama'): number =>
  naturalPieces(profile, { municipality, date }).reduce((sum, { fromMs, toMs, perMs }) => sum + perMs * (toMs - fromMs), 0)

describe('the natural rate', () => {
  it('brings a mean day as many certificates as were counted', () => {
    const week = ['2023-03-26', '2023-03-27', '2023-03-28', '2023-03-29', '2023-03-30', '2023-03-31', '2023-04-01']
    const mean = week.reduce((sum, date) => sum + sessionsOf(date), 0) / 7

    expect(mean * meanCopies(profile.mix.copies)).toBeCloseTo(2_700, 6)
  })

  it('is higher on a Monday than on a Sunday, at noon than in the morning, and in a larger city', () => {
    expect(sessionsOf(MONDAY)).toBeGreaterThan(sessionsOf(SUNDAY))
    expect(naturalPerSecond(profile, yokohama, 12.5 * HOUR_MS)).toBeGreaterThan(naturalPerSecond(profile, yokohama, 8 * HOUR_MS))
    expect(sessionsOf(MONDAY, 'munakata') / sessionsOf(MONDAY)).toBeCloseTo(70 / 2_700, 6)
  })

  it('is nothing while the service is closed, to the millisecond', () => {
    const rates = [6.5 * HOUR_MS - 1, 6.5 * HOUR_MS, 23 * HOUR_MS - 1, 23 * HOUR_MS].map((atMs) => naturalPerSecond(profile, yokohama, atMs) > 0)

    expect(rates).toEqual([false, true, true, false])
  })

  it('brings between two times what it brings in all parts of that time, and the whole day its day', () => {
    const between = (from: number, to: number): number => naturalSessions(profile, yokohama, from * HOUR_MS, to * HOUR_MS)

    expect(between(11.25, 13.75)).toBeCloseTo(between(11.25, 12) + between(12, 13) + between(13, 13.75), 9)
    expect(between(0, 24)).toBeCloseTo(sessionsOf(MONDAY), 9)
    expect(between(0, 6.5)).toBe(0)
  })

  it('is not to be had of a municipality of which nothing is known', () => {
    expect(() => naturalPieces(profile, { municipality: 'nowhere', date: MONDAY })).toThrow(TorichigaeError)
  })

  it('has beside it the 0.6 wrong papers in a million of 2023', () => {
    expect(wrongPerMillionOf2023(profile)).toBeCloseTo(0.577, 3)
  })
})

describe('when people come by nature', () => {
  const pieces = naturalPieces(profile, yokohama)
  const day = { fromMs: 0, toMs: 24 * HOUR_MS }

  it('is within the hours, in order, and as often as the rate says (seeds 1 to 20)', () => {
    let came = 0
    for (let seed = 1; seed <= 20; seed += 1) {
      const times = naturalTimes(pieces, day, seed)
      came += times.length

      expect({ seed, times }).toEqual({ seed, times: [...times].sort((a, b) => a - b) })
      expect(times[0]).toBeGreaterThanOrEqual(6.5 * HOUR_MS)
      expect(times.at(-1)).toBeLessThan(23 * HOUR_MS)
    }

    // 20 days of a Poisson process: within four standard deviations.
    const expected = 20 * sessionsOf(MONDAY)
    expect(Math.abs(came - expected)).toBeLessThan(4 * Math.sqrt(expected))
  })

  it('follows the hours: twice the weight, twice as many (seeds 1 to 20)', () => {
    const counts = new Map<number, number>()
    for (let seed = 1; seed <= 20; seed += 1) {
      for (const atMs of naturalTimes(pieces, day, seed)) counts.set(Math.floor(atMs / HOUR_MS), (counts.get(Math.floor(atMs / HOUR_MS)) ?? 0) + 1)
    }
    const [noon = 0, eight = 0] = [counts.get(12), counts.get(8)]

    expect(noon / eight).toBeGreaterThan(1.9)
    expect(noon / eight).toBeLessThan(2.5)
  })

  it('changes for nobody who has come when the time goes on longer (seed 1)', () => {
    const hour = naturalTimes(pieces, { fromMs: 11 * HOUR_MS, toMs: 12 * HOUR_MS }, 1)
    const two = naturalTimes(pieces, { fromMs: 11 * HOUR_MS, toMs: 13 * HOUR_MS }, 1)

    expect(hour.length).toBeGreaterThan(100)
    expect(two.slice(0, hour.length)).toEqual(hour)
    expect(two.length).toBeGreaterThan(hour.length)
  })
})
