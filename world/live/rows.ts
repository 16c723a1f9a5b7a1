import type { Kysely } from 'kysely'
import type { Row, TableDefinition } from '../ports.ts'
import type { LiveTables } from './schema.ts'

/** A row as the table holds it. */
export interface StoredRow {
  readonly key: string
  readonly grp: string
  readonly version: number
  readonly data: unknown
}

/** Rows of one table of one site. */
export const rowsOfTable = (rows: Kysely<LiveTables>, site: string, table: TableDefinition<unknown>) =>
  rows
    .selectFrom('rows')
    .select(['key', 'grp', 'version', 'data'])
    .where('site', '=', site)
    .where('table_name', '=', table.name)

/** A table holds rows of its definition's type only, since every write goes through the definition. */
export const rowOf = <T>(stored: StoredRow | undefined): Row<T> | undefined =>
  stored === undefined
    ? undefined
    : { key: stored.key, group: stored.grp, version: stored.version, data: stored.data as T }

export const rowsOf = <T>(stored: readonly StoredRow[]): readonly Row<T>[] =>
  stored.flatMap((each) => rowOf<T>(each) ?? [])
