import { TorichigaeError } from '../../contract/index.ts'
import { type VirtualMs, virtualMs } from '../ports.ts'
import { canDrain, drainMicrotasks } from './drain.ts'
import { FAULT_KINDS, type FaultKind, type FaultsOffered } from './faults.ts'
import { HeldSteps } from './held-steps.ts'
import { allowRealTimers, forbidRealTimers } from './leak-guard.ts'
import { StrayRejections } from './stray-rejections.ts'
import type { RunEnd, Scheduling } from './scheduling.ts'
import { memoryOf, type PendingStep, type StepOwner, type StepRecord, type Touch } from './step.ts'
import type { Choice, Deviation, Strategy } from './strategy.ts'
import { type SimulatedTimer, TimerHeap } from './timers.ts'

/** The run was moved by a promise that settled outside of it: time was not virtual, and the run cannot be repeated. */
export class EscapedError extends TorichigaeError {
  constructor(detail: string) {
    super('REAL_IO', detail)
  }
}

export interface SchedulerOptions {
  readonly startMs: VirtualMs
  readonly strategy: Strategy
  /** Default 5,000,000. */
  readonly stepLimit?: number
  /** Called after each step, e.g. to keep a trace; absent, nothing but a count is kept. */
  readonly onStep?: (step: StepRecord) => void
  /** Stops a machine and starts it again; without it, nothing of the kind is offered to the strategy. */
  readonly restart?: (node: StepOwner['node']) => void
  /** Told what the continuation of a step touches besides what the step was asked for with: counters, instants of timers. */
  readonly onTouch?: (resource: string) => void
  /** Told when a slice of the run begins and ends; whatever happens in between, the run itself does. */
  readonly guard?: { enter(): void; leave(): void }
}

/** So many steps run in one macrotask before the event loop gets a turn: progress and signals want theirs. */
const STEPS_PER_SLICE = 20_000

/**
 * The heart of the simulated world: a list of pending port calls, timers and a virtual clock. Again and again it lets the
 * strategy choose one pending call, performs it, and drains the microtasks, which is the call's continuation up to the
 * next port call. The order of these choices is the only thing that differs between two runs of one setting.
 */
export class Scheduler implements Scheduling {
  private ready: PendingStep[] = []
  private readonly timers = new TimerHeap()
  private readonly held = new HeldSteps()
  private timeMs: VirtualMs
  private last: StepOwner | undefined
  private jumpsLeft: number
  private steps = 0
  private over: RunEnd | undefined
  /** True between two slices, where nothing of the run can go on. */
  private outside = false
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

  submit(step: PendingStep): void {
    if (this.outside) this.escaped(`"${step.name}" was asked for`)
    if (step.process.alive) this.ready.push(step)
  }

  after(ms: number, words: string, process: StepOwner, fire: () => void, touch?: Touch, faults?: FaultsOffered): SimulatedTimer {
    if (this.outside) this.escaped(`"${words}" was set`)
    // Timers of one instant fire in the order in which they were set.
    this.touched(`timer:${String(this.timeMs + Math.max(0, ms))}`)
    return this.timers.set(virtualMs(this.timeMs + Math.max(0, ms)), words, process, fire, touch, faults)
  }

  get isListenedTo(): boolean {
    return this.options.onTouch !== undefined
  }

  touched(resource: string): void {
    this.options.onTouch?.(resource)
  }

  dropDead(): void {
    this.ready = this.ready.filter(({ process }) => process.alive)
  }

  run(main: () => Promise<void>): Promise<RunEnd> {
    return new Promise((resolve) => {
      setImmediate(() => {
        this.slice(main, resolve)
      })
    })
  }

  /** So many steps in one macrotask; where microtasks cannot be drained by hand, one step, and the event loop drains them. */
  private slice(main: (() => Promise<void>) | undefined, resolve: (end: RunEnd) => void): void {
    this.enter()
    let draining = false
    try {
      draining = canDrain()
      if (main !== undefined) this.begin(main)
      if (draining) this.stepsUntil(this.steps + STEPS_PER_SLICE)
      else if (main === undefined) this.oneStep()
    } catch (error) {
      this.failed(error)
    }
    const leave = (): void => {
      this.leave()
      if (this.over === undefined) setImmediate(() => this.slice(undefined, resolve))
      else resolve(this.over)
    }
    if (draining) leave()
    else afterMicrotasks(leave)
  }

  private stepsUntil(until: number): void {
    drainMicrotasks()
    while (this.over === undefined && this.steps < until) {
      this.oneStep()
      drainMicrotasks()
    }
  }

  /** A step that leaks has ended the run by the time it comes back, so its own result must not undo that. */
  private oneStep(): void {
    const end = this.step()
    this.over ??= end
  }

  private begin(main: () => Promise<void>): void {
    main().then(
      () => {
        if (this.outside) this.escaped('the run was ended')
        else this.finished()
      },
      (error: unknown) => {
        this.failed(error)
      },
    )
  }

  /** The run is through, if the strategy agrees: a recorded schedule of which something is left has not been followed. */
  private finished(): void {
    try {
      this.options.strategy.atEnd?.(this.steps)
      this.over ??= { end: 'finished' }
    } catch (error) {
      this.failed(error)
    }
  }

  private readonly failed = (error: unknown): void => {
    this.over ??= { end: 'failed', error }
  }

