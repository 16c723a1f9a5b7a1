import type { ResidenceRecordSheet, Resident, Wish } from '../../../contract/index.ts'
import type { Unstamped } from '../sheet-frame.ts'

/**
 * One copy of a residence record, laid out. What differs from one issue of it to the next (number, date, provenance) is stamped on when
 * it is printed.
 */
export type Form = readonly Unstamped<ResidenceRecordSheet>[]

/** What a form was asked for. */
export interface FormOrder {
  /** The applicant's key in the register. */
  readonly resident: string
  readonly wish: Wish
  /** Everybody of whom the form says something, as the replica has them now. */
  readonly people: readonly Resident[]
}

/** The forms of residence records: laid out when they are asked for, or kept from the last time. Variants differ in what they keep. */
export interface Forms {
  /** @param nowMs scenario time */
  formOf(order: FormOrder, nowMs: number, layOut: () => Form): Form
}

export interface FormsSettings {
  /** How long a form is kept, in scenario milliseconds. */
  readonly keptMs: number
}

export type FormsFactory = (settings: FormsSettings) => Forms

/** What of a wish makes one form another; copies are made of it. */
export const wishKey = ({ type, scope, show }: Wish): string => JSON.stringify([type, scope, Object.entries(show).sort()])
