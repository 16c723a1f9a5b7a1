import { describe, expect, it } from 'vitest'
import { uniformStrategy } from '../../../explore/strategies/uniform.ts'
import { changeHousehold, giveMoveOutNotice, liftRestriction, moveIn, moveOut, moveWithin, recordDeath, restrict } from '../../../services/register/counter.ts'
import { CHANGES, RESIDENTS } from '../../../services/register/register.ts'
import type { World } from '../../../world/ports.ts'
import { HANAKO, ICHIRO, resident, TARO } from '../../oracle/history-builder.ts'
import { CODE, eventsOf, REGISTER_NODE, runSmall } from '../small-system.ts'

const TODAY = '2023-06-28'
const ADDRESS = '福岡県宗像市見本台一丁目2番3号'

/** Runs operations at the counter; gives what the register and its list of changes say afterwards. */
function atCounter<T>(body: (world: World) => Promise<T>) {
  return runSmall({}, async ({ stage }) => {
    const world = stage.world(REGISTER_NODE)
    const done = await body(world).then((value) => value, (error: unknown) => (error as Error).message)
    const residents = new Map<string, unknown>()
    for (const id of [HANAKO.id, TARO.id, ICHIRO.id, 'newcomer']) residents.set(id, (await world.database.get(RESIDENTS, id))?.data)
    const changes = (await world.database.range(CHANGES, '', 100)).map(({ data }) => data)
    return { done, residents, changes }
  })
}

describe('moving within the municipality', () => {
  it('takes the whole household to the new address and keeps the old one as previous', async () => {
    const { result, events } = await atCounter((world) => moveWithin(world, 'yamada', ADDRESS))

    for (const person of [HANAKO, TARO]) {
      expect(result.residents.get(person.id)).toEqual({
        ...person,
        address: ADDRESS,
        previousAddress: person.address,
        addressFixed: TODAY,
        notified: TODAY,
        version: 2,
      })
    }
    expect(result.residents.get(ICHIRO.id)).toEqual(ICHIRO)
    expect(eventsOf(events, 'invoke', 'counter')).toMatchObject([{ operation: 'move within', residents: [HANAKO.id, TARO.id] }])
    expect(eventsOf(events, 'ok', 'counter')).toMatchObject([{ operation: 'move within', residents: [{ id: HANAKO.id, version: 2 }, { id: TARO.id, version: 2 }] }])
  })
})

describe('moving out', () => {
  it('marks everybody of the household and nobody else', async () => {
    const { result } = await atCounter((world) => moveOut(world, 'yamada'))

    expect(result.residents.get(HANAKO.id)).toEqual({ ...HANAKO, status: 'moved-out', notified: TODAY, version: 2 })
    expect(result.residents.get(TARO.id)).toMatchObject({ status: 'moved-out', version: 2 })
    expect(result.residents.get(ICHIRO.id)).toMatchObject({ status: 'resident', version: 1 })
  })
})

describe('a move-out notice', () => {
  it('is noted with its day for the whole household, whose records stay as they are otherwise', async () => {
    const { result } = await atCounter((world) => giveMoveOutNotice(world, 'yamada', '2023-07-10'))

    expect(result.residents.get(HANAKO.id)).toEqual({ ...HANAKO, movingOutOn: '2023-07-10', version: 2 })
    expect(result.residents.get(TARO.id)).toMatchObject({ movingOutOn: '2023-07-10', status: 'resident' })
    expect(result.residents.get(ICHIRO.id)).toEqual(ICHIRO)
  })
})

describe('a protective measure', () => {
  it('begins and ends for the whole household', async () => {
    const { result } = await atCounter(async (world) => {
      const begun = await restrict(world, 'yamada')
      return { begun, ended: await liftRestriction(world, 'yamada') }
    })

    expect(result.done).toMatchObject({ begun: [{ restricted: true, version: 2 }, { restricted: true }], ended: [{ restricted: false, version: 3 }, { restricted: false }] })
  })
})

describe('a death', () => {
  it('is recorded of one person, once', async () => {
    const { result } = await atCounter((world) => recordDeath(world, TARO.id))
    const twice = await atCounter(async (world) => {
      await recordDeath(world, TARO.id)
      return recordDeath(world, TARO.id)
    })

    expect(result.residents.get(TARO.id)).toEqual({ ...TARO, status: 'deceased', notified: TODAY, version: 2 })
    expect(result.residents.get(HANAKO.id)).toEqual(HANAKO)
    expect(twice.result.done).toBe('NOT_IN_REGISTER')
  })
})

