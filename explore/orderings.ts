import { kioskOf, type Ordering, StepCounts, type StepPoint } from '../world/orderings.ts'
import { conflict } from '../world/simulated/conflict.ts'
import type { StepRecord } from '../world/simulated/step.ts'
import { type Completing, COMPLETIONS, Completions } from './completions.ts'
import { fewest } from './fewer.ts'
import type { Failure } from './minimise.ts'
import { guidedStrategy } from './strategies/guided.ts'

/** The longest an ordering holds a step, in scenario time. */
const WITHIN_MS = 180_000

/** What was found of the orderings of a failure. */
export interface Orderings {
  /**
   * As few as suffice: with any one left out, some completion goes well. None where the failure needs none, or where none
   * were found that suffice.
   */
  readonly orderings: readonly Ordering[]
  /** Of {@link COMPLETIONS} random completions that obey them, so many failed in the same way: all, where they suffice. */
  readonly failed: number
  /** Which completions these were. */
  readonly completing: Completing
}

/** The least that is asked. */
const LEAST: Completing = { withLatency: false, obeying: false }

/** What is asked of orderings, most first. */
const ASKED: readonly Completing[] = [{ withLatency: true, obeying: true }, { withLatency: true, obeying: false }, LEAST]

/**
 * The orderings between named steps that suffice for a failure: whatever else happens in whatever order, and however long each
 * call takes, the same person is wronged in the same way. They are what the live world can be made to enforce. Where a failure
 * rests on instants, so that no orderings suffice with latency, those are given that suffice if calls take no time.
 */
export async function sufficientOrderings(failure: Failure): Promise<Orderings> {
  const steps: StepRecord[] = []
  await failure.arena.run(guidedStrategy(failure.turns), { onStep: (step) => void steps.push(step) })
  const all = candidates(steps)
  for (const completing of ASKED) {
    const orderings = await fewestOf(new Completions(failure, completing), all)
    if (orderings !== undefined) return { orderings, failed: COMPLETIONS, completing }
  }
  return { orderings: [], failed: await new Completions(failure, LEAST).failed([]), completing: LEAST }
}

/** As few of the candidates as suffice; undefined where not even all of them do. */
async function fewestOf(completions: Completions, all: readonly Ordering[]): Promise<readonly Ordering[] | undefined> {
  const enough = (orderings: readonly Ordering[]): Promise<boolean> => completions.allFail(orderings)
  for (const few of fewAtOnce(all)) if (await enough(few)) return few
  if (!(await enough(all))) return undefined
  for await (const two of promisingPairs(completions, all)) if (await enough(two)) return two
  const { items } = await fewest<Ordering, true>({ items: all, result: true }, async (orderings) => ((await enough(orderings)) ? { items: orderings, result: true } : undefined))
  return items
}

/**
 * What is tried first: none; each ordering alone; each with another count, since where time jumped a run of the link is the
 * second that would otherwise be the first.
 */
function* fewAtOnce(all: readonly Ordering[]): Iterable<readonly Ordering[]> {
  yield []
  for (const one of all) yield [one]
  for (const one of all) for (const other of withOtherCounts(one)) yield [other]
}

/** An ordering is promising by how many of a few completions fail under it alone; so many are paired with every other. */
const TASTED = 4
const PROMISING = 12

async function* promisingPairs(completions: Completions, all: readonly Ordering[]): AsyncIterable<readonly Ordering[]> {
  const tasted: { readonly one: Ordering; readonly failed: number }[] = []
  for (const one of all) tasted.push({ one, failed: await completions.failed([one], TASTED) })
  const best = tasted.sort((a, b) => b.failed - a.failed).slice(0, PROMISING)
  for (const { one } of best) for (const other of all) if (other !== one) yield [one, other]
}

function withOtherCounts({ first, then, withinMs }: Ordering): Ordering[] {
  return nearCounts(first).flatMap((one) => nearCounts(then).map((other) => ({ first: one, then: other, withinMs })))
}

/** A step of a link or a counter with the counts around it; one for an application is what it is. */
function nearCounts(point: StepPoint): readonly StepPoint[] {
  if (point.kiosk !== undefined) return [point]
  const { step, nth = 1 } = point
  return [nth - 1, nth, nth + 1, nth + 2].filter((count) => count >= 1).map((count) => (count === 1 ? { step } : { step, nth: count }))
}

/** Neighbouring steps of two tasks whose order can matter, where both can be named. */
function candidates(steps: readonly StepRecord[]): Ordering[] {
  const counts = new StepCounts()
  const points = steps.map((step): StepPoint | undefined => pointOf(step, counts))
  const orderings: Ordering[] = []
  for (const [at, then] of points.entries()) {
    const first = then === undefined ? undefined : lastBefore(steps, points, at)
    if (first !== undefined && then !== undefined) orderings.push({ first, then, withinMs: WITHIN_MS })
  }
  return orderings
}

/** The last step of another task before this one whose order to it can matter. */
function lastBefore(steps: readonly StepRecord[], points: readonly (StepPoint | undefined)[], at: number): StepPoint | undefined {
  const step = steps[at]
  if (step === undefined) return undefined
  for (let before = at - 1; before >= 0; before -= 1) {
    const other = steps[before]
    if (other === undefined || other.process === step.process || points[before] === undefined) continue
    if (conflict(step, other)) return points[before]
  }
  return undefined
}

/** Whose steps are known by their application, and by nothing else. */
const BY_APPLICATION = ['kiosk: ', 'script: ', 'centre: ']

/**
 * A timer is no step that could be held, what a kiosk does by itself has no application to be known by, and what only began to wait
 * for a lock has not been made.
 */
function pointOf({ name, application, timer, waited }: StepRecord, counts: StepCounts): StepPoint | undefined {
  if (waited) return undefined
  const kiosk = kioskOf(application)
  const nth = counts.add(name, kiosk)
  if (timer || (kiosk === undefined && BY_APPLICATION.some((words) => name.startsWith(words)))) return undefined
  return { ...(kiosk === undefined ? {} : { kiosk }), step: name, ...(nth === 1 ? {} : { nth }) }
}
