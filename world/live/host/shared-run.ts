import { type Kysely, sql } from 'kysely'
import { TorichigaeError } from '../../../contract/index.ts'
import { dateAfter, isoDate } from '../../calendar.ts'
import type { Seeded } from '../../stage.ts'
import { dropSchema, type LiveTables, prepareSchema, schemaName, seedRows } from '../schema.ts'
import { type OpenRows, prepareOpenRows } from './open-rows.ts'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
/** Japan has one time zone and no summer time. */
const JAPAN_MS = 9 * HOUR_MS

/** When the scenario of a served run begins: the moment at which it is prepared is then this time. */
export interface RunStart {
  readonly date: string
  readonly startMs: number
}

/** What the processes of one served system have to agree on. */
export interface SharedRunOptions {
  /** The run's schema. */
  readonly run: string
  /** What was asked for, in words: another process that asks for something else is turned away. */
  readonly terms: Readonly<Record<string, string>>
  /** Default: the time of day in Japan. */
  readonly start?: RunStart
  readonly clockFactor: number
  /** Rows that are counted while the system runs. */
  readonly openRows: OpenRows
  /** The rows to begin with, as of the run's first day. Called only by whoever comes first. */
  fill(date: string): readonly Seeded[]
}

/** A run as all its processes know it. */
export interface SharedRun {
  readonly date: string
  /** Scenario time now, the same in every process: the database's clock says how long ago it was prepared. */
  readonly nowMs: number
}

interface RunRecord {
  readonly terms: Readonly<Record<string, string>>
  readonly date: string
  readonly start_ms: number
  readonly elapsed_ms: number
}

/**
 * Joins the run that the processes of a system share. The first to come makes its tables, fills them and says when it began;
 * the others wait for that, under a lock of the database. Nothing of it is dropped when a process ends.
 * @param fresh drop what is there and make it anew
 * @throws TorichigaeError RUN_DIFFERS if it was prepared on other terms
 */
export async function joinRun(kysely: Kysely<LiveTables>, options: SharedRunOptions, fresh = false): Promise<SharedRun> {
  const { run, clockFactor } = options
  const record = await kysely.transaction().execute(async (transaction) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`torichigae run ${run}`}, 0))`.execute(transaction)
    if (fresh) await dropSchema(transaction, run)
    const known = await recordOf(transaction, run)
    if (known !== undefined) return known
    await prepare(transaction, options)
    return recordOf(transaction, run)
  })
  if (record === undefined) throw new RangeError(`the run ${run} has no record`)
  refuseOthers(record.terms, options.terms)
  return { date: record.date, nowMs: record.start_ms + record.elapsed_ms * clockFactor }
}

async function prepare(transaction: Kysely<LiveTables>, options: SharedRunOptions): Promise<void> {
  const { run, terms, openRows } = options
  await prepareSchema(transaction, run)
  await prepareOpenRows(transaction, run, openRows)
  const table = recordTable(run)
  await sql`create table ${table} (terms json not null, date text not null, start_ms float8 not null, began_at timestamptz not null)`.execute(transaction)
  const { date } = options.start ?? (await timeInJapan(transaction))
  await seedRows(transaction, run, options.fill(date))
  // Filling takes a while, and time begins when it is done.
  const { startMs } = options.start ?? (await timeInJapan(transaction, date))
  await sql`insert into ${table} values (${JSON.stringify(terms)}, ${date}, ${startMs}, clock_timestamp())`.execute(transaction)
}

async function recordOf(kysely: Kysely<LiveTables>, run: string): Promise<RunRecord | undefined> {
  const { rows: there } = await sql<{ there: boolean }>`select to_regclass(${`${schemaName(run)}.run`}) is not null as there`.execute(kysely)
  if (there[0]?.there !== true) return undefined
  const { rows } = await sql<RunRecord>`
    select terms, date, start_ms, (extract(epoch from clock_timestamp() - began_at) * 1000)::float8 as elapsed_ms
    from ${recordTable(run)}`.execute(kysely)
  return rows[0]
}

const recordTable = (run: string) => sql.id(schemaName(run), 'run')

/** The time of day by the database's clock. @param date count from this day's midnight; default: from today's */
async function timeInJapan(kysely: Kysely<LiveTables>, date?: string): Promise<RunStart> {
  const { rows } = await sql<{ ms: number }>`select floor(extract(epoch from clock_timestamp()) * 1000)::float8 as ms`.execute(kysely)
  const japanMs = (rows[0]?.ms ?? 0) + JAPAN_MS
  const today = isoDate(Math.floor(japanMs / DAY_MS))
  const startMs = japanMs % DAY_MS
  return { date: today, startMs: date === undefined || dateAfter(date, startMs) === today ? startMs : startMs + DAY_MS }
}

function refuseOthers(there: Readonly<Record<string, string>>, asked: Readonly<Record<string, string>>): void {
  const names = [...new Set([...Object.keys(there), ...Object.keys(asked)])]
  const different = names.filter((name) => there[name] !== asked[name])
  if (different.length === 0) return
  throw new TorichigaeError('RUN_DIFFERS', different.map((name) => `${name} is ${there[name] ?? 'unset'}, not ${asked[name] ?? 'unset'}`).join('; '))
}
