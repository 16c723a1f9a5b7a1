import { describe, expect, it } from 'vitest'
import { possibleFrom, possibleTo, RecordStates, statesAt } from '../../oracle/states.ts'
import { operation } from './register-times.ts'

const second = operation(10, 12)
const third = operation(20, 24)

/** A record in three versions, heard of in some order. */
function states(order = [1, 2, 3]): RecordStates<{ version: number }> {
  const all = new RecordStates<{ version: number }>()
  const made = [undefined, undefined, second, third]
  for (const version of order) all.add('hanako', { version }, made[version])
  return all
}
const versionsAt = (i: number, order?: number[]) => statesAt(states(order).of('hanako'), i).map(({ record }) => record.version)

describe('the states of a record', () => {
  it.each([[[1, 2, 3]], [[1, 3, 2]]])('are ordered by version, heard in the order %j, each replaced by the next', (order) => {
    const known = states(order).of('hanako')

    expect(known.map(({ record }) => record.version)).toEqual([1, 2, 3])
    expect(known.map(({ next }) => next)).toEqual([second, third, undefined])
  })

  it.each([
    [5, [1]],
    [11, [1, 2]],
    [15, [2]],
    [22, [2, 3]],
    [30, [3]],
  ])('that may have been in force at event %i are the versions %j', (i, versions) => {
    expect(versionsAt(i)).toEqual(versions)
    expect(versionsAt(i, [1, 3, 2])).toEqual(versions)
  })

  it('may have been in force from the beginning of what made them to the end of what replaced them', () => {
    const known = states().of('hanako')

    expect(known.map(possibleFrom)).toEqual([-1, 10, 20])
    expect(known.map(possibleTo)).toEqual([12, 24, Infinity])
  })

  it('begin with the first, and nobody unknown has any', () => {
    expect(states().of('hanako')[0]).toStrictEqual({ record: { version: 1 }, next: second })
    expect(states().of('taro')).toEqual([])
    expect(states([1, 1]).of('hanako')).toStrictEqual([{ record: { version: 1 } }, { record: { version: 1 } }])
    expect([states().empty, new RecordStates().empty]).toEqual([false, true])
  })
})
