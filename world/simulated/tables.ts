import type { Row } from '../ports.ts'
import type { Seeded } from '../stage.ts'

/** Rows that many runs share: what a site has from the beginning. Never written; a run puts its own rows over it. */
export interface BaseTable {
  readonly rows: ReadonlyMap<string, Row<unknown>>
  readonly groups: ReadonlyMap<string, readonly string[]>
}

export const EMPTY_BASE: BaseTable = { rows: new Map(), groups: new Map() }

/** Makes a base of rows of version 1. */
export function baseTable(rows: readonly { readonly key: string; readonly group: string; readonly data: unknown }[]): BaseTable {
  const byKey = new Map<string, Row<unknown>>()
  const groups = new Map<string, string[]>()
  for (const { key, group, data } of rows) {
    byKey.set(key, { key, group, version: 1, data })
    groups.set(group, [...(groups.get(group) ?? []), key])
  }
  return { rows: byKey, groups }
}

/** Byte order, as PostgreSQL's "C" collation: the same in both worlds, whatever the locale. */
const byKey = (a: Row<unknown>, b: Row<unknown>): number => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)

/** One table of one run: its own rows over a shared base. */
export class SimulatedTable {
  private readonly own = new Map<string, Row<unknown>>()
  private readonly ownGroups = new Map<string, Set<string>>()
  /** The run's own keys in order, made when somebody asks for a range and kept while nothing is added. */
  private ordered: Row<unknown>[] | undefined

  constructor(private readonly base: BaseTable) {}

  get(key: string): Row<unknown> | undefined {
    return this.own.get(key) ?? this.base.rows.get(key)
  }

  list(group: string): Row<unknown>[] {
    const keys = new Set([...(this.base.groups.get(group) ?? []), ...(this.ownGroups.get(group) ?? [])])
    const rows: Row<unknown>[] = []
    for (const key of keys) {
      const row = this.get(key)
      if (row?.group === group) rows.push(row)
    }
    return rows.sort(byKey)
  }

  range(after: string, limit: number): Row<unknown>[] {
    this.ordered ??= [...new Map([...this.base.rows, ...this.own]).values()].sort(byKey)
    const start = this.ordered.findIndex(({ key }) => key > after)
    return start < 0 ? [] : this.ordered.slice(start, start + limit)
  }

  put(key: string, group: string, data: unknown): void {
    const version = (this.get(key)?.version ?? 0) + 1
    this.own.set(key, { key, group, version, data })
    const members = this.ownGroups.get(group)
    if (members === undefined) this.ownGroups.set(group, new Set([key]))
    else members.add(key)
    this.ordered = undefined
  }
}

const baseCache = new WeakMap<Seeded, BaseTable>()

/** The bases of one site's tables. A seeded table is made into a base once, however many runs begin from it. */
export function basesOf(seeded: readonly Seeded[], site: string): ReadonlyMap<string, BaseTable> {
  const bases = new Map<string, BaseTable>()
  for (const one of seeded) {
    if (one.site !== site) continue
    let base = baseCache.get(one)
    if (base === undefined) {
      base = baseTable(one.rows)
      baseCache.set(one, base)
    }
    bases.set(one.table.name, base)
  }
  return bases
}
