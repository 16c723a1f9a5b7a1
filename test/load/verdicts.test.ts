import { describe, expect, it } from 'vitest'
import { TorichigaeError } from '../../contract/index.ts'
import { exitCodeOfLoad } from '../../load/exit-code.ts'
import { poissonInterval } from '../../load/poisson.ts'
import { rateOf } from '../../load/rate.ts'
import { checkThresholds, thresholdOf } from '../../load/thresholds.ts'
import { readCatalogue } from '../../scenario/catalogue.ts'

const met = { name: 'p99-ms', limit: 2, actual: 1, ok: true }
const missed = { name: 'p99-ms', limit: 1, actual: 2, ok: false }

describe('the exit code of a load test', () => {
  it.each([
    [0, 'pass', [met], false],
    [1, 'violation', [met], false],
    [1, 'violation', [missed], true],
    [3, 'pass', [met, missed], false],
    [3, 'unknown', [missed], true],
    [2, 'unknown', [], false],
    [2, 'pass', [met], true],
  ] as const)('is %i for a verdict %s', (exit, verdict, thresholds, limited) => {
    expect(exitCodeOfLoad({ verdict, thresholds, limited })).toBe(exit)
  })
})

describe('a threshold', () => {
  it('is met up to its limit, missed beyond it, and missed where nothing was measured', () => {
    expect(checkThresholds({ maxWrong: 0, p99Ms: 3_000 }, { wrong: 0, p99Ms: 3_000 }).map(({ ok }) => ok)).toEqual([true, true])
    expect(checkThresholds({ maxWrong: 0, p99Ms: 3_000 }, { wrong: 1, p99Ms: 3_000.1 }).map(({ ok }) => ok)).toEqual([false, false])
    expect(checkThresholds({ p99Ms: 3_000 }, { wrong: 0, p99Ms: null })).toEqual([{ name: 'p99-ms', limit: 3_000, actual: null, ok: false }])
  })

  it('that was not given holds nothing up', () => {
    expect(checkThresholds({}, { wrong: 9, p99Ms: null })).toEqual([])
  })

  it.each(['', 'soon', '-1', '1e3', '0x10', 'NaN', '1.2345'])('"%s" is none, and the message names the option', (text) => {
    expect(() => thresholdOf('--p99-ms')(text)).toThrow(new TorichigaeError('USAGE', `the threshold --p99-ms is no number: "${text}"`))
  })

  it('may have a fraction', () => {
    expect(thresholdOf('--p99-ms')('2.5')).toBe(2.5)
  })
})

describe('the interval of a count', () => {
  // Garwood's bounds as tables print them.
  it.each([[0, 0, 3.689], [1, 0.0253, 5.572], [2, 0.2422, 7.225], [10, 4.795, 18.39], [100, 81.36, 121.6], [2_000, 1_913.3, 2_089.6]])('of %i is %f to %f', (count, low, high) => {
    const found = poissonInterval(count)

    expect(Math.abs(found.low - low)).toBeLessThanOrEqual(low * 2e-3)
    expect(Math.abs(found.high - high)).toBeLessThanOrEqual(high * 2e-3)
  })
})

describe('a load\'s rate', () => {
  const { profile } = readCatalogue()
  const noon = { municipalities: ['yokohama'], date: '2023-03-27', arrivals: 'poisson', clockFactor: 20, atMs: 12 * 3_600_000 } as const

  it('is held against the natural one in scenario time', () => {
    const { kind, perScenarioSecond, naturalPerScenarioSecond, factor } = rateOf(profile, { ...noon, perSecond: 10 })

    expect({ kind, perScenarioSecond }).toEqual({ kind: 'accelerated', perScenarioSecond: 0.5 })
    expect(factor).toBeCloseTo(0.5 / naturalPerScenarioSecond, 9)
    expect(factor).toBeCloseTo(7.27, 2)
  })

  it('is natural up to the natural one, and accelerated where nobody comes by nature', () => {
    expect(rateOf(profile, { ...noon, perSecond: 1 }).kind).toBe('natural')
    expect(rateOf(profile, { ...noon, perSecond: 1, atMs: 3 * 3_600_000 })).toMatchObject({ kind: 'accelerated', factor: null })
  })
})
