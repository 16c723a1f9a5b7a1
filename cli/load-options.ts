import type { Schedule } from '../load/schedule.ts'

/** What a load was told to do. */
export interface LoadOptions {
  readonly rate: number
  readonly duration: number
  readonly arrivals: Schedule['arrivals']
  readonly municipality?: readonly string[]
  readonly build: string
  readonly demand?: string
  readonly size: number
  readonly kiosks?: number
  readonly closed?: number
  readonly clockFactor: number
  readonly target?: string
  readonly iAmAuthorised?: true
  readonly maxWrong?: number
  readonly p99Ms?: number
  readonly metricsPort?: number
  readonly seed: number
  readonly json?: true
  readonly out?: string
}
