import Type, { type Static } from 'typebox'
import { Value } from 'typebox/value'
import { Municipality, TorichigaeError } from '../contract/index.ts'
import type { Build } from '../services/build.ts'
import { keyedStream } from '../world/keyed-random.ts'
import { Source } from './arrival-profile.ts'
import type { Catalogue } from './catalogue.ts'
import { baseOf, buildAt, type Fleet } from './fleet.ts'
import { namedByChanges } from './build-changes.ts'
import { strict } from './script.ts'
import { inFile, readSeed } from './seed-file.ts'

/** So many for each session of a day, and at least so many. */
const PerSession = Type.Object({ perSession: Type.Number({ exclusiveMinimum: 0, maximum: 10 }), least: Type.Integer({ minimum: 1, maximum: 1_000 }), source: Source }, strict)

/** All municipalities of a country on a day: the shape of `seeds/nation-2023.json`. */
export const Nation = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z0-9][a-z0-9-]*$' }),
    title: Type.String(),
    says: Type.String(),
    municipalities: Type.Object({ count: Type.Integer({ minimum: 1, maximum: 2_000 }), source: Source }, strict),
    /** Sessions of all of them together on a day, the week's mean. */
    sessionsPerDay: Type.Object({ count: Type.Integer({ minimum: 1, maximum: 1_000_000 }), source: Source }, strict),
    /** Of the logarithm of a municipality's sessions, where no figure is known. */
    spread: Type.Object({ sigma: Type.Number({ minimum: 0, maximum: 3 }), source: Source }, strict),
    /** The file of a fleet, beside this one: each of its sites is one of the municipalities. */
    fleet: Type.String({ pattern: '^[a-z0-9][a-z0-9.-]*\\.json$' }),
    /** What runs in all others. */
    others: Type.Object({ build: Type.String(), source: Source }, strict),
    /** People invented of a municipality. */
    people: PerSession,
    kiosks: PerSession,
  },
  strict,
)
export type Nation = Static<typeof Nation>

/** A municipality of the nation as it is on a day. */
export interface NationPlace {
  readonly municipality: Municipality
  /** What runs there, by a name that `explore` understands. */
  readonly build: Build
  /** The week's mean. */
  readonly sessionsPerDay: number
}

/** Reads a nation. @throws TorichigaeError NO_FILE; BAD_FILE, UNKNOWN_BUILD with the file and the place in it */
export function readNation(file: URL, catalogue: Catalogue): Nation {
  const { path, value } = readSeed(file, Nation)
  inFile(path, '/others/build', () => catalogue.build(value.others.build))
  return value
}

/**
 * The municipalities of a nation as they are on a day, those with most sessions first: the sites of its fleet, and as many
 * others as it has besides. A site with a figure of its own in `seeds/arrivals.json` has that share of all certificates; what is
 * left is divided among the others. The division depends on nothing but their names, so that it is the same every day.
 * @throws TorichigaeError BAD_FILE where the fleet has more sites than the nation has municipalities, or a site whose name is no key
 */
export function placesOf(nation: Nation, fleet: Fleet, day: string, catalogue: Catalogue): readonly NationPlace[] {
  const others = nation.municipalities.count - fleet.sites.length
  if (others < 0) throw new TorichigaeError('BAD_FILE', `${nation.id} has ${String(nation.municipalities.count)} municipalities, and ${fleet.id} has ${String(fleet.sites.length)} sites`)
  const elsewhere = catalogue.build(nation.others.build)
  const municipalities = [
    ...fleet.sites.map((site) => ({ code: site.name, build: namedByChanges(baseOf(fleet, site, catalogue), buildAt(fleet, site, day, catalogue)) })),
    ...Array.from({ length: others }, (_, at) => ({ code: `other-${String(at + 1).padStart(4, '0')}`, build: elsewhere })),
  ]
  const sessions = sessionsOf(nation, municipalities.map(({ code }) => code), catalogue)
  return municipalities
    .map(({ code, build }, at) => ({ municipality: catalogue.municipalities.get(code) ?? inventedMunicipality(code, at), build, sessionsPerDay: sessions[at] ?? 0 }))
    .sort((one, other) => other.sessionsPerDay - one.sessionsPerDay)
}

function sessionsOf({ sessionsPerDay: { count }, spread: { sigma } }: Nation, codes: readonly string[], { profile }: Catalogue): readonly number[] {
  const { certificatesPerDay, year } = profile
  const known = codes.map((code) => {
    const figure = certificatesPerDay[code]
    return figure === undefined ? undefined : (figure.perDay / (year.certificates / year.daysOpen)) * count
  })
  const weights = codes.map((code, at) => (known[at] === undefined ? Math.exp(sigma * normal(code)) : 0))
  const left = Math.max(0, count - known.reduce<number>((sum, one) => sum + (one ?? 0), 0))
  const whole = weights.reduce((sum, weight) => sum + weight, 0)
  return codes.map((_, at) => known[at] ?? (left * (weights[at] ?? 0)) / whole)
}

/** A draw of the normal law for a municipality (Box and Muller), the same always. */
function normal(code: string): number {
  const draw = keyedStream(0, `municipality/${code}`)
  return Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw())
}

/** A municipality that does not exist, with what any has. @throws TorichigaeError BAD_FILE for a site whose name is no municipality's key */
function inventedMunicipality(code: string, at: number): Municipality {
  const municipality = { code, name: `見本第${String(at + 1)}市`, prefecture: '見本県', mayor: '見本　太郎', feesYen: { 'residence-record': 300, 'seal-certificate': 300 } }
  if (!Value.Check(Municipality, municipality)) throw new TorichigaeError('BAD_FILE', `the site "${code}" of the fleet cannot be a municipality's key`)
  return municipality
}
