import type { World } from '../../../world/ports.ts'

/**
 * What a contract suite is run against: a world made anew for each test. A suite is written once against the ports and run
 * by both worlds; its bodies are async functions over a `World` that wait for nothing but ports, so that a simulated world
 * can drive them by virtual time. All times in the suites are scenario time.
 */
export type Body = (world: World) => Promise<void>

export interface Subject {
  /**
   * Runs the bodies at the same time, each as a task of its own on one node of one site. Resolves when all are through;
   * rejects with what the first of them threw. Called once.
   */
  run(...bodies: readonly Body[]): Promise<void>
  close(): Promise<void>
}

/** Makes a subject, runs the bodies in it and closes it. */
export async function runIn(made: Subject | Promise<Subject>, ...bodies: readonly Body[]): Promise<void> {
  const subject = await made
  try {
    await subject.run(...bodies)
  } finally {
    await subject.close()
  }
}

/** Between two looks, and the longest wait: far longer than anything awaited here takes. */
const LOOK_MS = 10
const WAIT_MS_MAX = 600_000

/** Lets scenario time pass until `condition` holds. @throws if it never does. */
export async function until(world: World, what: string, condition: () => boolean): Promise<void> {
  for (let waitedMs = 0; !condition(); waitedMs += LOOK_MS) {
    if (waitedMs > WAIT_MS_MAX) throw new Error(`waited in vain until ${what}`)
    await world.clock.sleep(LOOK_MS)
  }
}

/** So many bodies that do the same; each is told which it is. */
export const times = (count: number, body: (world: World, index: number) => Promise<void>): Body[] =>
  Array.from({ length: count }, (_, index) => (world: World) => body(world, index))
