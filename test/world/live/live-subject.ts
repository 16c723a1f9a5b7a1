import { type VirtualMs, virtualMs, type World } from '../../../world/ports.ts'
import { createLiveClock, type LiveClock, taskClock } from '../../../world/live/clock.ts'
import { LiveTask, type NodeLife } from '../../../world/live/task.ts'
import type { Subject } from '../contract/subject.ts'

export const DATE = '2023-03-27'
export const NOON: VirtualMs = virtualMs(12 * 3_600_000)

/** A port that the suite at hand does not use. */
function unused(port: string): never {
  throw new Error(`this suite has no ${port}`)
}

/** A live world with the ports under test, and a trap in place of each other. */
export function worldWith(task: LiveTask, ports: Partial<World>): World {
  const traps = {
    get clock() { return unused('clock') },
    get random() { return unused('random') },
    get ids() { return unused('ids') },
    get files() { return unused('files') },
    get engine() { return unused('engine') },
    get queue() { return unused('queue') },
    get database() { return unused('database') },
    get network() { return unused('network') },
    get crypto() { return unused('crypto') },
    get log() { return unused('log') },
    get history() { return unused('history') },
  }
  const given: World = Object.create(traps, Object.getOwnPropertyDescriptors(ports)) as World
  return Object.assign(given, { process: task.process, application: task.application })
}

export const printTask = (index: number, application?: string, life?: NodeLife): LiveTask =>
  new LiveTask({
    role: 'print',
    process: `print:munakata/1#${String(index)}`,
    ...(application === undefined ? {} : { application }),
    ...(life === undefined ? {} : { life }),
  })

/**
 * A subject on a clock that runs: for ports with real waiting in them. Scenario time runs fast, so that waits of seconds
 * in the suites cost little.
 */
export function onRunningClock(
  ports: (task: LiveTask, clock: LiveClock) => Partial<World>,
  factor = 20,
  close: () => Promise<void> = () => Promise.resolve(),
): Subject {
  const clock = createLiveClock({ startMs: NOON, date: DATE, factor })
  return {
    run: async (...bodies) => {
      await Promise.all(
        bodies.map((body, index) => {
          const task = printTask(index)
          return body(worldWith(task, { clock: taskClock(clock, task), ...ports(task, clock) }))
        }),
      )
    },
    close: async () => {
      clock.close()
      await close()
    },
  }
}

/**
 * A subject on a clock that stands still and is moved to its next timer whenever nothing else happens: times come out to
 * the millisecond, however busy the machine is.
 */
export function onSkippedClock(
  ports: (task: LiveTask, clock: LiveClock) => Partial<World>,
  setting: { readonly date: string; readonly startMs: VirtualMs } = { date: DATE, startMs: NOON },
): Subject {
  const clock = createLiveClock({ ...setting, factor: 1e-9, settled })
  return {
    run: async (...bodies) => {
      const state = { over: false }
      const all = Promise.all(
        bodies.map((body, index) => {
          const task = printTask(index)
          return body(worldWith(task, { clock: taskClock(clock, task), ...ports(task, clock) }))
        }),
      ).finally(() => {
        state.over = true
      })
      // The rejection is for the last line; nobody else is to see it first.
      all.catch(() => undefined)
      while (!state.over) {
        await settled()
        const next = clock.nextTimerMs()
        if (next !== undefined && !state.over) await clock.skipTo(next)
      }
      await all
    },
    close: () => {
      clock.close()
      return Promise.resolve()
    },
  }
}

/** A few turns of the event loop: all that promises alone can still do is done then. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}
