import { describe, expect, it } from 'vitest'
import { intendedStarts, STARTS_MAX } from '../../load/schedule.ts'

const poisson = { arrivals: 'poisson', perSecond: 10, durationMs: 60_000, seed: 1 } as const

describe('intended starts', () => {
  it('are at equal distances and end before the duration, where they are constant', () => {
    expect(intendedStarts({ arrivals: 'constant', perSecond: 4, durationMs: 1_000, seed: 1 })).toEqual([0, 250, 500, 750])
    expect(intendedStarts({ arrivals: 'constant', perSecond: 3, durationMs: 60_000, seed: 1 })[179]).toBeCloseTo(59_666.667, 3)
  })

  it('come at random as often as the rate says, in order, within the duration (seeds 1 to 20)', () => {
    let count = 0
    for (let seed = 1; seed <= 20; seed += 1) {
      const starts = intendedStarts({ ...poisson, seed })
      count += starts.length

      expect({ seed, starts }).toEqual({ seed, starts: [...starts].sort((a, b) => a - b) })
      expect(starts.at(-1)).toBeLessThan(60_000)
    }

    // 12,000 expected of a Poisson process: within four standard deviations.
    expect(Math.abs(count - 12_000)).toBeLessThan(4 * Math.sqrt(12_000))
  })

  it('have gaps of which about 37 of 100 are longer than the mean, as independent people leave (seed 1)', () => {
    const starts = intendedStarts({ ...poisson, durationMs: 600_000 })
    const long = starts.filter((atMs, at) => atMs - (starts[at - 1] ?? 0) > 100).length

    expect(long / starts.length).toBeGreaterThan(0.34)
    expect(long / starts.length).toBeLessThan(0.4)
  })

  it('are the same for the same seed, and go on where a longer duration goes on (seed 1)', () => {
    const starts = intendedStarts(poisson)

    expect(intendedStarts({ ...poisson, durationMs: 120_000 }).slice(0, starts.length)).toEqual(starts)
    expect(intendedStarts({ ...poisson, seed: 2 })).not.toEqual(starts)
  })

  it('are not more than can be kept', () => {
    expect(() => intendedStarts({ ...poisson, perSecond: STARTS_MAX, durationMs: 1_001 })).toThrow(/--rate times --duration/)
  })
})
