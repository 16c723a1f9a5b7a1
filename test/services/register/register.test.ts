import { describe, expect, it } from 'vitest'
import { moveOut, moveWithin } from '../../../services/register/counter.ts'
import { HANAKO, ICHIRO, TARO } from '../../oracle/history-builder.ts'
import { CODE, REGISTER_NODE, runSmall } from '../small-system.ts'

describe('the register\'s list of changes', () => {
  it('goes on after the last one known, so many at a time', async () => {
    const { result } = await runSmall({}, async ({ stage }) => {
      const world = stage.world(REGISTER_NODE)
      const ask = async (after: number, limit: number) => (await world.network.call('changes', CODE, { after, limit })).changes.map(({ sequence }) => sequence)
      const nothing = await ask(0, 10)
      for (let time = 0; time < 6; time += 1) await moveWithin(world, 'yamada', `${HANAKO.address}の${String(time)}`)
      return { nothing, first: await ask(0, 5), next: await ask(5, 5), last: await ask(10, 5), none: await ask(12, 5) }
    })

    expect(result).toEqual({ nothing: [], first: [1, 2, 3, 4, 5], next: [6, 7, 8, 9, 10], last: [11, 12], none: [] })
  })
})

describe('the register\'s stop list', () => {
  it('says of each person asked for what stops an issue, and nothing else of the record', async () => {
    const { result } = await runSmall({}, async ({ stage }) => {
      const world = stage.world(REGISTER_NODE)
      await moveOut(world, ICHIRO.household)
      return world.network.call('stopList', CODE, { residents: [TARO.id, ICHIRO.id] })
    })

    expect(result).toEqual({
      residents: [
        { id: TARO.id, household: 'yamada', status: 'resident', restricted: false, movingOut: false },
        { id: ICHIRO.id, household: ICHIRO.household, status: 'moved-out', restricted: false, movingOut: false },
      ],
    })
  })

  it('leaves out whom it does not know', async () => {
    const { result } = await runSmall({}, ({ stage }) => stage.world(REGISTER_NODE).network.call('stopList', CODE, { residents: ['nobody', HANAKO.id] }))

    expect(result.residents.map(({ id }) => id)).toEqual([HANAKO.id])
  })
})
