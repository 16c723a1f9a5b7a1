import type { CounterTransaction, Database, Row, TableDefinition } from '../ports.ts'
import { stepNames } from '../step-names.ts'
import type { SimulatedProcess, Waitable } from './process.ts'
import { type BaseTable, EMPTY_BASE, SimulatedTable } from './tables.ts'

/**
 * The databases' state of one site: tables by name, and who holds which row. As a resource that steps touch it is a path:
 * `database:munakata/residents/r-1` is a row, `database:munakata/residents/` a table, `database:munakata/` all of it.
 */
export class SimulatedStore {
  private readonly tables = new Map<string, SimulatedTable>()
  private readonly locks = new Map<string, RowLock>()

  constructor(
    readonly site: string,
    private readonly bases: ReadonlyMap<string, BaseTable>,
  ) {}

  table(name: string): SimulatedTable {
    let table = this.tables.get(name)
    if (table === undefined) {
      table = new SimulatedTable(this.bases.get(name) ?? EMPTY_BASE)
      this.tables.set(name, table)
    }
    return table
  }

  row(table: string, key: string): string {
    return `database:${this.site}/${table}/${key}`
  }

  /** Rows as somebody waits for them, who may hold some of them already: for one at a time, until all are free. */
  waitable(table: string, keys: () => readonly string[], asker?: object): Waitable {
    const held = (): RowLock | undefined => {
      for (const key of keys()) {
        const lock = this.locks.get(`${table}/${key}`)
        if (lock !== undefined && lock.holder !== asker) return lock
      }
      return undefined
    }
    return { isFree: () => held() === undefined, wait: (call) => void held()?.waiting.push(call) }
  }

  lock(table: string, key: string, holder: object): void {
    const name = `${table}/${key}`
    if (!this.locks.has(name)) this.locks.set(name, { holder, waiting: [] })
  }

  /** Lets go of all that `holder` holds and gives back who waited for it. */
  unlockAll(holder: object): (() => void)[] {
    const waiting: (() => void)[] = []
    for (const [name, lock] of this.locks) {
      if (lock.holder !== holder) continue
      this.locks.delete(name)
      waiting.push(...lock.waiting)
    }
    return waiting
  }
}

interface RowLock {
  readonly holder: object
  readonly waiting: (() => void)[]
}

/** The database port of one process. */
export class SimulatedDatabase implements Database {
  constructor(
    private readonly process: SimulatedProcess,
    private readonly store: SimulatedStore,
  ) {}

  get<T>(table: TableDefinition<T>, key: string): Promise<Row<T> | undefined> {
    return this.process.step(stepNames.get(this.process.role, table.name), { reads: this.store.row(table.name, key) }, () =>
      rowOf<T>(this.store.table(table.name).get(key)),
    )
  }

  list<T>(table: TableDefinition<T>, group: string): Promise<readonly Row<T>[]> {
    return this.process.step(stepNames.list(this.process.role, table.name), { reads: this.store.row(table.name, '') }, () =>
      rowsOf<T>(this.store.table(table.name).list(group)),
    )
  }

  range<T>(table: TableDefinition<T>, after: string, limit: number): Promise<readonly Row<T>[]> {
    return this.process.step(stepNames.range(this.process.role, table.name), { reads: this.store.row(table.name, '') }, () =>
      rowsOf<T>(this.store.table(table.name).range(after, limit)),
    )
  }

  insert<T>(table: TableDefinition<T>, key: string, group: string, data: T): Promise<boolean> {
    return this.write(stepNames.insert(this.process.role, table.name), table.name, key, () => {
      const rows = this.store.table(table.name)
      if (rows.get(key) !== undefined) return false
      rows.put(key, group, data)
      return true
    })
  }

  replace<T>(table: TableDefinition<T>, row: Row<T>, data: T): Promise<boolean> {
    return this.write(stepNames.replace(this.process.role, table.name), table.name, row.key, () => {
      const rows = this.store.table(table.name)
      if (rows.get(row.key)?.version !== row.version) return false
      rows.put(row.key, row.group, data)
      return true
    })
  }

