import type { FaultKind } from '../../world/simulated/faults.ts'
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

/** What was chosen at one step of a run, and the fault that happened there. */
export interface Taken {
  readonly take: number
  readonly fault?: FaultKind | undefined
}

/** Chooses at each step as was chosen in a run before, and holds what it passes over: the same run, with other deviations. */
export function followStrategy(taken: readonly Taken[]): Strategy {
  let now: Taken | undefined
  return {
    timeJumps: taken.length,
    holds: true,
    choose: ({ step, byDefault }) => {
      now = taken[step]
      return now?.take ?? byDefault
    },
    fault: () => now?.fault,
  }
}

/**
 * Follows the default schedule but for the deviations given, each of which has to name the step it took then, and the fault
 * that happened there if one did.
 * @param holds whether the strategy that recorded them holds what it passes over
 * @throws DivergedError (from the strategy, so that it fails the run) at the first deviation that cannot be followed
 */
export function replayStrategy(deviations: readonly Deviation[], holds = false): Strategy {
  const left = [...deviations].sort((a, b) => a.step - b.step)
  let now: Deviation | undefined
  const passedBy = (step: number, got: string): void => {
    const next = left[0]
    if (next !== undefined && next.step < step) throw new DivergedError(next.step, nameOf(next.process, next.name), got)
  }
  return {
    timeJumps: deviations.length,
    holds,
    choose: (choice) => {
      passedBy(choice.step, 'no choice at all')
      now = left[0]?.step === choice.step ? left.shift() : undefined
      if (now === undefined) return choice.byDefault
      const got = named(choice, now.take)
      const expected = nameOf(now.process, now.name)
      if (got !== expected) throw new DivergedError(choice.step, expected, got)
      return now.take
    },
    fault: (offered, step) => faultOf(now, offered, step),
    atEnd: (steps) => {
      passedBy(Infinity, `the end after ${String(steps)} steps`)
    },
  }
}

function faultOf(now: Deviation | undefined, offered: readonly FaultKind[], step: number): FaultKind | undefined {
  if (now?.fault === undefined || offered.includes(now.fault)) return now?.fault
  throw new DivergedError(step, `the fault ${now.fault} at ${nameOf(now.process, now.name)}`, 'a step at which it cannot happen')
}

function named({ ready, timer }: Choice, take: number): string {
  const step = ready[take]
  if (step !== undefined) return nameOf(step.process.name, step.name)
  return take === ready.length && timer !== undefined ? nameOf(timer.process.name, timer.words) : 'nothing'
}

const nameOf = (process: string, name: string): string => `${process}: ${name}`
