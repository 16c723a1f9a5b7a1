import type { SimulatedStage } from '../../world/simulated/stage.ts'
import type { Choice, Strategy } from '../../world/simulated/strategy.ts'

const CRASH = 'test: the node crashes'

/** A crash of `node` between two steps of a run: once so many steps were made, whatever goes on then. */
export interface CrashAt {
  readonly strategy: Strategy
  /** Has to be called at the beginning of the drive. */
  arm(stage: SimulatedStage): void
}

/**
 * @param afterSteps once so many steps were made in all; several numbers for as many crashes, in order
 * @param inner what is followed otherwise; made anew for each run
 */
export function crashAt(node: string, afterSteps: number | readonly number[], inner: Strategy): CrashAt {
  const due = typeof afterSteps === 'number' ? [afterSteps] : [...afterSteps]
  return {
    strategy: {
      // The crash stands ready all the time, so that letting time pass costs a jump whenever nothing else is ready.
      timeJumps: 1_000_000,
      choose: (choice) => {
        const at = choice.ready.findIndex(({ name }) => name === CRASH)
        if (at < 0) return inner.choose(choice)
        const [next] = due
        if (next !== undefined && choice.step >= next) {
          due.shift()
          return at
        }
        return withoutCrash(choice, at, inner)
      },
    },
    arm: (stage) => {
      const process = { name: 'test', node: { name: 'test' }, application: undefined, alive: true }
      const stand = (): void => {
        stage.scheduler.submit({
          process,
          name: CRASH,
          touch: {},
          perform: () => {
            stage.crash(node)
            if (due.length > 0) stand()
          },
        })
      }
      stand()
    },
  }
}

function withoutCrash(choice: Choice, at: number, inner: Strategy): number {
  const ready = choice.ready.filter((_, index) => index !== at)
  if (ready.length === 0) return choice.ready.length
  const byDefault = choice.byDefault > at ? choice.byDefault - 1 : choice.byDefault === at ? 0 : choice.byDefault
  const taken = inner.choose({ ...choice, ready, byDefault, timeIsOpen: false })
  return taken < at ? taken : taken + 1
}