  async transaction<T>(words: string, body: (tx: CounterTransaction) => Promise<T>): Promise<T> {
    const tx = new SimulatedTransaction(this.process, this.store)
    const name = (end: string): string => stepNames.transaction(this.process.role, words, end)
    const forget = this.process.onDeath(() => {
      tx.end(false)
    })
    const touch = { writes: `database:${this.store.site}/` }
    const end = (word: string, commit: boolean): Promise<void> =>
      this.process.step(name(word), touch, () => {
        forget()
        tx.end(commit)
      })
    try {
      const result = await body(tx)
      await end('commit', true)
      return result
    } catch (error) {
      await end('roll back', false)
      throw error
    }
  }

  /** A single-statement write: it waits while a transaction holds the row. */
  private write(name: string, table: string, key: string, perform: () => boolean): Promise<boolean> {
    const row = this.store.row(table, key)
    const touch = { reads: row, writes: row }
    return this.process.blockingStep(name, touch, this.store.waitable(table, () => [key]), perform)
  }
}

/** An open transaction: its writes are its own until the commit. */
class SimulatedTransaction implements CounterTransaction {
  private readonly writes = new Map<string, { table: string; key: string; group: string; data: unknown }>()
  private open = true

  constructor(
    private readonly process: SimulatedProcess,
    private readonly store: SimulatedStore,
  ) {}

  get<T>(table: TableDefinition<T>, key: string): Promise<Row<T> | undefined> {
    return this.locked(stepNames.lock(this.process.role, table.name), table.name, key, () => {
      this.store.lock(table.name, key, this)
      return rowOf<T>(this.seen(table.name, key))
    })
  }

  /** Locks every row of the group in one step, once all of them are free. */
  list<T>(table: TableDefinition<T>, group: string): Promise<readonly Row<T>[]> {
    const resource = this.store.row(table.name, '')
    const rows = this.store.waitable(table.name, () => this.keysOf(table.name, group), this)
    return this.process.blockingStep(stepNames.lock(this.process.role, table.name), { reads: resource, writes: resource }, rows, () =>
      this.keysOf(table.name, group).flatMap((key) => {
        const row = rowOf<T>(this.seen(table.name, key))
        this.store.lock(table.name, key, this)
        return row?.group === group ? [row] : []
      }),
    )
  }

  put<T>(table: TableDefinition<T>, key: string, group: string, data: T): Promise<void> {
    return this.locked(stepNames.put(this.process.role, table.name), table.name, key, () => {
      this.store.lock(table.name, key, this)
      this.writes.set(`${table.name}/${key}`, { table: table.name, key, group, data })
    })
  }

  /** Ends it once; a second end, as after a crash, does nothing. */
  end(commit: boolean): void {
    if (!this.open) return
    this.open = false
    if (commit) for (const { table, key, group, data } of this.writes.values()) this.store.table(table).put(key, group, data)
    for (const wake of this.store.unlockAll(this)) wake()
  }

  private locked<T>(name: string, table: string, key: string, perform: () => T): Promise<T> {
    const row = this.store.row(table, key)
    return this.process.blockingStep(name, { reads: row, writes: row }, this.store.waitable(table, () => [key], this), perform)
  }

  /** The keys of a group as this transaction sees it, in byte order. */
  private keysOf(table: string, group: string): string[] {
    const keys = new Set(this.store.table(table).list(group).map(({ key }) => key))
    for (const row of this.writes.values()) if (row.table === table && row.group === group) keys.add(row.key)
    return [...keys].sort()
  }

  private seen(table: string, key: string): Row<unknown> | undefined {
    const stored = this.store.table(table).get(key)
    const written = this.writes.get(`${table}/${key}`)
    return written === undefined ? stored : { key, group: written.group, version: (stored?.version ?? 0) + 1, data: written.data }
  }
}

/** A table holds rows of its definition's type only, since every write goes through the definition. */
const rowOf = <T>(row: Row<unknown> | undefined): Row<T> | undefined => row as Row<T> | undefined
const rowsOf = <T>(rows: readonly Row<unknown>[]): readonly Row<T>[] => rows as readonly Row<T>[]
