import { describe, expect, it } from 'vitest'
import { stopList } from '../../../services/issuing/stop-check/stop-list.ts'
import { RESIDENTS, writeChanges } from '../../../services/register/register.ts'
import type { World } from '../../../world/ports.ts'
import { changeHousehold, giveMoveOutNotice, moveOut, recordDeath, restrict } from '../../../services/register/counter.ts'
import { HANAKO, sealOf, TARO } from '../../oracle/history-builder.ts'
import { broken, buildOf, CODE, type Drive, eventsOf, ISSUING_NODE, namesOnPapers, REGISTER_NODE, runSmall } from '../small-system.ts'

const STOPPING = [
  ['has moved out with the household', (world: World) => moveOut(world, 'yamada'), 'MOVED_OUT'],
  ['asks for a member who left the household', (world: World) => changeHousehold(world, TARO.id, { household: 'alone', relation: '世帯主', address: TARO.address }), 'NOT_ENTITLED'],
  ['asks for a member under a protective measure', (world: World) => restrict(world, 'yamada'), 'SUPPORT_MEASURE'],
  ['asks for a member whose death is recorded', (world: World) => recordDeath(world, TARO.id), 'DECEASED'],
  ['has given notice of a move out', (world: World) => giveMoveOutNotice(world, 'yamada', '2023-07-10'), 'MOVE_OUT_NOTICE'],
] as const

const build = (stopCheck: string) => buildOf({ 'issuing/stop-check': stopCheck }, { engineBaseMs: 10_000, turnLimitMs: 60_000 })

/** The operation at the counter, then at once the visit; the replica knows nothing of it yet. */
const afterwards = (stopCheck: string, operation: (world: World) => Promise<unknown>) =>
  runSmall({ build: build(stopCheck) }, async ({ stage, visit }) => {
    await operation(stage.world(REGISTER_NODE))
    return visit(HANAKO, { wish: { scope: 'household' } })
  })

/** The operation falls between application and document: the person stands there, the certificate is being made. */
const meanwhile = (stopCheck: string, operation: (world: World) => Promise<unknown>) =>
  runSmall({ build: build(stopCheck) }, async ({ stage, visit }: Drive) => {
    const world = stage.world(REGISTER_NODE)
    const visited = visit(HANAKO, { wish: { scope: 'household' } })
    await world.clock.sleep(17_000)
    await operation(world)
    return visited
  })

describe.each(STOPPING)('an applicant who %s', (_, operation, code) => {
  it('is refused at once where the register\'s stop list is asked (stop-list)', async () => {
    const { result, events, judgement } = await afterwards('stop-list', operation)

    expect(result).toEqual({ end: 'refused', code })
    expect(eventsOf(events, 'fail', 'apply')).toHaveLength(1)
    expect(judgement.verdict).toBe('pass')
  })

  it('is refused before paying where that happens while the certificate is being made (stop-list)', async () => {
    const { result, events, judgement } = await meanwhile('stop-list', operation)

    expect(result).toEqual({ end: 'refused', code })
    expect(eventsOf(events, 'ok', 'apply')).toHaveLength(1)
    expect(eventsOf(events, 'fail', 'document')).toHaveLength(1)
    expect(eventsOf(events, 'ok', 'pay')).toHaveLength(0)
    expect(judgement.verdict).toBe('pass')
  })

  it('gets paper until the link has run where only the replica is asked (none)', async () => {
    const { result, events } = await afterwards('none', operation)

    expect(result).toMatchObject({ end: 'paper' })
    expect(namesOnPapers(events)).toEqual([[HANAKO.name, TARO.name]])
  })
})

describe('the stop list', () => {
  it('is what keeps paper fresh: without it the oracle finds what came out too late', async () => {
    const { judgement } = await afterwards('none', STOPPING[0][1])

    expect(broken(judgement)).toEqual(['FRESH'])
  })

  it('stops nobody whose record changed in any other way', async () => {
    const { result } = await afterwards('stop-list', async (world) => {
      const row = await world.database.get(RESIDENTS, TARO.id)
      await world.database.transaction('correction', (tx) => writeChanges(tx, [{ ...row!.data, kana: 'ヤマダ　タロー', version: 2 }]))
    })

    expect(result).toMatchObject({ end: 'paper' })
  })

  it.each([
    ['nothing of a person with a seal in force', [sealOf(HANAKO)], [], 'through'],
    ['somebody without a seal registration', [], [], 'SEAL_NOT_REGISTERED'],
    ['somebody whose registration was revoked', [sealOf(HANAKO, { status: 'revoked', version: 2 })], [], 'SEAL_REVOKED'],
    ['a certificate with somebody whom the register does not know', [sealOf(HANAKO)], ['ghost'], 'NOT_IN_REGISTER'],
  ])('stops %s', async (_, seals, persons, expected) => {
    const { result } = await runSmall({ seals }, ({ stage }) =>
      stopList().check(stage.world(ISSUING_NODE), CODE, { type: 'seal-certificate', applicant: HANAKO.id, persons }).then(() => 'through', (error: unknown) => (error as Error).message),
    )

    expect(result).toBe(expected)
  })

  it('stops an applicant whom the register does not know', async () => {
    const { result } = await runSmall({}, ({ stage }) =>
      stopList().check(stage.world(ISSUING_NODE), CODE, { type: 'residence-record', applicant: 'ghost', persons: [] }).then(() => 'through', (error: unknown) => (error as Error).message),
    )

    expect(result).toBe('NOT_IN_REGISTER')
  })
})
