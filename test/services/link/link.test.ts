import { describe, expect, it } from 'vitest'
import type { Resident } from '../../../contract/index.ts'
import { uniformStrategy } from '../../../explore/strategies/uniform.ts'
import { defaultStrategy } from '../../../explore/strategies/default.ts'
import { createLink } from '../../../services/link/link.ts'
import { readMark } from '../../../services/link/mark.ts'
import { householdOf, REPLICA } from '../../../services/link/replica.ts'
import { noReplicaLock } from '../../../services/link/replica-lock/none.ts'
import { changeHousehold, moveIn, moveWithin } from '../../../services/register/counter.ts'
import { RESIDENTS } from '../../../services/register/register.ts'
import type { World } from '../../../world/ports.ts'
import { HANAKO, ICHIRO, PEOPLE, resident, TARO } from '../../oracle/history-builder.ts'
import { crashAt } from '../crash-at.ts'
import { replaced } from '../replaced.ts'
import { CODE, type Drive, eventsOf, HOUR_MS, ISSUING_NODE, REGISTER_NODE, runSmall } from '../small-system.ts'

const ADDRESS = '福岡県宗像市見本台一丁目2番3号'
const LINK_NODE = `link:${CODE}`
const ofResidents = ({ register }: { readonly register: string }): boolean => register === 'residents'
/** Lets one link run of the schedule pass. */
const untilLinked = ({ stage }: Drive) => stage.world(REGISTER_NODE).clock.sleep(HOUR_MS + 1_000)

/** What register and replica say of the same people. */
async function bothSay({ stage }: Drive, ids: readonly string[]): Promise<{ register: unknown[]; replica: unknown[] }> {
  const read = async (world: World, table: typeof REPLICA) => Promise.all(ids.map(async (id) => (await world.database.get(table, id))?.data))
  return { register: await read(stage.world(REGISTER_NODE), RESIDENTS), replica: await read(stage.world(ISSUING_NODE), REPLICA) }
}

