import { type VirtualMs, virtualMs } from '../ports.ts'
import { canDrain, drainMicrotasks } from './drain.ts'
import { forbidRealTimers } from './leak-guard.ts'
import type { PendingStep, StepOwner, StepRecord, Touch } from './step.ts'
import type { Choice, Deviation, Strategy } from './strategy.ts'
import { type SimulatedTimer, TimerHeap } from './timers.ts'

/** How a simulated run ended. Only `finished` can be judged clean; every other end is unknown. */
export type RunEnd =
  | { readonly end: 'finished' }
  | { readonly end: 'step-limit'; readonly steps: number }
  /** Nothing is ready and no timer is set, yet the run is not over: a deadlock, or a promise that left the world. */
  | { readonly end: 'quiet'; readonly waiting: string }
  | { readonly end: 'failed'; readonly error: unknown }

export interface SchedulerOptions {
  readonly startMs: VirtualMs
  readonly strategy: Strategy
  /** Default 5,000,000. */
  readonly stepLimit?: number
  /** Called after each step, e.g. to keep a trace; absent, nothing but a count is kept. */
  readonly onStep?: (step: StepRecord) => void
}

/** So many steps run in one macrotask before the event loop gets a turn: progress and signals want theirs. */
const STEPS_PER_SLICE = 20_000

/**
 * The heart of the simulated world: a list of pending port calls, timers and a virtual clock. Again and again it lets the
 * strategy choose one pending call, performs it, and drains the microtasks, which is the call's continuation up to the
 * next port call. The order of these choices is the only thing that differs between two runs of one setting.
 */
export class Scheduler {
  private ready: PendingStep[] = []
  private readonly timers = new TimerHeap()
  private timeMs: VirtualMs
  private last: StepOwner | undefined
  private jumpsLeft: number
  private steps = 0
  private readonly stepLimit: number
  readonly deviations: Deviation[] = []

  constructor(private readonly options: SchedulerOptions) {
    this.timeMs = options.startMs
    this.jumpsLeft = options.strategy.timeJumps
    this.stepLimit = options.stepLimit ?? 5_000_000
  }

  get nowMs(): VirtualMs {
    return this.timeMs
  }

  get stepCount(): number {
    return this.steps
  }

  /** Asks for a step; `perform` is called when it is chosen. */
  submit(step: PendingStep): void {
    this.ready.push(step)
  }

  /** Sets a timer `ms` from now; firing it is a step. */
  after(ms: number, words: string, process: StepOwner, fire: () => void): SimulatedTimer {
    return this.timers.set(virtualMs(this.timeMs + Math.max(0, ms)), words, process, fire)
  }

  /** Drops what processes that are no longer alive had asked for. */
  dropDead(): void {
    this.ready = this.ready.filter(({ process }) => process.alive)
  }

  /** Runs `main` and everything it sets off until it is through. Must be the only run in this thread at the time. */
  run(main: () => Promise<void>): Promise<RunEnd> {
    let end: RunEnd | undefined
    const begin = (): void => {
      main().then(
        () => {
          end ??= { end: 'finished' }
        },
        (error: unknown) => {
          end ??= { end: 'failed', error }
        },
      )
    }
    return new Promise((resolve) => {
      const slice = (first: boolean): void => {
        const allow = forbidRealTimers((error) => {
          end ??= { end: 'failed', error }
        })
        try {
          const draining = canDrain()
          if (first) begin()
          if (draining) drainMicrotasks()
          const until = this.steps + (draining ? STEPS_PER_SLICE : first ? 0 : 1)
          while (end === undefined && this.steps < until) {
            end = this.step()
            drainMicrotasks()
          }
        } catch (error) {
          end = { end: 'failed', error }
        } finally {
          allow()
        }
        if (end === undefined) setImmediate(slice, false)
        else resolve(end)
      }
      setImmediate(slice, true)
    })
  }

  /** One step. Gives the run's end where there is no further one. */
  private step(): RunEnd | undefined {
    const timer = this.timers.earliest()
    if (this.ready.length === 0 && timer === undefined) return { end: 'quiet', waiting: 'no step is ready and no timer is set' }
    if (this.steps >= this.stepLimit) return { end: 'step-limit', steps: this.steps }
    const byDefault = this.defaultChoice()
    const choice: Choice = {
      step: this.steps,
      ready: this.ready,
      timer,
      byDefault,
      timeIsOpen: timer !== undefined && (this.ready.length === 0 || this.jumpsLeft > 0),
    }
    const taken = this.ready.length === 0 ? 0 : this.options.strategy.choose(choice)
    if (taken < this.ready.length) this.complete(taken, byDefault)
    else this.fireTimer(byDefault)
    return undefined
  }

  /** Run to block: go on with who ran last, else the longest waiting, else let time pass. */
  private defaultChoice(): number {
    const last = this.last
    if (last !== undefined) {
      const own = this.ready.findIndex(({ process }) => process === last)
      if (own >= 0) return own
    }
    return 0
  }

  private complete(taken: number, byDefault: number): void {
    const step = this.ready[taken]
    if (step === undefined) throw new RangeError(`choice ${String(taken)} of ${String(this.ready.length)} ready steps`)
    this.ready.splice(taken, 1)
    if (taken !== byDefault) this.deviate(taken, step.process.name, step.name)
    this.made(step.process, step.name, step.touch)
    step.perform()
  }

  private fireTimer(byDefault: number): void {
    const timer = this.timers.take()
    if (timer === undefined) throw new RangeError('time was chosen, and no timer is set')
    if (this.ready.length > 0) {
      this.jumpsLeft -= 1
      this.deviate(this.ready.length, timer.process.name, timer.words)
    } else if (byDefault !== 0) throw new RangeError('time is the only choice')
    this.timeMs = virtualMs(Math.max(this.timeMs, timer.atMs))
    this.made(timer.process, timer.words, {})
    timer.fire()
  }

  private deviate(take: number, process: string, name: string): void {
    this.deviations.push({ step: this.steps, take, process, name })
  }

  private made(process: StepOwner, name: string, touch: Touch): void {
    this.last = process
    this.steps += 1
    this.options.onStep?.({ process: process.name, name, touch, atMs: this.timeMs })
  }
}
