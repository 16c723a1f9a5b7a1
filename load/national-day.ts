import Type, { type Static } from 'typebox'
import { TorichigaeError } from '../contract/index.ts'
import type { Catalogue } from '../scenario/catalogue.ts'
import type { Fleet } from '../scenario/fleet.ts'
import { type Nation, type NationPlace, placesOf } from '../scenario/nation.ts'
import { wrongPerMillionOf2023 } from '../scenario/natural-rate.ts'
import { readSeed } from '../scenario/seed-file.ts'
import { dayNumber, isoDate } from '../world/calendar.ts'
import { eachOnThreads } from '../world/live/threads.ts'
import { startThread } from '../world/live/start-thread.ts'
import { Counts, MunicipalDay, performMunicipalDay } from './municipal-day.ts'
import { type Fault, FAULTS, type PerMillion, perMillion } from './tally.ts'

const SCHEMA = 'torichigae-national-day/1'

/** One part of several into which the days of all municipalities are divided. */
const Shard = Type.Object({ index: Type.Integer({ minimum: 1 }), of: Type.Integer({ minimum: 1 }) })
export type Shard = Static<typeof Shard>

/** What a national day is asked for. */
export interface NationalDayOptions {
  readonly nation: Nation
  readonly fleet: Fleet
  readonly catalogue: Catalogue
  /** ISO day; the first of several. */
  readonly from: string
  readonly days: number
  readonly seed: number
  readonly shard: Shard
  /** Only this municipality. */
  readonly only?: string
  readonly threads: number
  /** A folder for histories. */
  readonly out?: string
  readonly onProgress?: (done: number, of: number) => void
}

/** How much memory the process had when so many sessions were over. */
const Sample = Type.Object({ sessions: Type.Integer(), seconds: Type.Number(), residentMiB: Type.Number() })

/** What came of one shard, or of all added up: what `--json` prints and `--add-up` reads, but for the rates. */
export const NationalDayPart = Type.Object({
  schema: Type.Literal(SCHEMA),
  verdict: Type.Enum(['pass', 'violation', 'unknown']),
  nation: Type.String(),
  fleet: Type.String(),
  from: Type.String(),
  days: Type.Integer({ minimum: 1 }),
  seed: Type.Integer(),
  shard: Shard,
  only: Type.Optional(Type.String()),
  municipalities: Type.Integer(),
  /** Those that are sites of the fleet. */
  sites: Type.Integer(),
  ...Counts.properties,
  refused: Type.Record(Type.String(), Type.Integer()),
  /** Municipal days that were not decided. */
  undecided: Type.Integer(),
  /** Municipal days on which something was broken or not decided. */
  found: Type.Array(MunicipalDay),
  /** Real seconds; of several shards together. */
  seconds: Type.Number(),
  memory: Type.Array(Sample),
})
export type NationalDayPart = Static<typeof NationalDayPart>

/** The same with what it comes to in a million papers. */
export interface NationalDayReport extends NationalDayPart {
  /** In a million papers, each with its exact 95 % Poisson interval; `of2023` is what really happened. */
  readonly perMillion: Readonly<Record<Fault, PerMillion | null>> & { readonly of2023: number }
}

/** One municipality's day among those of a shard. */
export interface Unit {
  readonly date: string
  /** Its number among the places of that day. */
  readonly at: number
}

/** Points of the memory's curve. */
const SAMPLES = 20

/**
 * Plays days of a nation, municipality by municipality, and adds up what came of them.
 * @throws TorichigaeError UNKNOWN_MUNICIPALITY for `only`; USAGE for a shard that there is not; OUT_NOT_WRITABLE
 */
export async function performNationalDays(options: NationalDayOptions): Promise<NationalDayReport> {
  const { nation, fleet, catalogue, from, days, seed, shard, only, threads, onProgress } = options
  if (shard.index > shard.of) throw new TorichigaeError('USAGE', `there is no part ${String(shard.index)} of ${String(shard.of)}`)
  const begunMs = performance.now()
  const seconds = (): number => (performance.now() - begunMs) / 1_000
  const units = unitsOf(options)
  // Added up as they come, so that a year takes no more memory than a day.
  let sums = addedUp([])
  let done = 0
  let undecided = 0
  const found: MunicipalDay[] = []
  const memory: Static<typeof Sample>[] = []
  const take = (day: Played): void => {
    if ('failed' in day) throw new TorichigaeError(day.failed.code, day.failed.detail)
    done += 1
    sums = addedUp([sums, day])
    if (day.unknown !== undefined) undecided += 1
    if (day.verdict !== 'pass') found.push(day)
    if (done % Math.ceil(units.length / SAMPLES) === 0 || done === units.length) {
      memory.push({ sessions: sums.sessions, seconds: seconds(), residentMiB: process.memoryUsage.rss() / 2 ** 20 })
    }
    onProgress?.(done, units.length)
  }
  if (threads === 1) {
    const player = new UnitPlayer(options)
    for (const unit of units) take(await player.play(unit))
  } else {
    const { onProgress: _, catalogue: __, ...setting } = options
    const queue = units.values()
    await eachOnThreads(() => startThread(import.meta.url, './national-worker', { workerData: setting }), threads, () => queue.next().value, take)
  }
  const part: NationalDayPart = {
    ...{ schema: SCHEMA, verdict: 'pass', nation: nation.id, fleet: fleet.id, from, days, seed, shard, ...(only === undefined ? {} : { only }) },
    ...{ municipalities: nation.municipalities.count, sites: fleet.sites.length },
    ...sums,
    ...{ undecided, found: found.sort(byDateAndPlace) },
    ...{ seconds: seconds(), memory },
  }
  return reported(part, catalogue)
}

