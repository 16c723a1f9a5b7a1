import type { Ordering, StepPoint } from '../world/orderings.ts'
import type { StepRecord } from '../world/simulated/step.ts'
import type { Choice, Deviation, Strategy } from '../world/simulated/strategy.ts'
import { TorichigaeError } from '../contract/index.ts'
import type { Catalogue } from '../scenario/catalogue.ts'
import type { NamedBuild } from '../scenario/named-build.ts'
import { VERSION } from '../scenario/version.ts'
import { Arena, type Attempt, type Found } from './arena.ts'
import type { Completing } from './completions.ts'
import { byOrderings, minimise } from './minimise.ts'
import { sufficientOrderings } from './orderings.ts'
import { replayStrategy } from './strategies/replay.ts'
import { beginningOf, type TokenContents, writeToken } from './token.ts'

/** A deviation, and who would have come next and had to wait for it. */
export interface ToldDeviation extends Deviation {
  readonly atMs: number
  readonly insteadOf?: { readonly process: string; readonly name: string }
}

/** A failure as small as it could be made, with all that a reader and a token need. */
export interface Minimal {
  readonly arena: Arena
  readonly attempt: Attempt
  readonly found: Found
  readonly deviations: readonly ToldDeviation[]
  readonly orderings: readonly Ordering[]
  /** Random completions that obey the orderings and failed alike, of {@link COMPLETIONS}. */
  readonly completionsFailed: number
  /** Which completions these were. */
  readonly completing: Completing
  readonly token: string
}

/** Makes a failure small, finds the orderings that suffice for it, and writes its token. @param strategy of the failing run, made anew */
export async function minimalOf(arena: Arena, strategy: Strategy, found: Found): Promise<Minimal> {
  const smaller = await minimise(arena, strategy, found)
  const { orderings, failed, completing } = await sufficientOrderings(smaller)
  const small = await byOrderings(smaller, orderings)
  const told = await tell(small.arena, small.attempt.deviations)
  const { scenario, named, seed } = small.arena
  const token = writeToken({
    tool: VERSION,
    build: named.name,
    seed,
    scenario,
    deviations: [...small.attempt.deviations],
    orderings: orderings.map(({ first, then, withinMs }) => ({ first: plain(first), then: plain(then), withinMs })),
    broken: [...small.found.broken],
    beginning: beginningOf(told.steps),
  })
  return { arena: small.arena, attempt: small.attempt, found: small.found, deviations: told.deviations, orderings, completionsFailed: failed, completing, token }
}

/** A point as a file holds it. */
const plain = ({ kiosk, step, nth }: StepPoint): TokenContents['orderings'][number]['first'] => ({
  ...(kiosk === undefined ? {} : { kiosk }),
  step,
  ...(nth === undefined ? {} : { nth }),
})

/**
 * What a token says happened, happening again.
 * @param named the token's own build, or another to see what it does there
 * @throws TorichigaeError DIVERGED where it does not go as the token says
 */
export async function replayed(contents: TokenContents, named: NamedBuild, catalogue: Catalogue): Promise<Told> {
  const arena = Arena.make(contents.scenario, named, contents.seed, catalogue)
  const told = await tell(arena, contents.deviations)
  const { end, judgement } = told.attempt
  if (end.end === 'failed') throw new TorichigaeError('DIVERGED', end.error instanceof Error ? end.error.message : String(end.error), { cause: end.error })
  if (named.name !== contents.build) return told
  if (beginningOf(told.steps) !== contents.beginning) throw new TorichigaeError('DIVERGED', `its first steps are others than version ${contents.tool} made`)
  const held = contents.broken.filter((broken) => !judgement.violations.some(({ invariant }) => invariant === broken))
  if (held.length > 0) throw new TorichigaeError('DIVERGED', `it broke ${held.join(', ')} in version ${contents.tool}, and does not here`)
  return told
}

/** A run, its steps, and its deviations told. */
export interface Told {
  readonly attempt: Attempt
  readonly steps: readonly StepRecord[]
  readonly deviations: readonly ToldDeviation[]
}

/** Replays deviations and watches whom each of them keeps waiting. */
async function tell(arena: Arena, deviations: readonly Deviation[]): Promise<Told> {
  const steps: StepRecord[] = []
  const waiting = new Map<number, ToldDeviation['insteadOf']>()
  const strategy = watched(replayStrategy(deviations, true), ({ step, ready, byDefault }) => {
    const passedOver = ready[byDefault]
    if (passedOver !== undefined) waiting.set(step, { process: passedOver.process.name, name: passedOver.name })
  })
  const attempt = await arena.run(strategy, { onStep: (step) => void steps.push(step) })
  const told = attempt.deviations.map((deviation): ToldDeviation => {
    const insteadOf = waiting.get(deviation.step)
    return { ...deviation, atMs: steps[deviation.step]?.atMs ?? 0, ...(insteadOf === undefined ? {} : { insteadOf }) }
  })
  return { attempt, steps, deviations: told }
}

/** A strategy, and somebody who is told of each choice that is not the default. */
function watched(strategy: Strategy, onDeviation: (choice: Choice) => void): Strategy {
  return {
    ...strategy,
    choose: (choice) => {
      const taken = strategy.choose(choice)
      if (taken !== choice.byDefault) onDeviation(choice)
      return taken
    },
  }
}
