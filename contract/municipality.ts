import Type, { type Static } from 'typebox'
import { CertificateType } from './issuance.ts'

/** A municipality as paper and kiosk know it. Fees and hours are parameters of ours (`docs/parameters.md`). */
export const Municipality = Type.Object({
  /** Key in requests, e.g. `munakata`. */
  code: Type.String({ pattern: '^[a-z][a-z-]*$' }),
  /** As printed, e.g. `宗像市`. */
  name: Type.String(),
  prefecture: Type.String(),
  /** The mayor's name as printed under the certifying sentence; invented. */
  mayor: Type.String(),
  /** Types offered from kiosks, each with its fee in yen a copy; a type without a fee is not offered. */
  feesYen: Type.Partial(Type.Record(CertificateType, Type.Integer({ minimum: 0 }))),
})
export type Municipality = Static<typeof Municipality>
