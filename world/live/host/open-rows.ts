import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { LiveTables } from '../schema.ts'

/** Rows of one table that count as open: those whose field `state` is one of some. */
export interface OpenRows {
  readonly table: string
  readonly states: readonly string[]
}

/** The condition, in literals: an index serves a count only if both say the same. */
const isOpen = ({ table, states }: OpenRows): RawBuilder<unknown> =>
  sql`table_name = ${sql.lit(table)} and data->>'state' in (${sql.join(states.map((state) => sql.lit(state)))})`

/** An index of the open rows, so that counting them reads neither those that are over nor any document. */
export async function prepareOpenRows(kysely: Kysely<LiveTables>, schema: string, open: OpenRows): Promise<void> {
  await sql`create index open_rows on ${sql.id(schema, 'rows')} (site) where ${isOpen(open)}`.execute(kysely)
}

/** How many rows are open now, by site. */
export async function countOpenRows(kysely: Kysely<LiveTables>, schema: string, open: OpenRows): Promise<readonly { site: string; open: number }[]> {
  const { rows } = await sql<{ site: string; open: number }>`
    select site, count(*)::integer as open from ${sql.id(schema, 'rows')} where ${isOpen(open)} group by site`.execute(kysely)
  return rows
}
