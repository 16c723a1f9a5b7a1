import { describe, expect, it } from 'vitest'
import type { Seeded } from '../../../world/stage.ts'
import { basesOf, SimulatedTable } from '../../../world/simulated/tables.ts'

const seeded: Seeded = {
  site: 'munakata',
  table: { name: 'residents' },
  rows: ['r-1', 'r-10', 'r-2'].map((key) => ({ key, group: 'household-1', data: key })),
}
const tableOf = (): SimulatedTable => new SimulatedTable(basesOf([seeded], 'munakata').get('residents')!)
const keys = (rows: readonly { readonly key: string }[]): string[] => rows.map(({ key }) => key)

describe('a table that begins with rows', () => {
  it('has them as version 1, found by key, group and range', () => {
    const table = tableOf()

    expect(table.get('r-2')).toEqual({ key: 'r-2', group: 'household-1', version: 1, data: 'r-2' })
    expect(keys(table.list('household-1'))).toEqual(['r-1', 'r-10', 'r-2'])
    expect(keys(table.range('r-1', 1))).toEqual(['r-10'])
  })

  it('counts versions on from there, and finds a row by the group to which it has moved only', () => {
    const table = tableOf()
    table.put('r-2', 'household-2', 'moved')

    expect(table.get('r-2')?.version).toBe(2)
    expect(keys(table.list('household-1'))).toEqual(['r-1', 'r-10'])
    expect(keys(table.list('household-2'))).toEqual(['r-2'])
    expect(table.range('', 10).map(({ data }) => data)).toEqual(['r-1', 'r-10', 'moved'])
  })

  it('leaves them as they were for the next run', () => {
    const first = tableOf()
    first.put('r-1', 'household-1', 'changed')
    first.put('r-3', 'household-1', 'new')

    expect(keys(tableOf().range('', 10))).toEqual(['r-1', 'r-10', 'r-2'])
    expect(tableOf().get('r-1')?.data).toBe('r-1')
  })

  it('belongs to its site', () => {
    expect(basesOf([seeded], 'yokohama').size).toBe(0)
  })
})