describe('the link from register to replica', () => {
  it('is late: what changed at the counter is in the replica after the next run and not before', async () => {
    const { result, events } = await runSmall({}, async (drive) => {
      await moveWithin(drive.stage.world(REGISTER_NODE), 'yamada', ADDRESS)
      const before = await bothSay(drive, [HANAKO.id])
      await untilLinked(drive)
      return { before, after: await bothSay(drive, [HANAKO.id, TARO.id]) }
    })

    expect(result.before.replica).toEqual([HANAKO])
    expect(result.after.replica).toEqual(result.after.register)
    expect(result.after.replica).toMatchObject([{ address: ADDRESS, version: 2 }, { address: ADDRESS, version: 2 }])
    expect(eventsOf(events, 'info', 'replica').map(({ resident: id, version }) => [id, version])).toEqual([[HANAKO.id, 2], [TARO.id, 2]])
  })

  it('runs every so often, each time as long after the last one began', async () => {
    const { events } = await runSmall({ linkEveryMs: 60_000 }, async ({ stage }) => {
      const world = stage.world(REGISTER_NODE)
      await world.clock.sleep(90_000)
      await moveWithin(world, 'yamada', ADDRESS)
      await world.clock.sleep(100_000)
    })

    expect(eventsOf(events, 'ok', 'link').filter(ofResidents)).toHaveLength(3)
    expect(eventsOf(events, 'invoke', 'link').filter(ofResidents).map(({ atMs }) => atMs - 14 * HOUR_MS)).toEqual([60_000, 120_000, 180_000])
  })

  it('carries somebody new over, and moves a person who changes household to the other household\'s group', async () => {
    const jiro = resident('jiro', { household: 'sato', relation: '子' })
    const { result } = await runSmall({ people: PEOPLE }, async (drive) => {
      const world = drive.stage.world(REGISTER_NODE)
      await moveIn(world, [jiro])
      await changeHousehold(world, TARO.id, { household: ICHIRO.household, relation: '同居人', address: ICHIRO.address })
      await untilLinked(drive)
      const issuing = drive.stage.world(ISSUING_NODE)
      const households = await Promise.all(['yamada', ICHIRO.household, 'sato'].map((household) => householdOf(issuing, household)))
      return households.map((members) => members.map(({ id }) => id))
    })

    expect(result).toEqual([[HANAKO.id], [ICHIRO.id, TARO.id], ['jiro']])
  })

  it('carries a change over once, and one that was made twice in its newest version', async () => {
    const { events, result } = await runSmall({}, async (drive) => {
      const world = drive.stage.world(REGISTER_NODE)
      await moveWithin(world, ICHIRO.household, ADDRESS)
      await moveWithin(world, ICHIRO.household, `${ADDRESS}の5`)
      await untilLinked(drive)
      await untilLinked(drive)
      return bothSay(drive, [ICHIRO.id])
    })

    expect(result.replica).toEqual(result.register)
    expect(eventsOf(events, 'info', 'replica').map(({ version }) => version)).toEqual([2, 3])
  })

  it('carries over what is more than one batch', async () => {
    const people = Array.from({ length: 250 }, (_, at) => resident(`p${String(at).padStart(3, '0')}`))
    const { result, events } = await runSmall({}, async (drive) => {
      await moveIn(drive.stage.world(REGISTER_NODE), people)
      await untilLinked(drive)
      return bothSay(drive, people.map(({ id }) => id))
    })

    expect(result.replica).toEqual(result.register)
    expect(eventsOf(events, 'ok', 'link').filter(ofResidents)).toHaveLength(1)
  })

  it('says that a run failed, and the next one goes on from where it was', async () => {
    const { events, result } = await runSmall({ linkEveryMs: 60_000 }, async (drive) => {
      const world = drive.stage.world(REGISTER_NODE)
      await moveWithin(world, 'yamada', ADDRESS)
      // A run of the same link that reaches no register: there is none of that name.
      await createLink('nowhere', { everyMs: 60_000 }, noReplicaLock()).run(drive.stage.world(LINK_NODE)).catch(() => undefined)
      await world.clock.sleep(70_000)
      return bothSay(drive, [HANAKO.id])
    })

    expect(eventsOf(events, 'fail', 'link')).toHaveLength(1)
    expect(result.replica).toEqual(result.register)
  })

  it('never lets a version go back, and agrees in the end, with two runs at once and operations between (seeds 1 to 60)', async () => {
    for (let seed = 1; seed <= 60; seed += 1) {
      const { result, judgement } = await runSmall({ strategy: uniformStrategy(seed, 30), linkEveryMs: 40_000 }, async (drive) => {
        const counter = async (offset: string): Promise<void> => {
          for (let time = 0; time < 3; time += 1) {
            const world = drive.stage.world(REGISTER_NODE)
            await moveWithin(world, 'yamada', `${ADDRESS}の${offset}${String(time)}`)
            await world.clock.sleep(20_000)
          }
        }
        const another = createLink(CODE, { everyMs: 40_000 }, noReplicaLock()).run(drive.stage.world(LINK_NODE))
        await Promise.all([counter('1'), counter('2'), another])
        await createLink(CODE, { everyMs: 40_000 }, noReplicaLock()).run(drive.stage.world(LINK_NODE))
        return bothSay(drive, [HANAKO.id, TARO.id])
      })
      expect({ seed, verdict: judgement.verdict, why: judgement.violations }).toEqual({ seed, verdict: 'pass', why: [] })
      expect(result.replica).toEqual(result.register)
      expect(result.register).toMatchObject([{ version: 7 }, { version: 7 }])
    }
  })

  it('asks in the next run only for what has changed since, whatever the schedule (seeds 1 to 20)', async () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const { result } = await runSmall({ strategy: uniformStrategy(seed) }, async ({ stage }) => {
        const asked: number[] = []
        const world = stage.world(LINK_NODE)
        const call: World['network']['call'] = (operation, municipality, request) => {
          asked.push((request as { after: number }).after)
          return world.network.call(operation, municipality, request)
        }
        const network = replaced(world.network, { call })
        const link = createLink(CODE, { everyMs: HOUR_MS }, noReplicaLock())
        await moveWithin(stage.world(REGISTER_NODE), 'yamada', ADDRESS)
        await link.run(replaced(world, { network }))
        const mark = await readMark(world, 'residents')
        await link.run(replaced(world, { network }))
        return { asked, at: mark.at }
      })
      expect({ seed, ...result }).toEqual({ seed, asked: [0, 2], at: 2 })
    }
  })

  it('says of a run that failed that it failed, also to whoever began it', async () => {
    const { result } = await runSmall({}, ({ stage }) => createLink('nowhere', { everyMs: HOUR_MS }, noReplicaLock()).run(stage.world(LINK_NODE)).then(() => 'ran', () => 'failed'))

    expect(result).toBe('failed')
  })

  it('writes nothing twice where two runs carry the same change', async () => {
    const { events } = await runSmall({}, async ({ stage }) => {
      await moveWithin(stage.world(REGISTER_NODE), ICHIRO.household, ADDRESS)
      await Promise.all([1, 2].map(() => createLink(CODE, { everyMs: HOUR_MS }, noReplicaLock()).run(stage.world(LINK_NODE))))
    })

    expect(eventsOf(events, 'info', 'replica').map(({ version }) => version)).toEqual([2])
  })

  it('is made good by the next run wherever a crash ended one', async () => {
    const people = Array.from({ length: 6 }, (_, at) => resident(`p${String(at)}`))
    const setOff = async (drive: Drive, arm: (stage: Drive['stage']) => void = () => undefined) => {
      arm(drive.stage)
      await moveIn(drive.stage.world(REGISTER_NODE), people)
      await untilLinked(drive)
      await untilLinked(drive)
      return bothSay(drive, people.map(({ id }) => id))
    }
    const steps: string[] = []
    await runSmall({ onStep: ({ process }) => steps.push(process) }, setOff)
    const first = steps.findIndex((process) => process.startsWith(LINK_NODE))
    const last = steps.findLastIndex((process) => process.startsWith(LINK_NODE))

    for (let after = first; after <= last; after += 1) {
      const crash = crashAt(LINK_NODE, after, defaultStrategy())
      const { result, judgement } = await runSmall({ strategy: crash.strategy }, (drive) => setOff(drive, crash.arm))
      expect({ after, replica: result.replica as Resident[], verdict: judgement.verdict }).toEqual({ after, replica: result.register, verdict: 'pass' })
    }
  })
})
