import Type, { type Static } from 'typebox'
import { CertificateType, IsoDate, Wish } from '../contract/index.ts'
import { INVARIANTS } from '../oracle/index.ts'

/** An incident is data: this is the shape of a file in `seeds/incidents/`. `docs/incident-files.md` explains it. */
const TimeOfDay = Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d$' })
/** The first day of the scenario is 1; left out, it is that. */
const Day = Type.Optional(Type.Integer({ minimum: 1, maximum: 31 }))
const Duration = Type.Integer({ minimum: 1 })
const Role = Type.String({ pattern: '^[a-z][a-z-]*$' })
const Kiosk = Type.String({ pattern: '^[a-z][a-z0-9-]*$', maxLength: 30 })
/** What a run is expected to break: a misspelt one would be expected in vain. */
const Expected = Type.Enum([...INVARIANTS])
const strict = { additionalProperties: false } as const

export const Fact = Type.Object(
  {
    row: Type.String(),
    at: Type.String(),
    says: Type.String({ minLength: 1 }),
    publisher: Type.String({ minLength: 1 }),
    published: Type.String(),
    where: Type.String({ minLength: 1 }),
    kind: Type.Enum(['published', 'derived', 'ours']),
  },
  strict,
)
export type Fact = Static<typeof Fact>

/** What happens at the counter. `moveWithin` takes the whole household to the address `to`. */
const CounterEntry = Type.Object(
  { at: TimeOfDay, day: Day, counter: Type.Enum(['moveWithin', 'moveOut']), who: Role, to: Type.Optional(Type.String({ pattern: '^\\S+$' })) },
  strict,
)

/** What happens at the seal desk. A seal that is registered or changed gets another of the person's impressions. */
const SealDeskEntry = Type.Object(
  {
    at: TimeOfDay,
    day: Day,
    sealDesk: Type.Enum(['register', 'change', 'revoke']),
    who: Role,
    /** How long the clerk has the operation open, its transaction with it. */
    takesMs: Type.Optional(Duration),
  },
  strict,
)

/** A person at a kiosk. What is left out of the wish: whole household, relations shown, one copy; of a seal certificate one copy. */
const KioskEntry = Type.Object(
  {
    at: TimeOfDay,
    day: Day,
    kiosk: Kiosk,
    who: Role,
    apply: CertificateType,
    wish: Type.Optional(Type.Partial(Type.Omit(Wish, ['type']), strict)),
    /** Presses cancel when the certificate has not come after so long. */
    patienceMs: Type.Optional(Duration),
  },
  strict,
)
export const ScriptEntry = Type.Union([CounterEntry, SealDeskEntry, KioskEntry])
export type ScriptEntry = Static<typeof ScriptEntry>

/** People who come to kiosks at random, by a profile over the day. */
export const Load = Type.Object(
  {
    rate: Type.Enum(['natural', 'accelerated']),
    from: TimeOfDay,
    to: TimeOfDay,
    sessions: Type.Integer({ minimum: 1, maximum: 100_000 }),
    kiosks: Type.Integer({ minimum: 1, maximum: 1_000 }),
    /** Relative weight of equal parts of the time from `from` to `to`. */
    profile: Type.Array(Type.Number({ minimum: 0 }), { minItems: 1, maxItems: 240 }),
    /** How often somebody asks for the whole household rather than for himself or herself. */
    householdShare: Type.Number({ minimum: 0, maximum: 1 }),
    /** Weights of 1, 2, 3, ... copies. */
    copies: Type.Array(Type.Number({ minimum: 0 }), { minItems: 1, maxItems: 10 }),
  },
  strict,
)
export type Load = Static<typeof Load>

const PointSchema = Type.Object({ kiosk: Type.Optional(Kiosk), step: Type.String() }, strict)
export const OrderingSchema = Type.Object({ first: PointSchema, then: PointSchema, withinMs: Duration }, strict)

