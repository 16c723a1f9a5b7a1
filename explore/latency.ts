import { keyedStream, type RandomStream } from '../world/keyed-random.ts'
import { Scheduler, type SchedulerOptions } from '../world/simulated/scheduler.ts'
import type { PendingStep } from '../world/simulated/step.ts'

/** How long a call takes, in milliseconds of the scenario: anything between, each order of magnitude as likely. Ours (`docs/parameters.md`). */
const LATENCY_MS = { least: 2, most: 500 }

/**
 * A scheduler under which every port call takes time before it can be chosen, as on a real machine. Whoever waits for the same
 * lock is then not served in the order of asking, and what comes soon after may overtake what came soon before.
 */
export class LatentScheduler extends Scheduler {
  private readonly draw: RandomStream

  constructor(options: SchedulerOptions, seed: number) {
    super(options)
    this.draw = keyedStream(seed, 'latency')
  }

  /** For `SimulationOptions.scheduling`: one of these for each run. */
  static for(seed: number): (options: SchedulerOptions) => LatentScheduler {
    return (options) => new LatentScheduler(options, seed)
  }

  override submit(step: PendingStep): void {
    const { least, most } = LATENCY_MS
    const takesMs = Math.round(least * (most / least) ** this.draw())
    this.after(takesMs, `under way: ${step.name}`, step.process, () => {
      super.submit(step)
    })
  }
}
