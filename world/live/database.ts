import type { Kysely } from 'kysely'
import type { CounterTransaction, Database, Row, TableDefinition } from '../ports.ts'
import { stepNames } from '../step-names.ts'
import { rowOf, rowsOf } from './rows.ts'
import type { LiveTables } from './schema.ts'
import { type Statements, statementsOf } from './statements.ts'
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
  private readonly statements: Statements

  constructor(private readonly options: LiveDatabaseOptions) {
    this.task = options.task
    this.site = options.site
    this.statements = statementsOf(options.kysely, options.schema)
  }

  get<T>(table: TableDefinition<T>, key: string): Promise<Row<T> | undefined> {
    return this.task.step(stepNames.get(this.task.role, table.name), async () => rowOf<T>(await this.statements.rowOfKey(this.site, table.name, key)))
  }

  list<T>(table: TableDefinition<T>, group: string): Promise<readonly Row<T>[]> {
    return this.task.step(stepNames.list(this.task.role, table.name), async () => rowsOf<T>(await this.statements.rowsOfGroup(this.site, table.name, group)))
  }

  range<T>(table: TableDefinition<T>, after: string, limit: number): Promise<readonly Row<T>[]> {
    return this.task.step(stepNames.range(this.task.role, table.name), async () => rowsOf<T>(await this.statements.rowsAfter(this.site, table.name, after, limit)))
  }

  insert<T>(table: TableDefinition<T>, key: string, group: string, data: T): Promise<boolean> {
    return this.task.step(stepNames.insert(this.task.role, table.name), () => this.statements.inserted(this.site, table.name, key, group, JSON.stringify(data)))
  }

  replace<T>(table: TableDefinition<T>, row: Row<T>, data: T): Promise<boolean> {
    return this.task.step(stepNames.replace(this.task.role, table.name), () => this.statements.replaced(this.site, table.name, row, JSON.stringify(data)))
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
