import { kioskOf, type Ordering, StepCounts, type StepPoint } from '../../world/orderings.ts'
import type { PendingStep } from '../../world/simulated/step.ts'
import type { Choice, Strategy } from '../../world/simulated/strategy.ts'

/** More holds than this, and the orderings are taken to be impossible: the step goes on. */
const HOLDS_MAX = 10_000

/** A strategy that holds steps back, and what came of it. */
export interface EnforcingStrategy extends Strategy {
  /** Orderings whose `then` had to go on without its `first`. */
  readonly missed: readonly Ordering[]
}

/**
 * Follows `inner` (the default schedule, or a random one) but holds back what orderings say has to wait, as the live
 * world's gates do: `inner` chooses among the steps that may go. Where none may, time passes. A step is held for at most
 * `withinMs` of scenario time; where that would be over before anything else can happen, it goes on at once.
 */
export function enforceOrderings(orderings: readonly Ordering[], inner: Strategy): EnforcingStrategy {
  const holds = new Holds(orderings)
  let innerJumps = inner.timeJumps
  return {
    missed: holds.missed,
    timeJumps: HOLDS_MAX + inner.timeJumps,
    choose: (choice) => {
      const { ready, timer } = choice
      const free = holds.free(choice)
      const timeIsOpen = choice.timeIsOpen && innerJumps > 0 && !holds.holds(timer, choice.nowMs)
      const wanted = free.length === 0 ? 0 : inner.choose(among(free, choice, timeIsOpen))
      const taken = free[wanted] ?? ready.length
      if (taken === ready.length && free.length > 0) innerJumps -= 1
      holds.complete(ready[taken] ?? asStep(timer))
      return taken
    },
    ...(inner.atEnd === undefined ? {} : { atEnd: (steps: number) => inner.atEnd?.(steps) }),
  }
}

/** The choice that is left when only the steps at these places may go. */
function among(places: readonly number[], choice: Choice, timeIsOpen: boolean): Choice {
  const { ready, byDefault } = choice
  return {
    ...choice,
    ready: places.length === ready.length ? ready : places.flatMap((place) => ready[place] ?? []),
    byDefault: Math.max(0, places.indexOf(byDefault)),
    timeIsOpen,
  }
}

/** A step as far as an ordering can name it; firing a timer is one too. */
type Named = Pick<PendingStep, 'name' | 'process' | 'waits'>

const asStep = (timer: Choice['timer']): Named | undefined =>
  timer === undefined ? undefined : { name: timer.words, process: timer.process }

/** The orderings that are not yet decided, and since when each has held somebody. */
class Holds {
  readonly missed: Ordering[] = []
  private readonly open: Set<Ordering>
  private readonly sinceMs = new Map<Ordering, number>()
  private readonly counts = new StepCounts()

  constructor(orderings: readonly Ordering[]) {
    this.open = new Set(orderings)
  }

  /** Places in `ready` of the steps that may go; none where time passes instead. */
  free(choice: Choice): number[] {
    for (;;) {
      const places = choice.ready.flatMap((step, place) => (this.isHeld(step, choice.nowMs) ? [] : [place]))
      if (places.length > 0 || choice.ready.length === 0) return places
      const soonest = this.soonest(choice)
      const { timer, timeIsOpen } = choice
      if (soonest === undefined || (timer !== undefined && timeIsOpen && timer.atMs <= soonest.untilMs)) return places
      this.giveUp(soonest.ordering)
    }
  }

  holds(timer: Choice['timer'], nowMs: number): boolean {
    const step = asStep(timer)
    return step !== undefined && this.isHeld(step, nowMs)
  }

  /** What only begins to wait for a lock has not completed, and will be chosen again. */
  complete(step: Named | undefined): void {
    if (step === undefined || step.waits?.() === true) return
    for (const ordering of this.open) {
      if (this.isAt(ordering.first, step)) this.open.delete(ordering)
      // A timer cannot be held for ever: once nothing else can happen it fires.
      else if (this.isAt(ordering.then, step)) this.giveUp(ordering)
    }
    this.counts.add(step.name, kioskOf(step.process.application))
  }

  private isAt(point: StepPoint, { name, process }: Named): boolean {
    if (name !== point.step) return false
    const kiosk = kioskOf(process.application)
    return kiosk === point.kiosk && this.counts.next(name, kiosk) === (point.nth ?? 1)
  }

  private isHeld(step: Named, nowMs: number): boolean {
    let held = false
    for (const ordering of this.open) {
      if (!this.isAt(ordering.then, step)) continue
      const sinceMs = this.sinceMs.get(ordering) ?? nowMs
      this.sinceMs.set(ordering, sinceMs)
      if (nowMs - sinceMs >= ordering.withinMs) this.giveUp(ordering)
      else held = true
    }
    return held
  }

  /** Of the orderings that hold a ready step, the one that will be given up first. */
  private soonest({ ready, nowMs }: Choice): { readonly ordering: Ordering; readonly untilMs: number } | undefined {
    return [...this.open]
      .filter((ordering) => ready.some((step) => this.isAt(ordering.then, step)))
      .map((ordering) => ({ ordering, untilMs: (this.sinceMs.get(ordering) ?? nowMs) + ordering.withinMs }))
      .sort((a, b) => a.untilMs - b.untilMs)[0]
  }

  private giveUp(ordering: Ordering): void {
    this.open.delete(ordering)
    this.missed.push(ordering)
  }
}
