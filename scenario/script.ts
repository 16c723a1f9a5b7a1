import Type, { type Static } from 'typebox'
import { CertificateType, IsoDate, Wish } from '../contract/index.ts'
import { CANCEL_SCREENS, type CancelScreen, SCREENS } from '../kiosk-sim/session-machine.ts'

/** A script is what happens in an incident, entry by entry. `docs/incident-files.md` explains it. */
/** To the second, or to the millisecond: `07:31:00.400`. */
export const TimeOfDay = Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{3})?$' })
/** The first day of the scenario is 1; left out, it is that. */
const Day = Type.Optional(Type.Integer({ minimum: 1, maximum: 31 }))
export const Duration = Type.Integer({ minimum: 1 })
export const Role = Type.String({ pattern: '^[a-z][a-z-]*$' })
export const Kiosk = Type.String({ pattern: '^[a-z][a-z0-9-]*$', maxLength: 30 })
/** A field that nobody knows is a misspelt one. */
export const strict = { additionalProperties: false } as const

/** What happens at the counter, to the whole household but for `death`. */
const CounterEntry = Type.Object(
  {
    at: TimeOfDay,
    day: Day,
    counter: Type.Enum(['moveWithin', 'moveOutNotice', 'moveOut', 'restrict', 'liftRestriction', 'death']),
    who: Role,
    /** Where `moveWithin` goes; to the address before, if absent. */
    to: Type.Optional(Type.String({ pattern: '^\\S+$' })),
    /** The day that a `moveOutNotice` gives; the scenario's own if absent. */
    on: Type.Optional(IsoDate),
  },
  strict,
)

/** Somebody who lives elsewhere is registered for use of the family registers here, from the day `from` on; the scenario's own if absent. */
const UseEntry = Type.Object({ at: TimeOfDay, day: Day, register: Type.Literal('forUse'), who: Role, from: Type.Optional(IsoDate) }, strict)

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

/** The help line for lost cards. */
const CardEntry = Type.Object({ at: TimeOfDay, day: Day, card: Type.Enum(['suspend', 'lift', 'revoke']), who: Role }, strict)

/** A machine stops without a word, and starts again: a kiosk by its name, or a node of the system (`print:munakata/1`). */
const CrashEntry = Type.Object({ at: TimeOfDay, day: Day, crash: Type.String({ pattern: '^[a-z][a-z0-9:/-]*$' }) }, strict)

type ScreenInUse = Exclude<keyof typeof SCREENS, 'idle'>
/** Screens on which somebody stands there. */
const SCREEN_NAMES = Object.keys(SCREENS).filter((screen) => screen !== 'idle') as [ScreenInUse, ...ScreenInUse[]]

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
    /** How often the person applies again, where an error of the system was the answer. Never, if absent. */
    triesAgain: Type.Optional(Type.Integer({ minimum: 1, maximum: 10 })),
    /** PINs entered one after another; the right one if absent. */
    pins: Type.Optional(Type.Array(Type.String({ pattern: '^\\d{4}$' }), { minItems: 1 })),
    /** Enough for any fee if absent. */
    purseYen: Type.Optional(Type.Integer({ minimum: 0 })),
    /** The screen on which cancel is pressed, or from which the person walks away. */
    cancelsAt: Type.Optional(Type.Enum([...CANCEL_SCREENS] as [CancelScreen, ...CancelScreen[]])),
    walksAwayAt: Type.Optional(Type.Enum(SCREEN_NAMES)),
  },
  strict,
)
export const ScriptEntry = Type.Union([CounterEntry, UseEntry, SealDeskEntry, CardEntry, CrashEntry, KioskEntry])
export type ScriptEntry = Static<typeof ScriptEntry>

/** `14:30:00` in milliseconds since midnight. */
export function timeOfDayMs(time: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number)
  return Math.round(((hours * 60 + minutes) * 60 + seconds) * 1_000)
}

const DAY_MS = 86_400_000

/** When an entry of a script happens, in milliseconds since midnight of the first day. */
export const entryMs = ({ at, day = 1 }: ScriptEntry): number => (day - 1) * DAY_MS + timeOfDayMs(at)
