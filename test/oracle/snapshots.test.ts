import { describe, expect, it } from 'vitest'
import { Register } from '../../oracle/register.ts'
import { snapshotsBetween } from '../../oracle/snapshots.ts'
import type { CounterOperation } from '../../oracle/states.ts'
import { changed, HANAKO, ICHIRO, sealOf, TARO } from './history-builder.ts'
import { operation } from './register-times.ts'

/** What the register may have said of Hanako and Taro between two events, as versions. */
function versions(changes: { hanako?: CounterOperation; taro?: CounterOperation }, [fromI, toI]: readonly [number, number]): string[] {
  const register = new Register([])
  for (const person of [HANAKO, TARO]) register.add(person)
  if (changes.hanako !== undefined) register.add(changed(HANAKO, {}), changes.hanako)
  if (changes.taro !== undefined) register.add(changed(TARO, {}), changes.taro)
  const snapshots = snapshotsBetween(register, ['hanako', 'taro'], fromI, toI)
  return snapshots.map((snapshot) => ['hanako', 'taro'].map((id) => String(snapshot.stateOf(id)?.record.version)).join(' '))
}

describe('the register between events 5 and 10', () => {
  const between = [5, 10] as const

  it('is one where nothing happened', () => {
    expect(versions({}, between)).toEqual(['1 1'])
  })

  it.each([
    ['ended before', operation(2, 4), ['2 1']],
    ['ended at the first of them', operation(2, 5), ['2 1']],
    ['ended within', operation(2, 7), ['1 1', '2 1']],
    ['began within and went on', operation(7, 30), ['1 1', '2 1']],
    ['began at the first of them and went on', operation(5, 30), ['1 1', '2 1']],
    ['was under way all the time', operation(2, 30), ['1 1', '2 1']],
    ['began after', operation(11, 30), ['1 1']],
  ])('says of an operation that %s: %j', (_, hanako, expected) => {
    expect(versions({ hanako }, between)).toEqual(expected)
  })

  it('has two operations in the order of their times only, where one ended before the other began', () => {
    expect(versions({ hanako: operation(6, 7), taro: operation(8, 9) }, between)).toEqual(['1 1', '2 1', '2 2'])
  })

  it('has two operations at once in both orders', () => {
    expect(versions({ hanako: operation(6, 9), taro: operation(7, 20) }, between).sort()).toEqual(['1 1', '1 2', '2 1', '2 2'])
  })

  it('shows the whole of an operation on several people, or nothing of it', () => {
    const both = operation(6, 9)

    expect(versions({ hanako: both, taro: both }, between)).toEqual(['1 1', '2 2'])
  })

  it('gives up where more than ten operations on the household were under way at once', () => {
    const register = (count: number): Register => {
      const filled = new Register([])
      filled.add(HANAKO)
      for (let at = 1; at <= count; at++) filled.add({ ...HANAKO, version: at + 1 }, operation(5 + at, 90 + at))
      return filled
    }

    expect(snapshotsBetween(register(10), ['hanako'], 5, 50)).not.toEqual([])
    expect(() => snapshotsBetween(register(11), ['hanako'], 5, 50)).toThrow('11 counter operations were under way')
  })
})

describe('one instant of the register', () => {
  const register = new Register([])
  for (const person of [HANAKO, TARO, ICHIRO]) register.add(person)
  register.addSeal(sealOf(HANAKO))
  const [snapshot] = snapshotsBetween(register, ['hanako'], 0, 1)

  it('knows who lives together, and nobody with somebody it does not know', () => {
    expect(snapshot?.householdOf('hanako', ['hanako', 'taro', 'ichiro'])).toEqual(['hanako', 'taro'])
    expect(snapshot?.householdOf('nobody', ['no-one', 'hanako'])).toEqual([])
  })

  it('knows the head of a household by household, relation and name', () => {
    const isHead = (household: string, name: string) => snapshot?.hasHead(household, name, ['hanako', 'taro', 'ichiro', 'nobody'])

    expect(isHead('yamada', HANAKO.name)).toBe(true)
    expect([isHead('yamada', TARO.name), isHead('yamada', ICHIRO.name), isHead('other', HANAKO.name)]).toEqual([false, false, false])
  })

  it('knows whose seal is registered', () => {
    expect([snapshot?.sealOf('hanako')?.impression, snapshot?.sealOf('taro')]).toEqual(['山田', undefined])
  })
})
