import type { Scenario } from '../scenario/scenario-file.ts'
import type { ScriptEntry } from '../scenario/script.ts'
import type { Ordering } from '../world/orderings.ts'
import type { StepRecord } from '../world/simulated/step.ts'
import type { Strategy } from '../world/simulated/strategy.ts'
import { type Arena, type Attempt, type Found, isSame } from './arena.ts'
import { type Fewer, fewest } from './fewer.ts'
import { defaultStrategy } from './strategies/default.ts'
import { enforceOrderings } from './strategies/enforce.ts'
import { delayStrategy } from './strategies/delays.ts'
import { guidedStrategy, type Turn, turnsOf } from './strategies/guided.ts'
import { followStrategy } from './strategies/replay.ts'

/** A failing run: where, what it broke, and its schedule as deviations that each keep somebody waiting. */
export interface Failure {
  readonly arena: Arena
  readonly attempt: Attempt
  readonly found: Found
  readonly turns: readonly Turn[]
}

/** How many schedules are tried, with how many delays each. */
interface Ladder {
  readonly tries: number
  readonly delays: readonly number[]
}
/** For a first schedule that is simpler than a random one. */
const ROUGH: Ladder = { tries: 200, delays: [4, 16, 32] }
/** On a script with less in it, before that is taken to be too little. */
const ON_LESS: Ladder = { tries: 60, delays: [2, 8] }
/** For the simplest schedule there is. */
const FINE: Ladder = { tries: 200, delays: [1, 2, 3] }

/**
 * Makes a failure small: less in the script and fewer kiosks, then fewer faults and deviations, down to a schedule of which no
 * single deviation can be left out. What is broken, and whom it wrongs, stays the same throughout. A long schedule can be
 * minimal in that sense and still far from the simplest, so that simple ones are also looked for from the beginning.
 * @param strategy one that chooses as the failing run did, made anew
 */
export async function minimise(arena: Arena, strategy: Strategy, found: Found): Promise<Failure> {
  const begin = await failing(arena, strategy, found)
  if (begin === undefined) throw new RangeError('the schedule does not fail when it is run again')
  const simple = (await simpler(begin, ROUGH)) ?? (await fewerDeviations(begin))
  const small = await lessHappening(simple)
  const fine = small.turns.length > 1 ? await simpler(small, FINE) : undefined
  return fine !== undefined && fine.turns.length < small.turns.length ? fine : small
}

/**
 * The failure under the default schedule but for the orderings that suffice for it, where that takes fewer deviations: what the
 * deviations had in common is then told once.
 */
export async function byOrderings(failure: Failure, orderings: readonly Ordering[]): Promise<Failure> {
  if (orderings.length === 0) return failure
  const enforced = await failing(failure.arena, enforceOrderings(orderings, defaultStrategy()), failure.found)
  const fewer = enforced === undefined ? failure : await fewerDeviations(enforced)
  return fewer.turns.length < failure.turns.length ? fewer : failure
}

/**
 * Runs a schedule and gives the failure if it is the same, its schedule told as one that holds what it passes over: a run under
 * a strategy that does not is made once more for that.
 */
async function failing(arena: Arena, strategy: Strategy, found: Found): Promise<Failure | undefined> {
  const steps: StepRecord[] = []
  const attempt = await arena.run(strategy, { onStep: (step) => void steps.push(step) })
  const again = arena.found(attempt)
  if (again === undefined || !isSame(found, again)) return undefined
  if (strategy.holds !== true) return failing(arena, followStrategy(steps), found)
  return { arena, attempt, found: again, turns: turnsOf(attempt.deviations, steps.map(({ process }) => process)) }
}

/** The same failure under a schedule with few delays, looked for from none upwards; undefined where none was met. */
async function simpler({ arena, found, attempt }: Failure, { tries, delays: ladder }: Ladder): Promise<Failure | undefined> {
  const byDefault = await failing(arena, guidedStrategy([]), found)
  if (byDefault !== undefined) return byDefault
  for (const delays of ladder) {
    for (let seed = 0; seed < tries; seed += 1) {
      const other = await failing(arena, delayStrategy({ seed, delays, steps: attempt.steps }), found)
      if (other !== undefined) return fewerDeviations(other)
    }
  }
  return undefined
}

async function fewerDeviations(failure: Failure): Promise<Failure> {
  const { arena, found } = failure
  const { result } = await fewest<Turn, Failure>({ items: failure.turns, result: failure }, async (turns) => asFewer(await failing(arena, guidedStrategy(turns), found)))
  return result
}

const asFewer = (failure: Failure | undefined): Fewer<Turn, Failure> | undefined =>
  failure === undefined ? undefined : { items: failure.turns, result: failure }

/** Entries left out of the script one after another, then kiosks. */
async function lessHappening(failure: Failure): Promise<Failure> {
  const { result } = await fewest<ScriptEntry, Failure>({ items: failure.arena.scenario.script, result: failure }, async (script) => {
    const less = script.length === 0 ? undefined : await onScript(failure, script)
    return less === undefined ? undefined : { items: script, result: less }
  })
  return fewerKiosks(result)
}

async function fewerKiosks(failure: Failure): Promise<Failure> {
  for (const script of kiosksMerged(failure.arena.scenario)) {
    const less = await onScript(failure, script)
    if (less !== undefined) return fewerKiosks(less)
  }
  return failure
}

/** The script with all of one kiosk at another, for each pair. */
function kiosksMerged({ script }: Scenario): ScriptEntry[][] {
  const kiosks = [...new Set(script.flatMap((entry) => ('kiosk' in entry ? [entry.kiosk] : [])))]
  return kiosks.flatMap((from) =>
    kiosks.filter((to) => to < from).map((to) => script.map((entry) => ('kiosk' in entry && entry.kiosk === from ? { ...entry, kiosk: to } : entry))),
  )
}

/** The same failure on a smaller script: under the schedule it had, or another that is soon found. */
async function onScript(failure: Failure, script: readonly ScriptEntry[]): Promise<Failure | undefined> {
  const arena = failure.arena.with({ ...failure.arena.scenario, script: [...script] })
  const same = await failing(arena, guidedStrategy(failure.turns), failure.found)
  return same === undefined ? simpler({ ...failure, arena }, ON_LESS) : fewerDeviations(same)
}
