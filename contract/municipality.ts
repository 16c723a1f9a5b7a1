import Type, { type Static } from 'typebox'
import { CertificateType } from './issuance.ts'
import { IsoDate } from './resident.ts'

/** A time of day, `HH:MM`; 24:00 is the end of a day. */
const TimeOfDay = Type.String({ pattern: '^(([01]\\d|2[0-3]):[0-5]\\d|24:00)$' })
/** A day and a time of it, `YYYY-MM-DDTHH:MM`, in Japan. */
const LocalTime = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T([01]\\d|2[0-3]):[0-5]\\d$' })

/** When a type is issued, within the service's own hours; from `opens` to before `closes`. */
export const IssuingHours = Type.Object({ opens: TimeOfDay, closes: TimeOfDay, weekdaysOnly: Type.Optional(Type.Boolean()) })
export type IssuingHours = Static<typeof IssuingHours>

/** A municipality as paper and kiosk know it. Fees and hours are parameters of ours (`docs/parameters.md`). */
export const Municipality = Type.Object({
  /** Key in requests, e.g. `munakata`. */
  code: Type.String({ pattern: '^[a-z][a-z0-9-]*$' }),
  /** As printed, e.g. `宗像市`. */
  name: Type.String(),
  prefecture: Type.String(),
  /** The mayor's name as printed under the certifying sentence; invented. */
  mayor: Type.String(),
  /** Types offered from kiosks, each with its fee in yen a copy; a type without a fee is not offered. */
  feesYen: Type.Partial(Type.Record(CertificateType, Type.Integer({ minimum: 0 }))),
  /** Types that are issued in narrower hours than the service's. */
  hours: Type.Optional(Type.Partial(Type.Record(CertificateType, IssuingHours))),
  /** Days on which nothing of this municipality is issued. */
  closedDays: Type.Optional(Type.Array(IsoDate)),
  /** Announced maintenance, each from a time to before another. */
  maintenance: Type.Optional(Type.Array(Type.Object({ from: LocalTime, to: LocalTime }))),
  /** Younger people cannot apply at a kiosk; 15 if absent, as in many places (`domain.md`, section 2). */
  minimumAge: Type.Optional(Type.Integer({ minimum: 0, maximum: 120 })),
})
export type Municipality = Static<typeof Municipality>