/** A script, the orderings that make it fail, and what is then found: the incident in its smallest form. */
export const Witness = Type.Object(
  {
    start: Type.Optional(TimeOfDay),
    script: Type.Array(ScriptEntry, { minItems: 1 }),
    orderings: Type.Optional(Type.Array(OrderingSchema)),
    expect: Type.Array(Expected),
  },
  strict,
)
export type Witness = Static<typeof Witness>

const PartChoiceSchema = Type.Record(Type.String(), Type.String())
const SettingsSchema = Type.Partial(
  Type.Object(
    {
      turnLimitMs: Duration,
      workerConcurrency: Type.Integer({ minimum: 1, maximum: 64 }),
      engineCapacity: Type.Integer({ minimum: 1, maximum: 64 }),
      engineBaseMs: Duration,
      enginePerSheetMs: Duration,
      sealNotices: Type.Boolean(),
    },
  ),
  strict,
)

export const HalfFix = Type.Object(
  {
    variant: Type.String(),
    parts: Type.Optional(PartChoiceSchema),
    settings: Type.Optional(SettingsSchema),
    /** What is compared with the build as deployed, on the incident's own script or load. */
    metric: Type.Enum(['wrongPapers', 'firstWrongPaperAtMs', 'wrongedPeople', 'stalePapers', 'firstStalePaperAtMs']),
    relation: Type.Enum(['fewer', 'later', 'same']),
    /** One script on which it still fails. */
    stillFails: Witness,
  },
  strict,
)
export type HalfFix = Static<typeof HalfFix>

/** The seal link; without it, it runs as often as the other one and its scan and transfer take no time. */
const SealLink = Type.Object(
  { everyMs: Duration, pageMs: Type.Integer({ minimum: 0 }), transferMs: Type.Integer({ minimum: 0 }) },
  strict,
)

export const Incident = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z0-9][a-z0-9-]*$' }),
    row: Type.String(),
    title: Type.String(),
    date: IsoDate,
    start: TimeOfDay,
    municipality: Role,
    build: Type.String(),
    /** How well the mechanism fits what was published, and that it is a reconstruction. */
    mechanism: Type.String(),
    confidence: Type.Record(Type.String(), Type.Enum(['high', 'medium', 'low'])),
    facts: Type.Array(Fact, { minItems: 1 }),
    people: Type.Object(
      {
        seed: Type.Integer(),
        size: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
        cast: Type.Record(Role, Type.String()),
      },
      strict,
    ),
    script: Type.Optional(Type.Array(ScriptEntry)),
    load: Type.Optional(Load),
    link: Type.Object({ everyMs: Duration, seals: Type.Optional(SealLink) }, strict),
    expect: Type.Array(Expected, { minItems: 1 }),
    repairs: PartChoiceSchema,
    halfFixes: Type.Array(HalfFix),
    /** The incident in its smallest form: what the live world replays. Without it, it replays the script. */
    witness: Type.Optional(Witness),
    live: Type.Object(
      {
        /** Scenario milliseconds to one real millisecond. */
        clockFactor: Type.Number({ exclusiveMinimum: 0, maximum: 1_000 }),
      },
      strict,
    ),
  },
  strict,
)
export type Incident = Static<typeof Incident>

export const BuildFile = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z0-9][a-z0-9-]*$' }),
    base: Type.Optional(Type.String()),
    says: Type.Optional(Type.String()),
    nodes: Type.Optional(Type.Integer({ minimum: 1, maximum: 64 })),
    parts: Type.Optional(PartChoiceSchema),
    settings: Type.Optional(SettingsSchema),
  },
  strict,
)
export type BuildFile = Static<typeof BuildFile>

/** `14:30:00` in milliseconds since midnight. */
export function timeOfDayMs(time: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number)
  return ((hours * 60 + minutes) * 60 + seconds) * 1_000
}

const DAY_MS = 86_400_000

/** When an entry of a script happens, in milliseconds since midnight of the first day. */
export const entryMs = ({ at, day = 1 }: ScriptEntry): number => (day - 1) * DAY_MS + timeOfDayMs(at)
