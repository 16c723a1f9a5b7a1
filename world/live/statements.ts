import { CompiledQuery, type Kysely } from 'kysely'
import type { StoredRow } from './rows.ts'
import { rowsOfTable } from './rows.ts'
import type { LiveTables } from './schema.ts'

const NO_TABLE = { name: '' }

/**
 * The single statements of a run's schema. Each is built and compiled once; what is run again is its text with other
 * parameters, since building it for each call costs more than all else on our side of it.
 */
export class Statements {
  private readonly get: string
  private readonly list: string
  private readonly range: string
  private readonly insert: string
  private readonly replace: string

  constructor(
    private readonly kysely: Kysely<LiveTables>,
    schema: string,
  ) {
    const rows = kysely.withSchema(schema)
    // The values stand for places: parameters are numbered in the order in which a statement names them.
    const row = { site: '', table_name: '', key: '', grp: '', version: 1, data: '' }
    this.get = rowsOfTable(rows, '', NO_TABLE).where('key', '=', '').compile().sql
    this.list = rowsOfTable(rows, '', NO_TABLE).where('grp', '=', '').orderBy('key').compile().sql
    this.range = rowsOfTable(rows, '', NO_TABLE).where('key', '>', '').orderBy('key').limit(1).compile().sql
    this.insert = rows.insertInto('rows').values(row).onConflict((conflict) => conflict.doNothing()).compile().sql
    this.replace = rows
      .updateTable('rows')
      .set({ data: '', grp: '', version: 1 })
      .where('site', '=', '')
      .where('table_name', '=', '')
      .where('key', '=', '')
      .where('version', '=', 1)
      .compile().sql
  }

  async rowOfKey(site: string, table: string, key: string): Promise<StoredRow | undefined> {
    return (await this.rows(this.get, [site, table, key]))[0]
  }

  rowsOfGroup(site: string, table: string, group: string): Promise<readonly StoredRow[]> {
    return this.rows(this.list, [site, table, group])
  }

  rowsAfter(site: string, table: string, after: string, limit: number): Promise<readonly StoredRow[]> {
    return this.rows(this.range, [site, table, after, limit])
  }

  /** Whether the key was free. @param data as JSON */
  inserted(site: string, table: string, key: string, group: string, data: string): Promise<boolean> {
    return this.changed(this.insert, [site, table, key, group, 1, data])
  }

  /** Whether the row still had that version. @param data as JSON */
  replaced(site: string, table: string, { key, group, version }: { readonly key: string; readonly group: string; readonly version: number }, data: string): Promise<boolean> {
    return this.changed(this.replace, [data, group, version + 1, site, table, key, version])
  }

  private async rows(sql: string, parameters: readonly unknown[]): Promise<readonly StoredRow[]> {
    return (await this.kysely.executeQuery<StoredRow>(CompiledQuery.raw(sql, [...parameters]))).rows
  }

  private async changed(sql: string, parameters: readonly unknown[]): Promise<boolean> {
    return (await this.kysely.executeQuery(CompiledQuery.raw(sql, [...parameters]))).numAffectedRows === 1n
  }
}

const made = new WeakMap<Kysely<LiveTables>, Map<string, Statements>>()

/** The statements of a schema, made once for each connection. */
export function statementsOf(kysely: Kysely<LiveTables>, schema: string): Statements {
  const ofConnection = made.get(kysely) ?? new Map<string, Statements>()
  made.set(kysely, ofConnection)
  const statements = ofConnection.get(schema) ?? new Statements(kysely, schema)
  ofConnection.set(schema, statements)
  return statements
}
