import type { VirtualMs } from '../ports.ts'
import type { Role } from '../node.ts'
import type { FaultKind, FaultsOffered } from './faults.ts'
import type { Scheduling } from './scheduling.ts'
import type { StepOwner, Touch } from './step.ts'

/** The node of whoever drives the scenario. */
export const DRIVER = 'script'

/** What a step may have to wait for. */
export interface Waitable {
  isFree(): boolean
  /** Calls once it may be free: whoever else waits may be first. */
  wait(call: () => void): void
}

/** Who causes tasks, and how many it has caused: their names count them. */
export interface Causer {
  readonly name: string
  begun?: number
}

/** A node as the simulated world runs it: a crash ends an incarnation, and with it all its processes. */
export interface RunningNode extends Causer {
  readonly role: Role
  readonly site: string
  /** Its tasks share no memory but what it keeps. */
  readonly forgets?: boolean
  keeps?: boolean
  incarnation: number
  /** Tasks of the system under way in this incarnation. */
  tasks?: number
  /** Tasks that have something to undo outside their memory when the node crashes. */
  mortals?: Set<SimulatedProcess>
}

/**
 * One task on one node: a request, a job, a run, a session. All its port calls go through `step`, so the caller of a step
 * is known without async hooks.
 */
export class SimulatedProcess implements StepOwner {
  private readonly incarnation: number
  /** Whoever drives the scenario stands outside every machine. */
  readonly restarts: boolean
  /** Tasks it has caused; {@link Causer}. */
  begun?: number
  /** Whether the system is not idle before this task is over. */
  counted = false
  private deathCalls: Set<() => void> | undefined
  private withdrawn = false

  constructor(
    readonly scheduler: Scheduling,
    readonly node: RunningNode,
    readonly name: string,
    readonly application: string | undefined,
  ) {
    this.incarnation = node.incarnation
    this.restarts = node.name !== DRIVER
  }

  get role(): Role {
    return this.node.role
  }

  get alive(): boolean {
    return !this.withdrawn && this.incarnation === this.node.incarnation
  }

  /** It goes no further, and what it has asked for is dropped. */
  withdraw(): void {
    this.withdrawn = true
    this.scheduler.dropDead()
  }

  get nowMs(): VirtualMs {
    return this.scheduler.nowMs
  }

  /** Asks for a step that nobody awaits. */
  submit(name: string, touch: Touch, perform: () => void, faults?: FaultsOffered): void {
    if (this.alive) this.scheduler.submit({ process: this, name, touch, perform, ...(faults === undefined ? {} : { faults }) })
  }

  /**
   * Asks for a step; resolves with what `perform` gives once the scheduler has chosen it.
   * @param fault what it does instead, should that fault happen
   */
  step<T>(name: string, touch: Touch, perform: () => T, fault?: { readonly kind: FaultKind; readonly perform: () => T }): Promise<T> {
    return new Promise((resolve, reject) => {
      const settled = (how: () => T) => () => {
        settle(resolve, reject, how)
      }
      const faults = fault === undefined ? undefined : { [fault.kind]: settled(fault.perform) }
      this.scheduler.submit({ process: this, name, touch, perform: settled(perform), ...(faults === undefined ? {} : { faults }) })
    })
  }

  /** A step that may have to wait for somebody once it is chosen, and then is asked for again instead of going on behind the scheduler's back. */
  blockingStep<T>(name: string, touch: Touch, lock: Waitable, perform: () => T): Promise<T> {
    const waits = (): boolean => !lock.isFree()
    return new Promise((resolve, reject) => {
      const submit = (): void => {
        if (this.alive) this.scheduler.submit({ process: this, name, touch, perform: choose, waits })
      }
      const choose = (): void => {
        if (lock.isFree()) settle(resolve, reject, perform)
        else lock.wait(submit)
      }
      submit()
    })
  }

  /** Calls `call` when the node crashes under this process. Gives back how to take that back. */
  onDeath(call: () => void): () => void {
    this.deathCalls ??= new Set()
    this.deathCalls.add(call)
    this.node.mortals ??= new Set()
    this.node.mortals.add(this)
    return () => {
      if (this.deathCalls?.delete(call) === true && this.deathCalls.size === 0) this.live()
    }
  }

  /** Nothing has to be undone any more: the task is over, or all it held it has let go. */
  live(): void {
    this.deathCalls = undefined
    this.node.mortals?.delete(this)
  }

  /** What has to be undone outside its memory when it dies: locks held, conversions under way. */
  die(): void {
    const calls = this.deathCalls
    this.live()
    for (const call of calls ?? []) call()
  }
}

function settle<T>(resolve: (value: T) => void, reject: (reason: unknown) => void, perform: () => T): void {
  try {
    resolve(perform())
  } catch (error) {
    reject(error instanceof Error ? error : new Error(String(error)))
  }
}
