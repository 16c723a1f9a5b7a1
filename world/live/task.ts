import type { Role } from '../node.ts'
import type { Gates } from './gates.ts'

/** A promise for calls whose caller is gone: nobody is left to go on with the answer. */
const forever = (): Promise<never> => new Promise<never>(() => undefined)

/** One life of a node, from its start to its end or crash; the next start has a life of its own. */
export class NodeLife {
  private over = false
  private readonly calls = new Set<() => void>()

  get alive(): boolean {
    return !this.over
  }

  /** Calls `call` when the node crashes, for what has to be undone outside its memory. Gives back how to take that back. */
  onDeath(call: () => void): () => void {
    this.calls.add(call)
    return () => {
      this.calls.delete(call)
    }
  }

  /** A crash: pending calls of its tasks are never answered, so that none of their code goes on, not even a `finally`. */
  crash(): void {
    this.over = true
    for (const call of [...this.calls]) call()
    this.calls.clear()
  }
}

export interface LiveTaskOptions {
  readonly role: Role
  /** Who this is: `print:munakata/1#shop-1-3`. */
  readonly process: string
  readonly application?: string
  /** The id of the request it works for, where there is one: logged, and passed on with its calls. */
  readonly requestId?: string
  /** Default: a life that never ends. */
  readonly life?: NodeLife
  /** Default: nothing is held. */
  readonly gates?: Gates
}

/**
 * Who makes port calls in the live world: one task on one node. All port calls of the task go through `step`, so that
 * gates can hold them and a crash can drop them.
 */
export class LiveTask {
  readonly role: Role
  readonly process: string
  readonly application: string | undefined
  readonly requestId: string | undefined
  readonly life: NodeLife
  private readonly gates: Gates | undefined

  constructor(options: LiveTaskOptions) {
    this.role = options.role
    this.process = options.process
    this.application = options.application
    this.requestId = options.requestId
    this.life = options.life ?? new NodeLife()
    this.gates = options.gates
  }

  /** Makes one named port call; waits at the gate first if an ordering says so. Never settles once the node is dead. */
  async step<T>(name: string, perform: () => T | Promise<T>): Promise<T> {
    const held = this.gates?.before(name, this.application)
    if (held !== undefined) await held
    if (!this.life.alive) return forever()
    let settle: () => T
    try {
      const result = await perform()
      settle = () => result
    } catch (error) {
      settle = () => {
        throw error
      }
    }
    this.gates?.after(name, this.application)
    return this.life.alive ? settle() : forever()
  }
}
