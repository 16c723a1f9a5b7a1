import { describe, expect, it } from 'vitest'
import { defaultStrategy } from '../../../explore/strategies/default.ts'
import { uniformStrategy } from '../../../explore/strategies/uniform.ts'
import { readMark } from '../../../services/link/mark.ts'
import { SEAL_REPLICA } from '../../../services/link/replica.ts'
import { changeSequence } from '../../../services/link/seal-delta/change-sequence.ts'
import { createSealLink } from '../../../services/link/seal-link.ts'
import { newerOnly } from '../../../services/link/seal-apply/newer-only.ts'
import { createSealDesk } from '../../../services/register/seal-desk.ts'
import { HANAKO, ICHIRO, resident, sealOf, TARO } from '../../oracle/history-builder.ts'
import { crashAt } from '../crash-at.ts'
import { CODE, type Drive, HOUR_MS, REGISTER_NODE, runSmall } from '../small-system.ts'

const LINK_NODE = `link:${CODE}`
const desk = createSealDesk({ notices: false })
const revoke = ({ stage }: Drive, id: string) => desk.revoke(stage.world(REGISTER_NODE), { resident: id })

/** Whose registrations a run extracts, which then is done. */
async function extracted({ stage }: Drive): Promise<string[]> {
  const { seals, done } = await changeSequence().extract(stage.world(LINK_NODE), CODE, 0)
  await done()
  return seals.map(({ resident: id }) => id)
}

describe('the changes of the seal register (change-sequence)', () => {
  it('are extracted once each, also where the first run found none', async () => {
    const { result } = await runSmall({ seals: [HANAKO, TARO].map((person) => sealOf(person)) }, async (drive) => {
      const none = await extracted(drive)
      await revoke(drive, HANAKO.id)
      const first = await extracted(drive)
      await revoke(drive, TARO.id)
      return [none, first, await extracted(drive), await extracted(drive)]
    })

    expect(result).toEqual([[], [HANAKO.id], [TARO.id], []])
  })

  it.each([100, 130])('are extracted in one run, be they %i', async (count) => {
    const people = Array.from({ length: count }, (_, at) => resident(`p${String(at).padStart(3, '0')}`))
    const { result } = await runSmall({ people, seals: people.map((person) => sealOf(person)) }, async (drive) => {
      for (const { id } of people) await revoke(drive, id)
      return extracted(drive)
    })

    expect(result).toEqual(people.map(({ id }) => id))
  })
})

describe('the seal link', () => {
  it('has moved its mark when a run is over, whatever the schedule (seeds 1 to 20)', async () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const { result } = await runSmall({ seals: [sealOf(HANAKO)], strategy: uniformStrategy(seed) }, async (drive) => {
        await revoke(drive, HANAKO.id)
        const world = drive.stage.world(LINK_NODE)
        await createSealLink(CODE, { everyMs: HOUR_MS, pageMs: 0, transferMs: 0 }, changeSequence(), newerOnly()).run(world)
        return (await readMark(world, 'seals')).at
      })
      expect({ seed, at: result }).toEqual({ seed, at: 1 })
    }
  })

  it('makes good in the next run whatever a crash kept it from carrying over', async () => {
    const people = [HANAKO, TARO, ICHIRO]
    const setOff = async (drive: Drive, arm: (stage: Drive['stage']) => void = () => undefined) => {
      arm(drive.stage)
      for (const { id } of people) await revoke(drive, id)
      await drive.stage.world(REGISTER_NODE).clock.sleep(2 * HOUR_MS + 1_000)
      return Promise.all(people.map(async ({ id }) => (await drive.stage.world(`issuing:${CODE}`).database.get(SEAL_REPLICA, id))?.data.status))
    }
    const seals = people.map((person) => sealOf(person))
    const steps: string[] = []
    await runSmall({ seals, onStep: ({ process }) => steps.push(process) }, setOff)
    const first = steps.findIndex((process) => process.startsWith(LINK_NODE))
    const last = steps.findLastIndex((process) => process.startsWith(LINK_NODE))

    for (let after = first; after <= last; after += 1) {
      const crash = crashAt(LINK_NODE, after, defaultStrategy())
      const { result, judgement } = await runSmall({ seals, strategy: crash.strategy }, (drive) => setOff(drive, crash.arm))
      expect({ after, result, verdict: judgement.verdict }).toEqual({ after, result: people.map(() => 'revoked'), verdict: 'pass' })
    }
  })
})
