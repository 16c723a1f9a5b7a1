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
 * no kiosk is named, for no application: a link run's, an operation's at the counter.
 */
export interface StepPoint {
  readonly kiosk?: string | undefined
  readonly step: string
}

/** The kiosk whose application it is. Application ids are made by the ids port: `application-shop-1-7`. */
export const kioskOf = (application: string | undefined): string | undefined =>
  application === undefined ? undefined : /^application-(.+)-[^-]+$/.exec(application)?.[1]
