import fc from 'fast-check'
import type { CertificateType } from '../contract/index.ts'
import type { Incident } from '../scenario/incident.ts'
import type { ScriptEntry } from '../scenario/script.ts'

/** Where made-up incidents happen. */
export interface IncidentOptions {
  readonly municipality: string
  readonly build: string
  /** Entries of a script at most. Default 8. */
  readonly entriesMax?: number
  /** Machines that may stop: kiosks and nodes. Default: none, and then nothing crashes. */
  readonly crashes?: readonly string[]
}

const START_S = 10 * 3_600
/** A script goes on for so long. */
const LENGTH_S = 900

const CAST = { first: 'adult,sealed,household:2', partner: 'same-household:first', second: 'any,adult', third: 'any,adult' } as const
const ROLES = Object.keys(CAST) as (keyof typeof CAST)[]
/** Who is cast without regard to age applies for nothing. */
const APPLICANTS = ['first', 'second', 'third'] as const
const KIOSKS = ['shop-1', 'shop-2', 'shop-3'] as const

/** In steps of ten seconds, so that things meet. */
const times = fc.integer({ min: 0, max: LENGTH_S / 10 }).map((tens) => timeOfDay(START_S + tens * 10))

const timeOfDay = (seconds: number): string =>
  [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60].map((part) => String(part).padStart(2, '0')).join(':')

/** One time in eight; shrinks to being left out. */
const sometimes = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ arbitrary: fc.constant(undefined), weight: 7 }, { arbitrary, weight: 1 })

/** An object in which what may be undefined may be left out instead. */
type Given<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & { [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined> }

/** The entry without what was left out. */
const given = <T extends object>(entry: T): Given<T> => Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined)) as Given<T>

const visits: fc.Arbitrary<ScriptEntry> = fc
  .record({
    at: times,
    kiosk: fc.constantFrom(...KIOSKS),
    who: fc.constantFrom(...APPLICANTS),
    apply: fc.constantFrom<CertificateType>('residence-record', 'residence-record', 'seal-certificate'),
    copies: fc.integer({ min: 1, max: 3 }),
    pins: sometimes(fc.array(fc.constantFrom('1234', '0000'), { minLength: 1, maxLength: 4 })),
    purseYen: sometimes(fc.constantFrom(0, 250, 600)),
    patienceMs: sometimes(fc.constantFrom(1_000, 4_000, 10_000)),
    cancelsAt: sometimes(fc.constantFrom('pin' as const, 'confirm' as const, 'payment' as const)),
    walksAwayAt: sometimes(fc.constantFrom('takeCard' as const, 'waiting' as const, 'payment' as const, 'paper' as const)),
  })
  .map(({ copies, ...entry }) => given({ ...entry, wish: { copies } }))

const counterOperations: fc.Arbitrary<ScriptEntry> = fc.record({
  at: times,
  counter: fc.constantFrom('moveWithin' as const, 'moveWithin' as const, 'moveWithin' as const, 'moveOutNotice' as const, 'moveOut' as const, 'restrict' as const, 'liftRestriction' as const, 'death' as const),
  who: fc.constantFrom(...ROLES),
})

const sealOperations: fc.Arbitrary<ScriptEntry> = fc
  .record({
    at: times,
    sealDesk: fc.constantFrom('revoke' as const, 'revoke' as const, 'change' as const, 'register' as const),
    who: fc.constantFrom(...APPLICANTS),
    takesMs: sometimes(fc.integer({ min: 1, max: 30_000 })),
  })
  .map((entry) => given(entry))

const cardOperations: fc.Arbitrary<ScriptEntry> = fc.record({
  at: times,
  card: fc.constantFrom('suspend' as const, 'lift' as const, 'revoke' as const),
  who: fc.constantFrom(...APPLICANTS),
})

const crashesOf = (machines: readonly string[]): fc.Arbitrary<ScriptEntry> => fc.record({ at: times, crash: fc.constantFrom(...machines) })

const conditions = fc
  .record({ paperSheets: sometimes(fc.integer({ min: 0, max: 4 })), tonerSheets: sometimes(fc.integer({ min: 0, max: 4 })), jamAtSheet: sometimes(fc.integer({ min: 1, max: 4 })), feedMsPerSheet: sometimes(fc.constantFrom(1_000, 30_000)) })
  .map(given)

/** The links' schedules: from hardly late to later than the script is long. */
const links: fc.Arbitrary<Incident['link']> = fc.record({
  everyMs: fc.constantFrom(60_000, 300_000, 3_600_000),
  seals: fc.record({ everyMs: fc.constantFrom(60_000, 300_000), pageMs: fc.constantFrom(0, 1_000), transferMs: fc.constantFrom(0, 90_000) }),
})

/**
 * Whole incidents: people, a script of requests and operations, lag, and faults of devices and machines. fast-check shrinks them;
 * in which order the steps of a run come is the scheduler's, so take its seed beside.
 */
export function incidents({ municipality, build, entriesMax = 8, crashes = [] }: IncidentOptions): fc.Arbitrary<Incident> {
  const entries = fc.oneof(
    { arbitrary: visits, weight: 6 },
    { arbitrary: counterOperations, weight: 2 },
    { arbitrary: sealOperations, weight: 2 },
    { arbitrary: cardOperations, weight: 1 },
    ...(crashes.length === 0 ? [] : [{ arbitrary: crashesOf(crashes), weight: 1 }]),
  )
  return fc
    .record({
      people: fc.integer({ min: 1, max: 20 }),
      script: fc.array(entries, { minLength: 1, maxLength: entriesMax }),
      link: links,
      kiosks: fc.dictionary(fc.constantFrom(...KIOSKS), conditions, { maxKeys: 1 }),
    })
    .map(({ people: seed, script, link, kiosks }) => ({
      id: 'made-up',
      row: 'made-up',
      title: 'An incident made by fast-check',
      date: '2023-05-10',
      start: timeOfDay(START_S),
      municipality,
      build,
      mechanism: 'Whatever the build has.',
      whyMissed: 'Made up.',
      confidence: {},
      facts: [{ row: 'made-up', at: '', says: 'Nothing of this happened.', publisher: 'nobody', published: '', where: 'arbitraries/incidents.ts', kind: 'ours' }],
      people: { seed, size: 200, cast: { ...CAST } },
      script,
      link,
      kiosks,
      expect: ['SUBJECT'],
      repairs: {},
      halfFixes: [],
      live: { clockFactor: 20 },
    }))
}
