import type { Sheet } from '../../contract/index.ts'

/** What stands on every sheet of one certificate. */
export type SheetFrame = Pick<Sheet, 'municipality' | 'mayor' | 'address' | 'certifiedOn' | 'issueNumber' | 'provenance'>
