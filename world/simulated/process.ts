import type { VirtualMs } from '../ports.ts'
import type { Role } from '../node.ts'
import type { Scheduler } from './scheduler.ts'
import type { StepOwner, Touch } from './step.ts'

/** A node as the simulated world runs it: a crash ends an incarnation, and with it all its processes. */
export interface RunningNode {
  readonly name: string
  readonly role: Role
  readonly site: string
  incarnation: number
}

/**
 * One task on one node: a request, a job, a run, a session. All its port calls go through `step`, so the caller of a step
 * is known without async hooks.
 */
export class SimulatedProcess implements StepOwner {
  private readonly incarnation: number
  private deathCalls: (() => void)[] | undefined

  constructor(
    readonly scheduler: Scheduler,
    readonly node: RunningNode,
    readonly name: string,
    readonly application: string | undefined,
  ) {
    this.incarnation = node.incarnation
  }

  get role(): Role {
    return this.node.role
  }

  get alive(): boolean {
    return this.incarnation === this.node.incarnation
  }

  get nowMs(): VirtualMs {
    return this.scheduler.nowMs
  }

  /** Asks for a step that nobody awaits. */
  submit(name: string, touch: Touch, perform: () => void): void {
    if (this.alive) this.scheduler.submit({ process: this, name, touch, perform })
  }

  /** Asks for a step; resolves with what `perform` gives once the scheduler has chosen it. */
  step<T>(name: string, touch: Touch, perform: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      this.scheduler.submit({
        process: this,
        name,
        touch,
        perform: () => {
          settle(resolve, reject, perform)
        },
      })
    })
  }

  /**
   * A step that may have to wait for somebody once it is chosen: `whenFree` calls its argument at once or later, and later
   * makes it ready again instead of going on behind the scheduler's back.
   */
  blockingStep<T>(name: string, touch: Touch, whenFree: (attempt: () => void) => void, perform: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      const submit = (): void => {
        if (this.alive) this.scheduler.submit({ process: this, name, touch, perform: choose })
      }
      const choose = (): void => {
        let atOnce = true
        whenFree(() => {
          if (atOnce) settle(resolve, reject, perform)
          else submit()
        })
        atOnce = false
      }
      submit()
    })
  }

  /** Calls `call` when the node crashes under this process. */
  onDeath(call: () => void): void {
    this.deathCalls ??= []
    this.deathCalls.push(call)
  }

  /** What has to be undone outside its memory when it dies: locks held, conversions under way. */
  die(): void {
    for (const call of this.deathCalls ?? []) call()
    this.deathCalls = undefined
  }
}

function settle<T>(resolve: (value: T) => void, reject: (reason: unknown) => void, perform: () => T): void {
  try {
    resolve(perform())
  } catch (error) {
    reject(error instanceof Error ? error : new Error(String(error)))
  }
}
