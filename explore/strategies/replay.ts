import type { Deviation, Strategy } from '../../world/simulated/strategy.ts'

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

/** Follows the default schedule but for the deviations given, each of which has to name the step it took then. */
export function replayStrategy(deviations: readonly Deviation[]): Strategy {
  const bySteps = new Map(deviations.map((deviation) => [deviation.step, deviation]))
  return {
    timeJumps: deviations.length,
    choose: ({ step, ready, timer, byDefault }) => {
      const deviation = bySteps.get(step)
      if (deviation === undefined) return byDefault
      const taken = ready[deviation.take]
      const name = taken === undefined ? timer?.words : taken.name
      const process = taken === undefined ? timer?.process.name : taken.process.name
      if (name !== deviation.name || process !== deviation.process) {
        throw new DivergedError(step, `${deviation.process}: ${deviation.name}`, `${process ?? 'nobody'}: ${name ?? 'nothing'}`)
      }
      return deviation.take
    },
  }
}