describe('a change of household', () => {
  it('takes one person to another household, and to its address where that differs', async () => {
    const to = { household: ICHIRO.household, relation: '同居人', address: ICHIRO.address }
    const { result } = await atCounter((world) => changeHousehold(world, TARO.id, to))

    expect(result.residents.get(TARO.id)).toEqual({ ...TARO, ...to, previousAddress: TARO.address, addressFixed: TODAY, notified: TODAY, version: 2 })
    expect(result.residents.get(HANAKO.id)).toEqual(HANAKO)
  })

  it('at the same address leaves the previous address and its date as they were', async () => {
    const to = { household: 'alone', relation: '世帯主', address: TARO.address }
    const { result } = await atCounter((world) => changeHousehold(world, TARO.id, to))

    expect(result.residents.get(TARO.id)).toEqual({ ...TARO, ...to, notified: TODAY, version: 2 })
  })
})

describe('moving in', () => {
  it('registers people with version 1', async () => {
    const { result } = await atCounter((world) => moveIn(world, [resident('newcomer', { version: 9 })]))

    expect(result.residents.get('newcomer')).toMatchObject({ version: 1 })
  })

  it('registers nobody where one of them is registered already', async () => {
    const { result, events } = await atCounter((world) => moveIn(world, [resident('newcomer'), HANAKO]))

    expect(result.done).toBe('REGISTER_BEING_UPDATED')
    expect(result.residents.get('newcomer')).toBeUndefined()
    expect(result.changes).toEqual([])
    expect(eventsOf(events, 'fail', 'counter')).toMatchObject([{ operation: 'move in' }])
  })
})

describe('an operation at the counter', () => {
  it.each([
    ['a household that nobody knows', (world: World) => moveWithin(world, 'nobody', ADDRESS)],
    ['a household that moves out and is not there', (world: World) => moveOut(world, 'nobody')],
    ['a person whom nobody knows', (world: World) => changeHousehold(world, 'nobody', { household: 'x', relation: '子', address: ADDRESS })],
  ])('on %s fails, and the history says that it failed', async (_, operation) => {
    const { result, events } = await atCounter(operation)

    expect(result.done).toBe('NOT_IN_REGISTER')
    expect(eventsOf(events, 'fail', 'counter')).toHaveLength(1)
    expect(eventsOf(events, 'ok', 'counter')).toHaveLength(0)
  })

  it('leaves its changes in the list in commit order, without gap or repetition, however many work at once (seeds 1 to 60)', async () => {
    for (let seed = 1; seed <= 60; seed += 1) {
      const { result, events } = await runSmall({ strategy: uniformStrategy(seed) }, async ({ stage }) => {
        const world = () => stage.world(REGISTER_NODE)
        await Promise.all([
          moveWithin(world(), 'yamada', ADDRESS),
          changeHousehold(world(), TARO.id, { household: ICHIRO.household, relation: '同居人', address: ICHIRO.address }),
          moveOut(world(), ICHIRO.household),
          moveIn(world(), [resident('newcomer')]),
        ])
        return world().network.call('changes', CODE, { after: 0, limit: 100 })
      })
      const { changes } = result
      const committed = eventsOf(events, 'ok', 'counter').flatMap(({ residents }) => residents.map(({ id, version }) => `${id} ${String(version)}`))
      expect({ seed, sequence: changes.map(({ sequence }) => sequence) }).toEqual({ seed, sequence: changes.map((_, at) => at + 1) })
      expect({ seed, changes: changes.map(({ resident: { id, version } }) => `${id} ${String(version)}`) }).toEqual({ seed, changes: committed })
    }
  })

  it('of people in any order never waits for another for ever (seeds 1 to 60)', async () => {
    const [a, b] = [resident('newcomer-a'), resident('newcomer-b')]
    for (let seed = 1; seed <= 60; seed += 1) {
      const { result } = await runSmall({ strategy: uniformStrategy(seed) }, ({ stage }) =>
        Promise.allSettled([moveIn(stage.world(REGISTER_NODE), [a, b]), moveIn(stage.world(REGISTER_NODE), [b, a])]),
      )
      expect({ seed, ends: result.map(({ status }) => status).sort() }).toEqual({ seed, ends: ['fulfilled', 'rejected'] })
    }
  })
})
