import { describe, expect, it } from 'vitest'
import { readSheet } from '../../../contract/index.ts'
import { DOMICILE_USERS, registerForUse } from '../../../services/issuing/domicile-users.ts'
import type { World } from '../../../world/ports.ts'
import { ELSEWHERE, ELSEWHERE_FAMILY, FAMILIES, FAMILY_PEOPLE, JIRO, WITH_FAMILIES } from '../families.ts'
import { replaced } from '../replaced.ts'
import { broken, buildOf, cardOf, type Drive, eventsOf, ISSUING_NODE, MUNICIPALITY, NET, runSmall, type SmallOptions } from '../small-system.ts'

const TODAY = '2023-06-28'
const OPTIONS: SmallOptions = { people: FAMILY_PEOPLE, families: [...FAMILIES, ELSEWHERE_FAMILY], elsewhere: [ELSEWHERE], municipality: WITH_FAMILIES }
const wish = { type: 'family-register', scope: 'household' } as const
const registered = (stage: Drive['stage'], from = TODAY) => registerForUse(stage.world(ISSUING_NODE), ELSEWHERE, from)

/** What becomes of somebody who lives elsewhere and comes with this wish. */
async function comes(options: SmallOptions, given: Parameters<Drive['visit']>[1] = { wish }, from = TODAY) {
  return runSmall({ ...OPTIONS, ...options }, async ({ stage, visit }) => {
    await registered(stage, from)
    return visit(ELSEWHERE, given)
  })
}

describe('somebody who lives elsewhere', () => {
  it.each([['with', NET], ['without', {}]])('gets his own family register where he has registered for use, %s the net', async (_with, parts) => {
    const { result, events, judgement } = await comes({ build: buildOf(parts) })

    expect(result).toMatchObject({ end: 'paper', sheets: 1 })
    expect(eventsOf(events, 'ok', 'print').map((print) => print.sheets.map(readSheet))).toMatchObject([[{ sheet: { type: 'family-register', head: ELSEWHERE.name, persons: [{ name: ELSEWHERE.name }] } }]])
    expect(judgement).toMatchObject({ verdict: 'pass', wrongPapers: 0 })
    expect(eventsOf(events, 'info', 'domicile-user')).toMatchObject([{ resident: ELSEWHERE.id, from: TODAY }])
  })

  it('may use it from the day on that was given, and not before', async () => {
    expect((await comes({}, { wish }, '2023-06-29')).result).toEqual({ end: 'refused', code: 'DOMICILE_USE_NOT_REGISTERED' })
    expect((await comes({ date: '2023-06-29' }, { wish }, '2023-06-29')).result).toMatchObject({ end: 'paper' })
  })

  it('is offered and given no certificate of another type', async () => {
    const { result } = await runSmall(OPTIONS, async ({ stage, visit }) => {
      await registered(stage)
      const card = cardOf(ELSEWHERE)
      const applicant = { resident: ELSEWHERE.id, face: card.face(), elsewhere: true } as const
      const offer = await stage.world('centre').network.call('offer', MUNICIPALITY.code, { applicant })
      return { offer, end: await visit(ELSEWHERE, { card, wish: { type: 'residence-record' } }) }
    })

    expect(result).toEqual({ offer: { types: ['family-register', 'family-register-extract'], members: [] }, end: { end: 'refused', code: 'NOT_IN_REGISTER' } })
  })

  it('is told that there is nothing for him where no family registers are certified', async () => {
    const { result } = await runSmall({ elsewhere: [ELSEWHERE] }, ({ visit }) => visit(ELSEWHERE))

    expect(result).toEqual({ end: 'refused', code: 'NOT_IN_REGISTER' })
  })

  it('is refused where his name is another by now than the one he registered under, and below the minimum age', async () => {
    const renamed = { ...ELSEWHERE, name: '余所　三郎' }

    expect((await comes({}, { wish, card: cardOf(renamed) })).result).toEqual({ end: 'refused', code: 'REGISTER_BEING_UPDATED' })
    expect((await comes({ municipality: { ...WITH_FAMILIES, minimumAge: 120 } })).result).toEqual({ end: 'refused', code: 'UNDER_AGE' })
  })

  it('may register again, and never without a registered domicile', async () => {
    const { result, events, judgement } = await runSmall(OPTIONS, async ({ stage, visit }) => {
      const { domicile: _, ...without } = ELSEWHERE
      const refused = await registerForUse(stage.world(ISSUING_NODE), without, TODAY).then(() => 'entered', (error: unknown) => (error as Error).message)
      await registered(stage, '2023-07-03')
      const early = await visit(ELSEWHERE, { wish })
      await registered(stage)
      return [refused, early, await visit(ELSEWHERE, { wish })]
    })

    expect(result).toMatchObject(['NOT_IN_REGISTER', { end: 'refused', code: 'DOMICILE_USE_NOT_REGISTERED' }, { end: 'paper' }])
    expect(eventsOf(events, 'info', 'log')).toMatchObject([{ level: 'warn', code: 'NOT_IN_REGISTER' }])
    expect(judgement).toMatchObject({ verdict: 'pass', checks: { ENTITLED: 'pass' } })
  })

  it('is refused where nobody has registered him, and not entered without domicile or without head', async () => {
    const { result } = await runSmall(OPTIONS, async ({ stage, visit }) => {
      const world = stage.world(ISSUING_NODE)
      const refusals: string[] = []
      for (const left of ['domicile', 'domicileHead'] as const) {
        const { [left]: _, ...without } = ELSEWHERE
        refusals.push(await registerForUse(world, without, TODAY).then(() => 'entered', (error: unknown) => (error as Error).message))
      }
      return { refusals, row: await world.database.get(DOMICILE_USERS, ELSEWHERE.id), end: await visit(ELSEWHERE, { wish }) }
    })

    expect(result).toEqual({ refusals: ['NOT_IN_REGISTER', 'NOT_IN_REGISTER'], row: undefined, end: { end: 'refused', code: 'DOMICILE_USE_NOT_REGISTERED' } })
  })

  it('is on record as registered once he is in the table', async () => {
    const { result, events } = await runSmall(OPTIONS, async ({ stage }) => {
      const world = stage.world(ISSUING_NODE)
      const slow = replaced<World['database']>(world.database, {
        insert: async (...row) => {
          await world.clock.sleep(1_000)
          return world.database.insert(...row)
        },
      })
      const begunMs = stage.now()
      await registerForUse(replaced<World>(world, { database: slow }), ELSEWHERE, TODAY)
      return begunMs
    })

    expect(eventsOf(events, 'info', 'domicile-user').map(({ atMs }) => atMs - result)).toEqual([1_000])
  })

  it('and a resident who ask at once each get their own, and the same second makes one of them get the other\'s where K3 is', async () => {
    const both = (variant: string) =>
      runSmall({ ...OPTIONS, build: buildOf({ 'exchange/request': variant }) }, async ({ stage, visit }) => {
        await registered(stage)
        return Promise.all([visit(ELSEWHERE, { wish }), visit(JIRO, { kiosk: 'shop-2', wish })])
      })

    expect((await both('own-id')).judgement).toMatchObject({ verdict: 'pass', wrongPapers: 0 })
    expect(broken((await both('second-of-the-clock')).judgement)).toEqual(expect.arrayContaining(['SUBJECT', 'UNIQUE']))
  })
})
