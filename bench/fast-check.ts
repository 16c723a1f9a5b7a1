import fc from 'fast-check'
import { type VirtualMs, virtualMs } from '../world/ports.ts'
import type { SchedulerOptions } from '../world/simulated/scheduler.ts'
import type { RunEnd, Scheduling } from '../world/simulated/scheduling.ts'
import { memoryOf, type PendingStep, type StepOwner, type Touch } from '../world/simulated/step.ts'
import { type SimulatedTimer, TimerHeap } from '../world/simulated/timers.ts'

/** Microtasks that fast-check's own `waitFor` gives a task to go on in before it chooses the next. */
const DRAINED_TICKS = 50

/** When time may pass: once nothing else can happen, or as one more task among those to be chosen from. */
export type TimePasses = 'when-idle' | 'as-a-task'

/**
 * The adapter that this project's scheduler is held against: the same issuing system, world and timers, with every step a promise
 * given to fast-check's scheduler, which chooses the next uniformly. It drains between two steps as fast-check's `waitFor` does,
 * without which whoever made the last step is often not there to be chosen again. fast-check has no clock of its own, so that
 * timers are ours. Faults, time jumps and strategies it has none.
 */
export class FastCheckScheduling implements Scheduling {
  private readonly theirs: fc.Scheduler
  private readonly timers = new TimerHeap()
  private timeMs: VirtualMs
  private steps = 0
  private over: RunEnd | undefined
  private timeIsAsked = false
  readonly deviations = []
  readonly isListenedTo = false

  constructor(
    private readonly options: SchedulerOptions,
    seed: number,
    private readonly timePasses: TimePasses = 'when-idle',
  ) {
    this.timeMs = options.startMs
    const [scheduler] = fc.sample(fc.scheduler(), { seed, numRuns: 1 })
    if (scheduler === undefined) throw new RangeError('fast-check made no scheduler')
    this.theirs = scheduler
  }

  /** For {@link SimulationOptions.scheduling}: one of these for each run. */
  static for(seed: number, timePasses?: TimePasses): (options: SchedulerOptions) => FastCheckScheduling {
    return (options) => new FastCheckScheduling(options, seed, timePasses)
  }

  get nowMs(): VirtualMs {
    return this.timeMs
  }

  get stepCount(): number {
    return this.steps
  }

  submit(step: PendingStep): void {
    if (!step.process.alive) return
    void this.theirs.schedule(Promise.resolve(), step.name).then(() => {
      if (!step.process.alive || this.over !== undefined) return
      this.made(step.process, step, false)
      step.perform()
    })
  }

  after(ms: number, words: string, process: StepOwner, fire: () => void, touch?: Touch): SimulatedTimer {
    return this.timers.set(virtualMs(this.timeMs + Math.max(0, ms)), words, process, fire, touch)
  }

  touched(): void {
    // Nobody listens.
  }

  dropDead(): void {
    // What dead processes had asked for is let go when its turn comes.
  }

  async run(main: () => Promise<void>): Promise<RunEnd> {
    main().then(
      () => void (this.over ??= { end: 'finished' }),
      (error: unknown) => void (this.over ??= { end: 'failed', error }),
    )
    for (;;) {
      for (let tick = 0; tick < DRAINED_TICKS; tick += 1) await Promise.resolve()
      this.over ??= this.limit()
      if (this.over !== undefined) return this.over
      if (this.timePasses === 'as-a-task') this.askForTime()
      // `waitNext` drains once more, at the expense of what is measured here.
      // eslint-disable-next-line @typescript-eslint/no-deprecated
      if (this.theirs.count() > 0) await this.theirs.waitOne()
      else if (!this.fireEarliest()) return { end: 'quiet', waiting: 'no step is ready and no timer is set' }
    }
  }

  private limit(): RunEnd | undefined {
    const { stepLimit = Infinity } = this.options
    return this.steps < stepLimit ? undefined : { end: 'step-limit', steps: this.steps }
  }

  private askForTime(): void {
    if (this.timeIsAsked || this.timers.earliest() === undefined) return
    this.timeIsAsked = true
    void this.theirs.schedule(Promise.resolve(), 'time passes').then(() => {
      this.timeIsAsked = false
      if (this.over === undefined) this.fireEarliest()
    })
  }

  private fireEarliest(): boolean {
    const timer = this.timers.take()
    if (timer === undefined) return false
    this.timeMs = virtualMs(Math.max(this.timeMs, timer.atMs))
    this.made(timer.process, { name: timer.words, touch: timer.touch }, true)
    timer.fire()
    return true
  }

  private made(process: StepOwner, { name, touch, waits }: Pick<PendingStep, 'name' | 'touch' | 'waits'>, timer: boolean): void {
    this.steps += 1
    this.options.onStep?.({
      process: process.name,
      node: process.node.name,
      memory: memoryOf(process, false),
      application: process.application,
      name,
      touch,
      atMs: this.timeMs,
      take: 0,
      timer,
      waited: waits?.() ?? false,
      fault: undefined,
    })
  }
}
