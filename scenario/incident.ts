import Type, { type Static } from 'typebox'
import { CertificateType, IsoDate } from '../contract/index.ts'
import { INVARIANTS } from '../oracle/index.ts'
import { Mix } from './arrival-profile.ts'
import { Duration, Kiosk, Role, ScriptEntry, strict, TimeOfDay } from './script.ts'

/** An incident is data: this is the shape of a file in `seeds/incidents/`. `docs/incident-files.md` explains it. */
/** What a run is expected to break: a misspelt one would be expected in vain. */
const Expected = Type.Enum([...INVARIANTS])

const Goal = Type.Array(Expected, { minItems: 1, uniqueItems: true })

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

/** How often people apply again where an error of the system was the answer. Never, if absent. */
const TriesAgain = Type.Optional(Type.Integer({ minimum: 1, maximum: 10 }))
const Kiosks = Type.Integer({ minimum: 1, maximum: 1_000 })

/** So many people who come to kiosks at random, by a profile over the time. */
export const AcceleratedLoad = Type.Object(
  {
    rate: Type.Literal('accelerated'),
    from: TimeOfDay,
    to: TimeOfDay,
    sessions: Type.Integer({ minimum: 1, maximum: 100_000 }),
    kiosks: Kiosks,
    /** Relative weight of equal parts of the time from `from` to `to`. */
    profile: Type.Array(Type.Number({ minimum: 0 }), { minItems: 1, maxItems: 240 }),
    householdShare: Mix.properties.householdShare,
    copies: Mix.properties.copies,
    /** Left out, nobody asks for a seal certificate. */
    sealShare: Type.Optional(Mix.properties.sealShare),
    triesAgain: TriesAgain,
  },
  strict,
)
export type AcceleratedLoad = Static<typeof AcceleratedLoad>

/** As many people as come by nature, hour by hour (`seeds/arrivals.json`); what is left out is as there. */
const NaturalLoad = Type.Object({ rate: Type.Literal('natural'), from: TimeOfDay, to: TimeOfDay, kiosks: Kiosks, triesAgain: TriesAgain, ...Type.Partial(Mix).properties }, strict)
export type NaturalLoad = Static<typeof NaturalLoad>

/** People who come to kiosks at random. */
export const Load = Type.Union([AcceleratedLoad, NaturalLoad])
export type Load = Static<typeof Load>

const PointSchema = Type.Object({ kiosk: Type.Optional(Kiosk), step: Type.String(), nth: Type.Optional(Type.Integer({ minimum: 1 })) }, strict)
export const OrderingSchema = Type.Object({ first: PointSchema, then: PointSchema, withinMs: Duration }, strict)

/** A script, the orderings that make it fail, and what is then found: the incident in its smallest form. */
export const Witness = Type.Object(
  {
    start: Type.Optional(TimeOfDay),
    script: Type.Array(ScriptEntry, { minItems: 1 }),
    orderings: Type.Optional(Type.Array(OrderingSchema)),
    /** Only here: it rests on two things at one instant, which nobody can bring about on a real clock. In both worlds, if absent. */
    world: Type.Optional(Type.Literal('simulated')),
    expect: Type.Array(Expected),
  },
  strict,
)
export type Witness = Static<typeof Witness>

export const PartChoiceSchema = Type.Record(Type.String(), Type.String())
export const SettingsSchema = Type.Partial(
  Type.Object(
    {
      turnLimitMs: Duration,
      workerConcurrency: Type.Integer({ minimum: 1, maximum: 64 }),
      engineCapacity: Type.Integer({ minimum: 1, maximum: 64 }),
      engineBaseMs: Duration,
      enginePerSheetMs: Duration,
      exchangeSessionMs: Duration,
      sheetSlotMs: Duration,
      formKeptMs: Duration,
      sealNotices: Type.Boolean(),
      offers: Type.Array(CertificateType, { minItems: 1, uniqueItems: true }),
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
    metric: Type.Enum(['wrongPapers', 'firstWrongPaperAtMs', 'wrongedPeople', 'stalePapers', 'firstStalePaperAtMs', 'siteErrors']),
    relation: Type.Enum(['fewer', 'later', 'same', 'hidden-from-site']),
    /** As the incident's own, where the half-fix breaks something else. */
    search: Type.Optional(Goal),
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

const DeviceConditionSchema = Type.Partial(
  Type.Object({
    paperSheets: Type.Integer({ minimum: 0 }),
    tonerSheets: Type.Integer({ minimum: 0 }),
    jamAtSheet: Type.Integer({ minimum: 1 }),
    feedMsPerSheet: Duration,
  }),
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
    /** Why nobody saw it before: ours, as far as nothing else is said. */
    whyMissed: Type.String({ minLength: 1 }),
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
    /** Kiosks of whose devices something is the matter from the beginning. */
    kiosks: Type.Optional(Type.Record(Kiosk, DeviceConditionSchema)),
    script: Type.Optional(Type.Array(ScriptEntry)),
    load: Type.Optional(Load),
    link: Type.Object({ everyMs: Duration, takesMs: Type.Optional(Duration), seals: Type.Optional(SealLink) }, strict),
    expect: Type.Array(Expected, { minItems: 1 }),
    /** What a search of its build looks for: all of these broken in one run. Left out: the first that is expected. */
    search: Type.Optional(Goal),
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

/** Print workers of a site at most. */
export const NODES_MAX = 64
export const Nodes = Type.Integer({ minimum: 1, maximum: NODES_MAX })

export const BuildFile = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z0-9][a-z0-9-]*$' }),
    base: Type.Optional(Type.String()),
    says: Type.Optional(Type.String()),
    nodes: Type.Optional(Nodes),
    parts: Type.Optional(PartChoiceSchema),
    settings: Type.Optional(SettingsSchema),
  },
  strict,
)
export type BuildFile = Static<typeof BuildFile>
