import { within } from './within.ts'

/** A server without which a process can do nothing. */
export interface Needed {
  readonly name: 'database' | 'queue'
  /** Settles well if it answers. */
  readonly ask: () => Promise<unknown>
}

/** What `/health/ready` says: no host, no name, no reason, since anybody may read it. */
export interface HealthReport {
  readonly ready: boolean
  readonly database?: 'ready' | 'not ready'
  readonly queue?: 'ready' | 'not ready'
  /** The process is about to end. */
  readonly stopping?: true
}

/** So long a server may take to answer before it counts as gone. */
const ANSWER_MS_MAX = 2_000

/** Whether a process can do its work now: what it needs answers, and it is not about to end. */
export class Health {
  /** Set once the process has begun to end; from then on it is not ready. */
  stopping = false

  constructor(private readonly needed: readonly Needed[]) {}

  async report(): Promise<HealthReport> {
    const states = await Promise.all(
      this.needed.map(async ({ name, ask }) => {
        const answer = await within(ANSWER_MS_MAX, ask().then(() => true))
        return [name, answer === true ? 'ready' : 'not ready'] as const
      }),
    )
    const ready = !this.stopping && states.every(([, state]) => state === 'ready')
    return { ready, ...Object.fromEntries(states), ...(this.stopping ? { stopping: true } : {}) }
  }
}