/** What a thread answers: what came of a day, or why it could not be played. */
export type Played = MunicipalDay | { readonly failed: Pick<TorichigaeError, 'code' | 'detail'> }

/** Plays one municipal day after another. */
export class UnitPlayer {
  private present: { readonly date: string; readonly places: readonly NationPlace[] } | undefined

  constructor(private readonly options: Omit<NationalDayOptions, 'onProgress'>) {}

  play({ date, at }: Unit): Promise<MunicipalDay> {
    const { nation, fleet, catalogue, seed, out } = this.options
    if (this.present?.date !== date) this.present = { date, places: placesOf(nation, fleet, date, catalogue) }
    const place = this.present.places[at]
    if (place === undefined) throw new RangeError(`there is no place ${String(at)} on ${date}`)
    return performMunicipalDay({ nation, place, profile: catalogue.profile, date, seed, ...(out === undefined ? {} : { out }) })
  }
}

/** The municipal days of a shard. Days are divided municipality by municipality, so that shards are about equally long. */
function unitsOf({ nation, fleet, catalogue, from, days, shard, only }: NationalDayOptions): readonly Unit[] {
  const all = Array.from({ length: days }, (_, day) => isoDate(dayNumber(from) + day)).flatMap((date) => {
    const places = placesOf(nation, fleet, date, catalogue)
    if (only !== undefined && !places.some(({ municipality }) => municipality.code === only)) throw new TorichigaeError('UNKNOWN_MUNICIPALITY', only)
    return places.flatMap(({ municipality }, at) => (only === undefined || municipality.code === only ? [{ date, at }] : []))
  })
  return all.filter((_, index) => index % shard.of === shard.index - 1)
}

const byDateAndPlace = (one: MunicipalDay, other: MunicipalDay): number =>
  one.date < other.date || (one.date === other.date && one.municipality < other.municipality) ? -1 : 1

type Addend = Counts & Pick<MunicipalDay, 'refused'>

function addedUp(addends: readonly Addend[]): Addend {
  const keys = Object.keys(Counts.properties) as (keyof Counts)[]
  const refused: Record<string, number> = {}
  for (const addend of addends) for (const [code, count] of Object.entries(addend.refused)) refused[code] = (refused[code] ?? 0) + count
  const sums = Object.fromEntries(keys.map((key) => [key, addends.reduce((sum, addend) => sum + addend[key], 0)])) as Counts
  return { ...sums, refused: Object.fromEntries(Object.entries(refused).sort(([one], [other]) => (one < other ? -1 : 1))) }
}

function reported(part: NationalDayPart, { profile }: Catalogue): NationalDayReport {
  const { found, undecided, papers } = part
  // A day on which no paper came out says nothing.
  const verdict = found.some((day) => day.verdict === 'violation') ? 'violation' : undecided > 0 || papers === 0 ? 'unknown' : 'pass'
  const rates = Object.fromEntries(FAULTS.map((fault) => [fault, perMillion(fault, part[fault], papers)])) as Record<Fault, PerMillion | null>
  return { ...part, verdict, perMillion: { ...rates, of2023: wrongPerMillionOf2023(profile) } }
}

/**
 * Adds up what all shards of the same days came to.
 * @param files what `--json` printed of each
 * @throws TorichigaeError NO_FILE; BAD_FILE for a file that is none, that belongs to other days, or that is there twice; USAGE where one is missing
 */
export function addUp(files: readonly URL[], catalogue: Catalogue): NationalDayReport {
  const parts = files.map((file) => readSeed(file, NationalDayPart)).map(({ path, value: part }) => ({ path, part }))
  const [first] = parts
  if (first === undefined) throw new TorichigaeError('USAGE', 'there is nothing to add up')
  const same = ({ nation, fleet, from, days, seed, only, municipalities, sites, shard: { of } }: NationalDayPart): string => JSON.stringify([nation, fleet, from, days, seed, only, municipalities, sites, of])
  const byIndex = new Map<number, string>()
  for (const { path, part } of parts) {
    if (same(part) !== same(first.part)) throw new TorichigaeError('BAD_FILE', `${path} is of other days than ${first.path}`)
    const before = byIndex.get(part.shard.index)
    if (before !== undefined) throw new TorichigaeError('BAD_FILE', `${path} is part ${String(part.shard.index)}, and so is ${before}`)
    byIndex.set(part.shard.index, path)
  }
  const { of } = first.part.shard
  const missing = Array.from({ length: of }, (_, at) => at + 1).filter((index) => !byIndex.has(index))
  if (missing.length > 0) throw new TorichigaeError('USAGE', `of ${String(of)} parts ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing`)
  const all = parts.map(({ part }) => part)
  return reported(
    {
      ...first.part,
      ...addedUp(all),
      shard: { index: 1, of: 1 },
      undecided: all.reduce((sum, { undecided }) => sum + undecided, 0),
      found: all.flatMap(({ found }) => found).sort(byDateAndPlace),
      seconds: all.reduce((sum, { seconds }) => sum + seconds, 0),
      memory: [],
    },
    catalogue,
  )
}