  /** What a promise from outside sets off happens between two slices, when nothing of the run can. */
  private escaped(what: string): void {
    this.failed(new EscapedError(`${what} by something that came from outside the run`))
  }

  private readonly strays = new StrayRejections(this.failed)

  private enter(): void {
    this.outside = false
    forbidRealTimers(this.failed)
    this.strays.enter()
    this.options.guard?.enter()
  }

  private leave(): void {
    this.options.guard?.leave()
    this.strays.leave()
    allowRealTimers()
    this.outside = true
  }

  /** One step. Gives the run's end where there is no further one. */
  private step(): RunEnd | undefined {
    const timer = this.timers.earliest()
    if (this.ready.length === 0 && timer === undefined) return { end: 'quiet', waiting: 'no step is ready and no timer is set' }
    if (this.steps >= this.stepLimit) return { end: 'step-limit', steps: this.steps }
    const byDefault = this.defaultChoice()
    const choice: Choice = {
      step: this.steps,
      nowMs: this.timeMs,
      ready: this.ready,
      timer,
      byDefault,
      timeIsOpen: timer !== undefined && (byDefault === this.ready.length || this.jumpsLeft > 0),
    }
    const taken = this.options.strategy.choose(choice)
    this.passOver(taken, byDefault)
    if (taken < this.ready.length) this.complete(taken, byDefault)
    else this.fireTimer(byDefault)
    return undefined
  }

  /** Run to block: go on with who ran last, else the longest waiting, else let time pass. */
  private defaultChoice(): number {
    const { ready, last, held } = this
    if (held.size > 0) return held.defaultChoice(ready, last, this.timeMs, this.timers.earliest())
    const own = last === undefined ? -1 : ready.findIndex(({ process }) => process === last)
    return own >= 0 ? own : 0
  }

  /** Under a strategy that holds, what would have come next and does not is slow from now on. */
  private passOver(taken: number, byDefault: number): void {
    const step = this.ready[byDefault]
    if (taken === byDefault || step === undefined || this.options.strategy.holds !== true) return
    this.held.hold(step, this.timeMs)
  }

  private complete(taken: number, byDefault: number): void {
    const step = this.ready[taken]
    if (step === undefined) throw new RangeError(`choice ${String(taken)} of ${String(this.ready.length)} ready steps`)
    this.ready.splice(taken, 1)
    this.held.release(step)
    const fault = this.fault(step.process, step.faults)
    if (taken !== byDefault || fault !== undefined) this.deviate(taken, step.process.name, step.name, fault)
    this.made(step.process, { name: step.name, touch: step.touch, take: taken, timer: false, waits: step.waits }, fault)
    this.perform(step.process, step.perform, fault, step.faults)
  }

  /** What goes wrong at a step, if the strategy wants that. */
  private fault(process: StepOwner, offered: FaultsOffered = {}): FaultKind | undefined {
    const { strategy, restart } = this.options
    if (strategy.fault === undefined) return undefined
    const kinds = FAULT_KINDS.filter((kind) => (kind === 'restart' ? restart !== undefined && process.restarts === true : offered[kind] !== undefined))
    return kinds.length === 0 ? undefined : strategy.fault(kinds, this.steps)
  }

  private perform(process: StepOwner, asMeant: () => void, fault: FaultKind | undefined, offered: FaultsOffered = {}): void {
    if (fault === undefined) asMeant()
    else if (fault === 'restart') this.options.restart?.(process.node)
    else offered[fault]?.()
  }

  private fireTimer(byDefault: number): void {
    const timer = this.timers.take()
    if (timer === undefined) throw new RangeError('time was chosen, and no timer is set')
    const jumps = byDefault !== this.ready.length
    if (jumps && this.jumpsLeft <= 0) throw new RangeError('the budget of time jumps is spent')
    if (jumps) this.jumpsLeft -= 1
    const fault = this.fault(timer.process, timer.faults)
    if (jumps || fault !== undefined) this.deviate(this.ready.length, timer.process.name, timer.words, fault)
    this.timeMs = virtualMs(Math.max(this.timeMs, timer.atMs))
    this.made(timer.process, { name: timer.words, touch: timer.touch, take: this.ready.length, timer: true, waits: undefined }, fault)
    this.perform(timer.process, timer.fire, fault, timer.faults)
  }

  private deviate(take: number, process: string, name: string, fault?: FaultKind): void {
    this.deviations.push({ step: this.steps, take, process, name, ...(fault === undefined ? {} : { fault }) })
  }

  private made(process: StepOwner, step: Pick<StepRecord, 'name' | 'touch' | 'take' | 'timer'> & { readonly waits: PendingStep['waits'] }, fault?: FaultKind): void {
    this.last = process
    this.steps += 1
    // One shape and no copying: a million steps a second are told.
    this.options.onStep?.({
      process: process.name,
      node: process.node.name,
      memory: memoryOf(process, this.isListenedTo),
      application: process.application,
      name: step.name,
      touch: step.touch,
      atMs: this.timeMs,
      take: step.take,
      timer: step.timer,
      waited: step.waits?.() ?? false,
      fault,
    })
  }
}

/** Calls `call` once no microtask is left: ticks queued by a microtask come after all of them. */
function afterMicrotasks(call: () => void): void {
  void Promise.resolve().then(() => {
    process.nextTick(call)
  })
}
