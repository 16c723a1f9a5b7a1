import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks'
import type { Begun } from './open-loop.ts'
import { LatencyHistogram } from './percentiles.ts'

/** What the driver itself may cost before its figures say more of it than of the system; real milliseconds. */
export interface Tolerance {
  /** How late 99 of 100 sessions may be begun after their intended start. */
  readonly lateMs: number
  /** How long 99 of 100 turns of the event loop may be held up. */
  readonly loopDelayMs: number
}

/** Ours: small beside the seconds that a threshold is about. What the driver is late counts in the latencies, so they can only be too high. */
export const TOLERANCE: Tolerance = { lateMs: 250, loopDelayMs: 250 }

interface Spread {
  readonly p50: number | null
  readonly p99: number | null
  readonly max: number | null
}

/** How well the driver kept to its schedule; real milliseconds. */
export interface ClientFigures {
  readonly lateMs: Spread
  readonly loopDelayMs: Spread
  readonly limited: boolean
  /** In a sentence, why the result is not to be trusted. */
  readonly why?: string
}

/** Real milliseconds between two looks at the event loop. */
const RESOLUTION_MS = 10
const NS_PER_MS = 1e6

/** Watches how long the event loop is held up, from `start` to `end`. */
export class LoopWatch {
  private readonly delays: IntervalHistogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS })

  start(): void {
    this.delays.enable()
  }

  /** The delays since `start`, without the distance at which it looks, which the histogram counts in. */
  end(): Spread {
    this.delays.disable()
    if (this.delays.count === 0) return { p50: null, p99: null, max: null }
    const delay = (ns: number): number => Math.max(0, ns / NS_PER_MS - RESOLUTION_MS)
    return { p50: delay(this.delays.percentile(50)), p99: delay(this.delays.percentile(99)), max: delay(this.delays.max) }
  }
}

/**
 * Says whether the client was the limit. What counts is when the driver got to a session, not when the session found a free
 * kiosk: people who wait for one are load, a driver that is late is none.
 */
export function clientFigures(begun: readonly Begun[], clockFactor: number, loopDelayMs: Spread, tolerance: Tolerance = TOLERANCE): ClientFigures {
  const late = new LatencyHistogram()
  for (const { reachedMs, intendedMs } of begun) late.record((reachedMs - intendedMs) / clockFactor)
  const { p50, p99, max } = late.percentiles
  const lateMs = { p50, p99, max }
  const why = whyLimited(lateMs, loopDelayMs, tolerance)
  return { lateMs, loopDelayMs, limited: why !== undefined, ...(why === undefined ? {} : { why }) }
}

function whyLimited(late: Spread, loop: Spread, tolerance: Tolerance): string | undefined {
  if ((late.p99 ?? 0) > tolerance.lateMs) {
    return `the driver began one session in a hundred ${whole(late.p99)} ms or more after its time, and ${String(tolerance.lateMs)} ms are tolerated`
  }
  if ((loop.p99 ?? 0) > tolerance.loopDelayMs) {
    return `the driver's event loop was held up for ${whole(loop.p99)} ms or more once in a hundred turns, and ${String(tolerance.loopDelayMs)} ms are tolerated`
  }
  return undefined
}

const whole = (ms: number | null): string => String(Math.round(ms ?? 0))
