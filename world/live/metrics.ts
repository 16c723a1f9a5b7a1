import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { JobOutcome } from '../node.ts'
import { within } from './within.ts'

export interface MetricsOptions {
  /** Adds what Node says of its process: memory, event loop, garbage collection. Once a process. Default false. */
  readonly ofProcess?: boolean
}

/** Jobs of one site's queue. */
export interface QueueDepth {
  readonly site: string
  /** Waiting, or to be tried again. */
  readonly waiting: number
  readonly active: number
}

/** So long a scrape waits for a server to be asked; what has not come by then is left out of that scrape. */
const COLLECT_MS_MAX = 1_000

const DURATION_BUCKETS_S = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/**
 * What one process counts of itself, in a registry of its own: `docs/operations.md` has the table. A registry is given to
 * whoever counts; there is none that modules share.
 */
export class Metrics {
  private readonly registry = new Registry()
  private readonly requests: Counter<'operation' | 'status'>
  private readonly durations: Histogram<'operation'>
  private readonly jobs: Counter<'outcome' | 'code'>
  private readonly wrongPrints: Counter

  constructor(options: MetricsOptions = {}) {
    const registers = [this.registry]
    this.requests = new Counter({
      name: 'torichigae_requests_total',
      help: 'Requests answered, by operation and HTTP status.',
      labelNames: ['operation', 'status'],
      registers,
    })
    this.durations = new Histogram({
      name: 'torichigae_request_duration_seconds',
      help: 'Real time from a request to its answer.',
      labelNames: ['operation'],
      buckets: DURATION_BUCKETS_S,
      registers,
    })
    this.jobs = new Counter({
      name: 'torichigae_print_jobs_total',
      help: 'Print jobs ended: ready; failed, with the refusal; over, where there was nothing left to do; error, to be tried again.',
      labelNames: ['outcome', 'code'],
      registers,
    })
    this.wrongPrints = new Counter({
      name: 'wrong_prints_total',
      help: 'Papers that an observer with ground truth judged to belong to somebody else. No service can know it.',
      registers,
    })
    if (options.ofProcess === true) collectDefaultMetrics({ register: this.registry })
  }

  /** A request was answered. @param operation `unknown` where the path leads nowhere */
  countRequest(operation: string, status: number, durationMs: number): void {
    this.requests.inc({ operation, status: String(status) })
    this.durations.observe({ operation }, durationMs / 1_000)
  }

  /** A print job ended; `error` is a mistake of ours, after which it is tried again. */
  countJob(outcome: JobOutcome | 'error'): void {
    const known = outcome === 'ready' || outcome === 'over' || outcome === 'error'
    this.jobs.inc(known ? { outcome, code: '' } : { outcome: 'failed', code: outcome })
  }

  /** Papers turned out to be somebody else's. For the observer, who knows who asked; the system itself cannot. */
  countWrongPrint(papers = 1): void {
    this.wrongPrints.inc(papers)
  }

  /** From now on each scrape asks how long the queues are. */
  watchQueues(depths: () => Promise<readonly QueueDepth[]>): void {
    new Gauge({
      name: 'torichigae_queue_jobs',
      help: 'Print jobs in the queue of a site, waiting or active; absent while the queue does not answer.',
      labelNames: ['site', 'state'],
      registers: [this.registry],
      async collect() {
        this.reset()
        for (const { site, waiting, active } of (await within(COLLECT_MS_MAX, depths())) ?? []) {
          this.set({ site, state: 'waiting' }, waiting)
          this.set({ site, state: 'active' }, active)
        }
      },
    })
  }

  /** From now on each scrape asks how many applications are open. */
  watchApplications(open: () => Promise<readonly { readonly site: string; readonly open: number }[]>): void {
    new Gauge({
      name: 'torichigae_applications_open',
      help: 'Applications received and not yet over, by site; absent while the database does not answer.',
      labelNames: ['site'],
      registers: [this.registry],
      async collect() {
        this.reset()
        for (const { site, open: count } of (await within(COLLECT_MS_MAX, open())) ?? []) this.set({ site }, count)
      },
    })
  }

  /** What `/metrics` answers. */
  async exposition(): Promise<{ readonly contentType: string; readonly text: string }> {
    return { contentType: this.registry.contentType, text: await this.registry.metrics() }
  }
}
