import { build, type Histogram } from 'hdr-histogram-js'

/** Latencies of one kind in milliseconds; all but `n` are null where there was none. */
export interface Percentiles {
  readonly p50: number | null
  readonly p90: number | null
  readonly p99: number | null
  readonly max: number | null
  readonly n: number
}

/** A latency is kept in microseconds, three digits of it exact, up to an hour; a longer one counts as an hour. */
const MICROS_MAX = 3_600_000_000

/** Gathers latencies in an HDR histogram: flat in memory however many there are. */
export class LatencyHistogram {
  private readonly histogram: Histogram = build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: MICROS_MAX,
    numberOfSignificantValueDigits: 3,
    useWebAssembly: false,
  })

  /** @param ms not below 0; a clock in whole scenario milliseconds may make it a little less, which counts as 0 */
  record(ms: number): void {
    this.histogram.recordValue(Math.min(MICROS_MAX, Math.max(0, Math.round(ms * 1_000))))
  }

  get percentiles(): Percentiles {
    const { totalCount, maxValue } = this.histogram
    // A percentile is the end of its bucket, which may lie behind the largest value that was recorded.
    const at = (percentile: number): number | null => (totalCount === 0 ? null : Math.min(maxValue, this.histogram.getValueAtPercentile(percentile)) / 1_000)
    return { p50: at(50), p90: at(90), p99: at(99), max: totalCount === 0 ? null : maxValue / 1_000, n: totalCount }
  }
}
