import type { World } from '../../../world/ports.ts'
import type { MakeQueueSubject, QueueSubject, WorkerSetting } from './queue-subject.ts'
import { type Body, until } from './subject.ts'

export async function withSubject(make: MakeQueueSubject, use: (subject: QueueSubject) => Promise<void>): Promise<void> {
  const subject = await make()
  await use(subject).finally(() => subject.close())
}

/** Makes a subject, runs the bodies in it and closes it. */
export const runIn = (make: MakeQueueSubject, workers: readonly WorkerSetting[], ...bodies: readonly Body[]): Promise<void> =>
  withSubject(make, (subject) => subject.run(workers, ...bodies))

/** A worker that notes what it is handed. */
export const noting = (handled: string[], concurrency = 1): WorkerSetting => ({
  concurrency,
  handle: (_world, { id }) => {
    handled.push(id)
    return Promise.resolve()
  },
})

/** Holds jobs until so many are at hand together, and counts the most that ever were. */
export class AtOnce {
  handled = 0
  most = 0
  private atHand = 0

  constructor(readonly together: number) {}

  handle(world: World): Promise<void> {
    return this.during(async () => {
      await until(world, 'enough jobs are at hand', () => this.most >= this.together)
      await world.clock.sleep(20)
    })
  }

  /** Counts a job as at hand while `work` goes on. */
  async during(work: () => Promise<void>): Promise<void> {
    this.atHand += 1
    this.most = Math.max(this.most, this.atHand)
    await work()
    this.atHand -= 1
    this.handled += 1
  }
}

type Ending = 'ends' | 'throws'

/** Workers that stay at each job until they are told how to end it. */
export class Obedient {
  private readonly begun: string[] = []
  private readonly finished: string[] = []
  private readonly orders = new Map<string, Ending>()
  private released = false

  worker(index: number, setting: Omit<WorkerSetting, 'handle'>): WorkerSetting {
    return {
      ...setting,
      handle: async (world, { id }) => {
        const key = keyOf(index, id)
        this.begun.push(key)
        await until(world, `${key} may end`, () => this.released || this.orders.has(key))
        const ending = this.orders.get(key)
        this.orders.delete(key)
        if (ending === 'throws') throw new Error(key)
        this.finished.push(key)
      },
    }
  }

  /** Tells a worker how its job ends, the first time or the next. */
  tell(index: number, id: string, ending: Ending): void {
    this.orders.set(keyOf(index, id), ending)
  }

  /** From now on a job of which nothing else was said ends at once. */
  release(): void {
    this.released = true
  }

  /** Whether the worker has or had the job at hand. */
  had(index: number, id: string): boolean {
    return this.begun.includes(keyOf(index, id))
  }

  /** How often the job was handed out, and how often a handler of it came to a good end. */
  counts(id: string): { readonly begun: number; readonly finished: number } {
    const of = (keys: readonly string[]): number => keys.filter((key) => key.endsWith(`: ${id}`)).length
    return { begun: of(this.begun), finished: of(this.finished) }
  }
}

const keyOf = (index: number, id: string): string => `${String(index)}: ${id}`
