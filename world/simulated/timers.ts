import type { VirtualMs } from '../ports.ts'
import type { FaultsOffered } from './faults.ts'
import { NOTHING, type StepOwner, type Touch } from './step.ts'

/** A timer of the simulated world. Timers of one instant fire in the order in which they were set. */
export interface SimulatedTimer {
  readonly atMs: VirtualMs
  readonly order: number
  readonly words: string
  /** Who set it: dropped with the node when that crashes. */
  readonly process: StepOwner
  readonly fire: () => void
  /** What firing it touches beside the memory of its node. */
  readonly touch: Touch
  /** What happens instead, should a fault happen when it is due. */
  readonly faults?: FaultsOffered
  cancelled: boolean
}

/** Timers by time, then by the order in which they were set: a binary heap; cancelled ones are skipped when they surface. */
export class TimerHeap {
  private readonly heap: SimulatedTimer[] = []
  private count = 0

  set(atMs: VirtualMs, words: string, process: SimulatedTimer['process'], fire: () => void, touch = NOTHING, faults?: FaultsOffered): SimulatedTimer {
    const timer: SimulatedTimer = { atMs, order: this.count++, words, process, fire, touch, ...(faults === undefined ? {} : { faults }), cancelled: false }
    this.heap.push(timer)
    this.up(this.heap.length - 1)
    return timer
  }

  /** The next timer to fire, left where it is. */
  earliest(): SimulatedTimer | undefined {
    for (;;) {
      const first = this.heap[0]
      if (first === undefined || (!first.cancelled && first.process.alive)) return first
      this.removeFirst()
    }
  }

  /** Takes the next timer out. */
  take(): SimulatedTimer | undefined {
    const first = this.earliest()
    if (first !== undefined) this.removeFirst()
    return first
  }

  private removeFirst(): void {
    const last = this.heap.pop()
    if (last === undefined || this.heap.length === 0) return
    this.heap[0] = last
    this.down(0)
  }

  private up(start: number): void {
    let at = start
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!this.swapIfBefore(at, parent)) return
      at = parent
    }
  }

  private down(start: number): void {
    let at = start
    for (;;) {
      const left = 2 * at + 1
      if (left >= this.heap.length) return
      const right = left + 1
      const child = right < this.heap.length && this.before(right, left) ? right : left
      if (!this.swapIfBefore(child, at)) return
      at = child
    }
  }

  private before(one: number, other: number): boolean {
    const a = this.heap[one]
    const b = this.heap[other]
    if (a === undefined || b === undefined) return false
    return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order)
  }

  private swapIfBefore(one: number, other: number): boolean {
    const a = this.heap[one]
    const b = this.heap[other]
    if (a === undefined || b === undefined || !this.before(one, other)) return false
    this.heap[one] = b
    this.heap[other] = a
    return true
  }
}
