import Type, { type Static } from 'typebox'

/**
 * How many people come to the kiosks of Japan, when, and for what: the shape of `seeds/arrivals.json`. Every figure says
 * where it is from; what nobody published is `ours` (`docs/parameters.md`).
 */
const strict = { additionalProperties: false } as const
/** Where a figure is from. */
export const Source = Type.Object({ kind: Type.Enum(['published', 'derived', 'ours']), says: Type.String({ minLength: 1 }) }, strict)
const Weight = Type.Number({ minimum: 0 })
const Share = Type.Number({ minimum: 0, maximum: 1 })
const TimeOfDay = Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d$' })

/** What people ask for. */
export const Mix = Type.Object({
  /** Seal certificates among all that is asked for. */
  sealShare: Share,
  /** Among residence records, how often somebody asks for the whole household rather than for himself or herself. */
  householdShare: Share,
  /** Weights of 1, 2, 3, ... copies. */
  copies: Type.Array(Weight, { minItems: 1, maxItems: 10 }),
})
export type Mix = Static<typeof Mix>

export const ArrivalProfile = Type.Object(
  {
    /** Certificates of a year in all of Japan. */
    year: Type.Object({ certificates: Type.Integer({ minimum: 1 }), daysOpen: Type.Integer({ minimum: 1 }), source: Source }, strict),
    /** What load is held against: papers of another person in 2023, among so many. */
    wrongOf2023: Type.Object({ papers: Type.Integer({ minimum: 0 }), among: Type.Integer({ minimum: 1 }), source: Source }, strict),
    /** By municipality; one that is not here has no natural rate. */
    certificatesPerDay: Type.Record(Type.String(), Type.Object({ perDay: Type.Number({ exclusiveMinimum: 0 }), source: Source }, strict)),
    /** A weight for each hour of the clock from `from` on; what lies before `opens` or after `closes` does not count. */
    hours: Type.Object(
      { opens: TimeOfDay, closes: TimeOfDay, from: Type.Integer({ minimum: 0, maximum: 23 }), weights: Type.Array(Weight, { minItems: 1, maxItems: 24 }), source: Source },
      strict,
    ),
    /** Sunday to Saturday. */
    weekdays: Type.Object({ weights: Type.Array(Weight, { minItems: 7, maxItems: 7 }), source: Source }, strict),
    mix: Type.Object({ ...Mix.properties, source: Source }, strict),
  },
  strict,
)
export type ArrivalProfile = Static<typeof ArrivalProfile>
