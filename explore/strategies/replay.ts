import type { Choice, Deviation, Strategy } from '../../world/simulated/strategy.ts'

/** Thrown where a recorded schedule does not fit the run: another build, other inputs, or a step that is not reached. */
export class DivergedError extends Error {
  override readonly name = 'DivergedError'
  constructor(
    readonly step: number,
    readonly expected: string,
    readonly got: string,
  ) {
    super(`diverged at step ${String(step)}, expected ${expected}, got ${got}`)
  }
}

/**
 * Follows the default schedule but for the deviations given, each of which has to name the step it took then.
 * @throws DivergedError (from the strategy, so that it fails the run) at the first deviation that cannot be followed
 */
export function replayStrategy(deviations: readonly Deviation[]): Strategy {
  const left = [...deviations].sort((a, b) => a.step - b.step)
  const passedBy = (step: number, got: string): void => {
    const next = left[0]
    if (next !== undefined && next.step < step) throw new DivergedError(next.step, nameOf(next.process, next.name), got)
  }
  return {
    timeJumps: deviations.length,
    choose: (choice) => {
      passedBy(choice.step, 'no choice at all')
      const next = left[0]
      if (next?.step !== choice.step) return choice.byDefault
      left.shift()
      const got = named(choice, next.take)
      const expected = nameOf(next.process, next.name)
      if (got !== expected) throw new DivergedError(choice.step, expected, got)
      return next.take
    },
    atEnd: (steps) => {
      passedBy(Infinity, `the end after ${String(steps)} steps`)
    },
  }
}

function named({ ready, timer }: Choice, take: number): string {
  const step = ready[take]
  if (step !== undefined) return nameOf(step.process.name, step.name)
  return take === ready.length && timer !== undefined ? nameOf(timer.process.name, timer.words) : 'nothing'
}

const nameOf = (process: string, name: string): string => `${process}: ${name}`
