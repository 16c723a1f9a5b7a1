// The hook is the only way to learn who made a resource, and it looks at the machine for one run that has failed already.
// eslint-disable-next-line torichigae/no-builtin
import { createHook } from 'node:async_hooks'
import { sourceLine } from './source-line.ts'
import type { SchedulerOptions } from './scheduler.ts'
import type { Deviation, Strategy } from './strategy.ts'

/** What promises and the run's own loop are made of, and output to a terminal or a log: nothing a run waits for. */
const HARMLESS: ReadonlySet<string> = new Set(['PROMISE', 'TickObject', 'Microtask', 'WRITEWRAP', 'TTYWRAP'])

/** More frames than Node keeps by default: its own stand before those of whoever called it. */
const FRAMES = 50

/** What a run is made with besides its setting when it is made again to be watched. */
export type WatchedOptions = Pick<SchedulerOptions, 'strategy' | 'stepLimit' | 'guard'>

/** A run that was made: its schedule, and whether its strategy holds what it passes over. */
interface Made {
  readonly deviations: readonly Deviation[]
  readonly steps: number
  readonly holds: boolean
}

/**
 * Why a run fell quiet, or was moved by something from outside: the same schedule is run again under an async hook, and the
 * first real resource that it makes is named with the line that made it, as `FSREQPROMISE at services/x.ts:12`. Async hooks
 * halve the speed, so no other run has one.
 * @param again runs the same once more
 * @returns `undefined` where nothing real was made: somebody waits for what nobody will do
 */
export async function findLeak({ deviations, steps, holds }: Made, again: (options: WatchedOptions) => Promise<unknown>): Promise<string | undefined> {
  let found: string | undefined
  const hook = createHook({
    init: (_asyncId, type) => {
      if (found === undefined && !HARMLESS.has(type)) found = `${type} at ${sourceLine(deepStack())}`
    },
  })
  const guard = { enter: () => hook.enable(), leave: () => hook.disable() }
  await again({ strategy: sameAgain(deviations, holds), stepLimit: steps + 1, guard })
  return found
}

/** The recorded schedule as far as it fits: this run is only watched, and need not be the same to the end. */
function sameAgain(deviations: readonly Deviation[], holds: boolean): Strategy {
  const recorded = new Map(deviations.map((deviation) => [deviation.step, deviation]))
  return {
    timeJumps: deviations.length,
    holds,
    choose: ({ step, ready, byDefault, timeIsOpen }) => {
      const take = recorded.get(step)?.take ?? byDefault
      return take < ready.length || (take === ready.length && timeIsOpen) ? take : byDefault
    },
    fault: (offered, step) => offered.find((kind) => kind === recorded.get(step)?.fault),
  }
}

function deepStack(): string | undefined {
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = FRAMES
  const { stack } = new Error()
  Error.stackTraceLimit = stackTraceLimit
  return stack
}
