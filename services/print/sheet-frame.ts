import type { Sheet } from '../../contract/index.ts'

/** What stands on every sheet of a form. */
export type SheetFrame = Pick<Sheet, 'municipality' | 'mayor'>

/** What is stamped on every sheet of one issue of it. */
export type SheetStamp = Pick<Sheet, 'certifiedOn' | 'issueNumber' | 'provenance'>

/** A sheet before that. */
export type Unstamped<S> = S extends unknown ? Omit<S, keyof SheetStamp> : never
