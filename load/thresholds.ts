import { TorichigaeError } from '../contract/index.ts'

/** What a run may not exceed. */
export interface Limits {
  /** Papers of another person. */
  readonly maxWrong?: number
  /** Of 100 people, how long the 99th fastest waits for the certificate, from sending the application; real milliseconds. */
  readonly p99Ms?: number
}

/** A threshold, what it was held against, and whether it was met. */
export interface Threshold {
  readonly name: string
  readonly limit: number
  /** Null where nothing was measured: that is no success. */
  readonly actual: number | null
  readonly ok: boolean
}

/** Reads a threshold's value. @param option as it is written: `--p99-ms` @throws TorichigaeError USAGE with the option's name */
export function thresholdOf(option: string): (text: string) => number {
  return (text) => {
    if (!/^\d{1,9}(?:\.\d{1,3})?$/.test(text)) throw new TorichigaeError('USAGE', `the threshold ${option} is no number: "${text}"`)
    return Number(text)
  }
}

/** Holds what was measured against the limits that were given. */
export function checkThresholds({ maxWrong, p99Ms }: Limits, actual: { readonly wrong: number; readonly p99Ms: number | null }): Threshold[] {
  return [...threshold('max-wrong', maxWrong, actual.wrong), ...threshold('p99-ms', p99Ms, actual.p99Ms)]
}

const threshold = (name: string, limit: number | undefined, actual: number | null): Threshold[] =>
  limit === undefined ? [] : [{ name, limit, actual, ok: actual !== null && actual <= limit }]
