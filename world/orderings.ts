/**
 * Orderings between named steps: how few things have to happen in which order for an incident to happen. Both worlds can
 * enforce them: the simulated one by its schedule, the live one by holding a step and releasing it.
 */
export interface Ordering {
  readonly first: StepPoint
  /** May not begin before `first` has completed. */
  readonly then: StepPoint
  /** The longest hold, in scenario milliseconds; after it `then` goes on and the ordering counts as missed. */
  readonly withinMs: number
}

/**
 * A step by its name (`world/step-names.ts`); the first of its kind that is made for an application of this kiosk, or, where
 * no kiosk is named, for no application: a link run's, an operation's at the counter. Or the second, or the third.
 */
export interface StepPoint {
  readonly kiosk?: string | undefined
  readonly step: string
  /** The how many-th of its kind; left out, the first. */
  readonly nth?: number | undefined
}

/** Counts steps of a kind, so that the how many-th a step is can be said. */
export class StepCounts {
  private readonly counts = new Map<string, number>()

  /** Which the next of its kind will be. */
  next(step: string, kiosk: string | undefined): number {
    return (this.counts.get(kindOf(step, kiosk)) ?? 0) + 1
  }

  /** Counts one; gives which it was. */
  add(step: string, kiosk: string | undefined): number {
    const nth = this.next(step, kiosk)
    this.counts.set(kindOf(step, kiosk), nth)
    return nth
  }
}

/** What steps are counted by. */
export const kindOf = (step: string, kiosk: string | undefined): string => `${kiosk ?? ''}\n${step}`

/** The kiosk whose application it is. Application ids are made by the ids port: `application-shop-1-7`. */
export const kioskOf = (application: string | undefined): string | undefined =>
  application === undefined ? undefined : /^application-(.+)-[^-]+$/.exec(application)?.[1]
