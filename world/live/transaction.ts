import { type ControlledTransaction, type Kysely, sql } from 'kysely'
import type { CounterTransaction, Row, TableDefinition } from '../ports.ts'
import { stepNames } from '../step-names.ts'
import { rowOf, rowsOf, rowsOfTable } from './rows.ts'
import type { LiveTables } from './schema.ts'
import type { LiveTask } from './task.ts'

/**
 * An open transaction of the counter (read committed). What it reads it locks: rows by `for update`; a key that has no row
 * yet by an advisory lock on its name, so that of two which find it missing the second waits and then finds the first's row.
 * A crash of its node rolls it back.
 */
export class LiveTransaction implements CounterTransaction {
  private open = true
  private readonly forget: () => void

  private constructor(
    private readonly task: LiveTask,
    private readonly site: string,
    private readonly transaction: ControlledTransaction<LiveTables>,
    private readonly rows: Kysely<LiveTables>,
  ) {
    this.forget = task.life.onDeath(() => {
      this.end(false).catch(() => undefined)
    })
  }

  static async begin(task: LiveTask, site: string, kysely: Kysely<LiveTables>, schema: string): Promise<LiveTransaction> {
    const transaction = await kysely.startTransaction().execute()
    return new LiveTransaction(task, site, transaction, transaction.withSchema(schema))
  }

  get<T>(table: TableDefinition<T>, key: string): Promise<Row<T> | undefined> {
    return this.task.step(stepNames.lock(this.task.role, table.name), async () => {
      const read = rowsOfTable(this.rows, this.site, table).where('key', '=', key).forUpdate()
      const row = await read.executeTakeFirst()
      if (row !== undefined) return rowOf<T>(row)
      await this.lockMissing(table.name, key)
      return rowOf<T>(await read.executeTakeFirst())
    })
  }

  list<T>(table: TableDefinition<T>, group: string): Promise<readonly Row<T>[]> {
    return this.task.step(stepNames.lock(this.task.role, table.name), async () =>
      rowsOf<T>(
        await rowsOfTable(this.rows, this.site, table).where('grp', '=', group).orderBy('key').forUpdate().execute(),
      ),
    )
  }

  put<T>(table: TableDefinition<T>, key: string, group: string, data: T): Promise<void> {
    return this.task.step(stepNames.put(this.task.role, table.name), async () => {
      const json = JSON.stringify(data)
      await this.rows
        .insertInto('rows')
        .values({ site: this.site, table_name: table.name, key, grp: group, version: 1, data: json })
        .onConflict((conflict) =>
          conflict
            .columns(['site', 'table_name', 'key'])
            .doUpdateSet({ grp: group, data: json, version: sql<number>`rows.version + 1` }),
        )
        .execute()
    })
  }

  /** Ends it once; a second end, as after a crash, does nothing. */
  async end(commit: boolean): Promise<void> {
    if (!this.open) return
    this.open = false
    this.forget()
    await (commit ? this.transaction.commit() : this.transaction.rollback()).execute()
  }

  private async lockMissing(table: string, key: string): Promise<void> {
    const name = `${this.site}/${table}/${key}`
    await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(this.transaction)
  }
}
