import { type ColumnType, type Kysely, sql } from 'kysely'
import type { Seeded } from '../stage.ts'

/**
 * Where a live run keeps its rows: one table for all tables of all sites, in a schema that is the run's own, so that runs
 * which share a server do not meet. `json`, not `jsonb`: nothing is ever searched inside, and the text stays as written.
 * Keys are compared byte by byte (collation "C"), as in the simulated world, whatever the server's locale.
 */
export interface LiveTables {
  rows: {
    site: string
    table_name: string
    key: string
    grp: string
    version: number
    /** Written as JSON text, read as the value. */
    data: ColumnType<unknown, string, string>
  }
}

/** Rows written by one statement when a site is filled: under the protocol's limit of 65,535 parameters. */
const ROWS_A_STATEMENT = 5_000

/** A name that may stand in SQL as a schema's. @throws RangeError otherwise. */
export function schemaName(name: string): string {
  if (!/^[a-z][a-z0-9_]{0,50}$/.test(name)) throw new RangeError(`"${name}" is no name of a schema`)
  return name
}

/** Makes the run's schema and its table; does nothing to what is there already. */
export async function prepareSchema(database: Kysely<LiveTables>, schema: string): Promise<void> {
  const name = sql.id(schemaName(schema))
  await sql`create schema if not exists ${name}`.execute(database)
  await sql`
    create table if not exists ${name}.rows (
      site text collate "C" not null,
      table_name text collate "C" not null,
      key text collate "C" not null,
      grp text collate "C" not null,
      version integer not null,
      data json not null,
      primary key (site, table_name, key)
    )`.execute(database)
  // Certificates are compressed already; trying again would cost time and gain nothing.
  await sql`alter table ${name}.rows alter column data set storage external`.execute(database)
  await sql`create index if not exists rows_by_group on ${name}.rows (site, table_name, grp, key)`.execute(database)
}

/** Drops the run's schema with everything in it. */
export async function dropSchema(database: Kysely<LiveTables>, schema: string): Promise<void> {
  await sql`drop schema if exists ${sql.id(schemaName(schema))} cascade`.execute(database)
}

/** Writes the rows that sites have from the beginning, with version 1. */
export async function seedRows(database: Kysely<LiveTables>, schema: string, seeded: readonly Seeded[]): Promise<void> {
  for (const { site, table, rows } of seeded) {
    for (let from = 0; from < rows.length; from += ROWS_A_STATEMENT) {
      const values = rows.slice(from, from + ROWS_A_STATEMENT).map(({ key, group, data }) => ({
        site,
        table_name: table.name,
        key,
        grp: group,
        version: 1,
        data: JSON.stringify(data),
      }))
      await database.withSchema(schema).insertInto('rows').values(values).execute()
    }
  }
}
