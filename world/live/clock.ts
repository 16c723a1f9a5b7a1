import { dateAfter } from '../calendar.ts'
import { type Clock, type Timer, type VirtualMs, virtualMs } from '../ports.ts'
import { stepNames } from '../step-names.ts'
import type { LiveTask } from './task.ts'

export interface LiveClockOptions {
  readonly startMs: VirtualMs
  /** The scenario's day, `YYYY-MM-DD`. */
  readonly date: string
  /** Real milliseconds times this are scenario milliseconds. Default 1. */
  readonly factor?: number
  /** Awaited by `skipTo` after each timer it fires, until what that set off has settled. Default: one turn of the event loop. */
  readonly settled?: () => Promise<void>
}

interface SetTimer {
  readonly atMs: number
  readonly fire: () => void
}

/** The longest delay of a real timer; a later one is armed again when it is over. */
const REAL_DELAY_MAX_MS = 2_147_483_647

/** More than the sums below lose by rounding, or time moved to 100 would read 99. */
const ROUNDING_MS = 1e-5

const oneTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/**
 * Scenario time of a live run: start + real time elapsed * factor + what was skipped, in whole milliseconds as in the
 * simulated world, so that here too many events share one instant. It has one real timer, for the earliest of its own;
 * timers of one instant fire in the order in which they were set. It never goes back.
 */
export class LiveClock implements Clock {
  private readonly timers: SetTimer[] = []
  private readonly factor: number
  private readonly beganAt = performance.now()
  private skippedMs = 0
  private real: NodeJS.Timeout | undefined

  constructor(private readonly options: LiveClockOptions) {
    this.factor = options.factor ?? 1
    if (!(this.factor > 0)) throw new RangeError(`a clock's factor is above 0, not ${String(this.factor)}`)
  }

  now(): VirtualMs {
    return virtualMs(Math.floor(this.exactMs() + ROUNDING_MS))
  }

  today(): string {
    return dateAfter(this.options.date, this.now())
  }

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.after(ms, 'sleep', resolve)
    })
  }

  after(ms: number, _words: string, fire: () => void): Timer {
    const timer: SetTimer = { atMs: this.now() + Math.max(0, ms), fire }
    this.timers.splice(this.placeOf(timer.atMs), 0, timer)
    if (this.timers[0] === timer) this.arm()
    return {
      cancel: () => {
        const at = this.timers.indexOf(timer)
        if (at >= 0) this.timers.splice(at, 1)
        if (at === 0) this.arm()
      },
    }
  }

  /** When the next timer fires; `undefined` if none is set. */
  nextTimerMs(): VirtualMs | undefined {
    const first = this.timers[0]
    return first === undefined ? undefined : virtualMs(first.atMs)
  }

  /**
   * Moves time forward to `atMs` at once, for stretches of a script in which nothing happens. Timers due on the way fire
   * when time reaches them, one by one, with `settled` awaited after each. To a time that is past it does nothing.
   */
  async skipTo(atMs: VirtualMs): Promise<void> {
    const settled = this.options.settled ?? oneTurn
    for (let first = this.timers[0]; first !== undefined && first.atMs <= atMs; first = this.timers[0]) {
      this.moveTo(first.atMs)
      this.timers.shift()
      first.fire()
      await settled()
    }
    this.moveTo(atMs)
    this.arm()
  }

  /** Drops all timers, so that the program can end. */
  close(): void {
    this.timers.length = 0
    this.arm()
  }

  private exactMs(): number {
    return this.options.startMs + (performance.now() - this.beganAt) * this.factor + this.skippedMs
  }

  private moveTo(atMs: number): void {
    this.skippedMs += Math.max(0, atMs - this.exactMs())
  }

  /** Behind all timers of the same instant. */
  private placeOf(atMs: number): number {
    let low = 0
    let high = this.timers.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.timers[middle]?.atMs ?? Infinity) <= atMs) low = middle + 1
      else high = middle
    }
    return low
  }

  private arm(): void {
    clearTimeout(this.real)
    this.real = undefined
    const first = this.timers[0]
    if (first === undefined) return
    const delayMs = Math.ceil((first.atMs - this.exactMs()) / this.factor)
    this.real = setTimeout(() => {
      this.fireDue()
    }, Math.min(Math.max(0, delayMs), REAL_DELAY_MAX_MS))
  }

  /** One timer a turn, so that what it set off comes before the next one, as steps do in the simulated world. */
  private fireDue(): void {
    const first = this.timers[0]
    if (first !== undefined && first.atMs <= this.now()) {
      this.timers.shift()
      first.fire()
    }
    this.arm()
  }
}

/** Makes the clock of a run. */
export const createLiveClock = (options: LiveClockOptions): LiveClock => new LiveClock(options)

/** The clock as one task has it: its sleeps and timers are steps, which gates can hold and a crash drops. */
export function taskClock(clock: LiveClock, task: LiveTask): Clock {
  return {
    now: () => clock.now(),
    today: () => clock.today(),
    sleep: async (ms) => {
      await clock.sleep(ms)
      await task.step(stepNames.sleep(task.role), () => undefined)
    },
    after: (ms, words, fire) => {
      let cancelled = false
      const timer = clock.after(ms, words, () => {
        void task.step(`${task.role}: ${words}`, () => {
          if (!cancelled) fire()
        })
      })
      return {
        cancel: () => {
          cancelled = true
          timer.cancel()
        },
      }
    },
  }
}
