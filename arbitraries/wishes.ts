import fc from 'fast-check'
import { COPIES_MAX, type Wish } from '../contract/index.ts'

const shown: fc.Arbitrary<Wish['show']> = fc.record({
  relation: fc.boolean(),
  domicile: fc.boolean(),
  individualNumber: fc.boolean(),
  recordCode: fc.boolean(),
  foreignItems: fc.boolean(),
})

/** What people choose on the panel: either type, for themselves or the whole household. @param copiesMax 10 by default */
export const wishes = (copiesMax: number = COPIES_MAX): fc.Arbitrary<Wish> =>
  fc.record({
    type: fc.constantFrom('residence-record' as const, 'seal-certificate' as const),
    household: fc.boolean(),
    show: shown,
    copies: fc.integer({ min: 1, max: copiesMax }),
  }).map(({ type, household, show, copies }) => ({
    type,
    scope: type === 'residence-record' && household ? 'household' : 'applicant',
    show,
    copies,
  }))
