import type { Kysely } from 'kysely'
import type { CounterTransaction, Database, Row, TableDefinition } from '../ports.ts'
import { stepNames } from '../step-names.ts'
import { rowOf, rowsOf, rowsOfTable } from './rows.ts'
import type { LiveTables } from './schema.ts'
import type { LiveTask } from './task.ts'
import { LiveTransaction } from './transaction.ts'

export interface LiveDatabaseOptions {
  readonly task: LiveTask
  readonly kysely: Kysely<LiveTables>
  /** The run's schema, made by `prepareSchema`. */
  readonly schema: string
  /** Whose rows these are; sites do not see each other's. */
  readonly site: string
}

/** The database port of one task over PostgreSQL: one statement an operation, and the counter's transaction. */
export const createLiveDatabase = (options: LiveDatabaseOptions): Database => new LiveDatabase(options)

class LiveDatabase implements Database {
  private readonly task: LiveTask
  private readonly site: string
  private readonly rows: Kysely<LiveTables>

  constructor(private readonly options: LiveDatabaseOptions) {
    this.task = options.task
    this.site = options.site
    this.rows = options.kysely.withSchema(options.schema)
  }

  get<T>(table: TableDefinition<T>, key: string): Promise<Row<T> | undefined> {
    return this.task.step(stepNames.get(this.task.role, table.name), async () =>
      rowOf<T>(await rowsOfTable(this.rows, this.site, table).where('key', '=', key).executeTakeFirst()),
    )
  }

  list<T>(table: TableDefinition<T>, group: string): Promise<readonly Row<T>[]> {
    return this.task.step(stepNames.list(this.task.role, table.name), async () =>
      rowsOf<T>(await rowsOfTable(this.rows, this.site, table).where('grp', '=', group).orderBy('key').execute()),
    )
  }

  range<T>(table: TableDefinition<T>, after: string, limit: number): Promise<readonly Row<T>[]> {
    return this.task.step(stepNames.range(this.task.role, table.name), async () =>
      rowsOf<T>(await rowsOfTable(this.rows, this.site, table).where('key', '>', after).orderBy('key').limit(limit).execute()),
    )
  }

  insert<T>(table: TableDefinition<T>, key: string, group: string, data: T): Promise<boolean> {
    return this.task.step(stepNames.insert(this.task.role, table.name), async () => {
      const result = await this.rows
        .insertInto('rows')
        .values({ site: this.site, table_name: table.name, key, grp: group, version: 1, data: JSON.stringify(data) })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      return result.numInsertedOrUpdatedRows === 1n
    })
  }

  replace<T>(table: TableDefinition<T>, row: Row<T>, data: T): Promise<boolean> {
    return this.task.step(stepNames.replace(this.task.role, table.name), async () => {
      const result = await this.rows
        .updateTable('rows')
        .set({ data: JSON.stringify(data), grp: row.group, version: row.version + 1 })
        .where('site', '=', this.site)
        .where('table_name', '=', table.name)
        .where('key', '=', row.key)
        .where('version', '=', row.version)
        .executeTakeFirst()
      return result.numUpdatedRows === 1n
    })
  }

  async transaction<T>(words: string, body: (tx: CounterTransaction) => Promise<T>): Promise<T> {
    const { task, site } = this
    const tx = await LiveTransaction.begin(task, site, this.options.kysely, this.options.schema)
    let result: T
    try {
      result = await body(tx)
    } catch (error) {
      await task.step(stepNames.transaction(task.role, words, 'roll back'), () => tx.end(false))
      throw error
    }
    await task.step(stepNames.transaction(task.role, words, 'commit'), () => tx.end(true))
    return result
  }
}
