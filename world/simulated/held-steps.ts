import type { PendingStep, StepOwner } from './step.ts'
import { HOLD_MS } from './strategy.ts'
import type { SimulatedTimer } from './timers.ts'

/** The ready steps that are slow because a schedule passed them over, and until when. */
export class HeldSteps {
  private readonly untilMs = new Map<PendingStep, number>()

  get size(): number {
    return this.untilMs.size
  }

  hold(step: PendingStep, nowMs: number): void {
    this.untilMs.set(step, nowMs + HOLD_MS)
  }

  release(step: PendingStep): void {
    this.untilMs.delete(step)
  }

  /** What comes next where some are held: whoever is not, else time, else the one that has been held longest. */
  defaultChoice(ready: readonly PendingStep[], last: StepOwner | undefined, nowMs: number, timer: SimulatedTimer | undefined): number {
    let free = -1
    let soonest = 0
    let soonestMs = Infinity
    for (const [at, step] of ready.entries()) {
      const untilMs = this.untilMs.get(step) ?? 0
      if (untilMs > nowMs) {
        if (untilMs >= soonestMs) continue
        soonest = at
        soonestMs = untilMs
      } else if (step.process === last) return at
      else if (free < 0) free = at
    }
    if (free >= 0) return free
    return timer !== undefined && timer.atMs < soonestMs ? ready.length : soonest
  }
}
