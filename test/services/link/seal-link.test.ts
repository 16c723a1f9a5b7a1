import { describe, expect, it } from 'vitest'
import { SEAL_REPLICA } from '../../../services/link/replica.ts'
import { createSealDesk } from '../../../services/register/seal-desk.ts'
import { HANAKO, resident, sealOf } from '../../oracle/history-builder.ts'
import { broken, buildOf, eventsOf, HOUR_MS, ISSUING_NODE, REGISTER_NODE, runSmall } from '../small-system.ts'

const START_MS = 14 * HOUR_MS
const EVERY_MS = 60_000
const PAGE_MS = 4_000
/** When the clerk opens a revocation, before the first run or during it, and what each way of finding changes makes of it. */
const OPENED = [
  ['before a run begins', EVERY_MS - 1_000, { 'watermark-at-end': 'lost', 'watermark-at-start': 'lost', 'change-sequence': 'carried' }],
  ['during a run', EVERY_MS + 1_000, { 'watermark-at-end': 'lost', 'watermark-at-start': 'carried', 'change-sequence': 'carried' }],
  ['after a run', EVERY_MS + 10_000, { 'watermark-at-end': 'carried', 'watermark-at-start': 'carried', 'change-sequence': 'carried' }],
] as const

/** Revokes a seal by an operation of ten seconds that begins so long after the start, and lets three more runs pass. */
const revokeAt = (delta: string, afterMs: number) =>
  runSmall({ build: buildOf({ 'link/seal-delta': delta }), seals: [sealOf(HANAKO)], sealLink: { everyMs: EVERY_MS, pageMs: PAGE_MS } }, async ({ stage }) => {
    const world = stage.world(REGISTER_NODE)
    await world.clock.sleep(afterMs)
    await createSealDesk({ notices: false }).revoke(world, { resident: HANAKO.id, takesMs: 10_000 })
    await world.clock.sleep(3 * EVERY_MS)
    return (await stage.world(ISSUING_NODE).database.get(SEAL_REPLICA, HANAKO.id))?.data.status
  })

describe.each(OPENED)('a revocation opened %s and confirmed ten seconds later', (_, afterMs, fates) => {
  it.each(Object.entries(fates))('with %s is %s', async (delta, fate) => {
    const { result, judgement } = await revokeAt(delta, afterMs)

    expect(result).toBe(fate === 'lost' ? 'active' : 'revoked')
    expect(broken(judgement)).toEqual(fate === 'lost' ? ['MONOTONIC'] : [])
  })
})

describe('a nightly copy', () => {
  it('finds in the night what was lost by day, and not before', async () => {
    const options = { build: buildOf({ 'link/seal-delta': 'nightly-copy' }), seals: [sealOf(HANAKO)], startMs: 23.9 * HOUR_MS, sealLink: { everyMs: EVERY_MS, pageMs: PAGE_MS } }
    const { result } = await runSmall(options, async ({ stage }) => {
      const world = stage.world(REGISTER_NODE)
      const status = async () => (await stage.world(ISSUING_NODE).database.get(SEAL_REPLICA, HANAKO.id))?.data.status
      await world.clock.sleep(EVERY_MS + 1_000)
      await createSealDesk({ notices: false }).revoke(world, { resident: HANAKO.id, takesMs: 10_000 })
      await world.clock.sleep(2 * EVERY_MS)
      const before = await status()
      await world.clock.sleep(5 * EVERY_MS)
      return { before, after: await status() }
    })

    expect(result).toEqual({ before: 'active', after: 'revoked' })
  })
})

describe('a message that comes late', () => {
  const late = (apply: string) =>
    runSmall({ build: buildOf({ 'link/seal-apply': apply }), seals: [sealOf(HANAKO)], sealLink: { everyMs: EVERY_MS, transferMs: 30_000 } }, async ({ stage }) => {
      const desk = createSealDesk({ notices: true })
      const world = stage.world(REGISTER_NODE)
      await desk.change(world, { resident: HANAKO.id, impression: '花子' })
      await world.clock.sleep(EVERY_MS + 10_000)
      await desk.revoke(world, { resident: HANAKO.id })
      await world.clock.sleep(30_000)
      return (await stage.world(ISSUING_NODE).database.get(SEAL_REPLICA, HANAKO.id))?.data
    })

  it('revives the active row where it is applied as it comes', async () => {
    const { result, judgement } = await late('as-it-comes')

    expect(result).toMatchObject({ status: 'active', version: 2 })
    expect(broken(judgement)).toEqual(['MONOTONIC'])
  })

  it('finds the tombstone where only a newer version replaces one', async () => {
    const { result, judgement } = await late('newer-only')

    expect(result).toMatchObject({ status: 'revoked', version: 3 })
    expect(judgement.verdict).toBe('pass')
  })
})

describe('the seal link', () => {
  it('scans more than one page, pausing after each', async () => {
    const people = Array.from({ length: 250 }, (_, at) => resident(`p${String(at).padStart(3, '0')}`))
    const seals = people.map((person) => sealOf(person))
    const { events } = await runSmall({ people, seals, build: buildOf({ 'link/seal-delta': 'watermark-at-end' }), sealLink: { everyMs: EVERY_MS, pageMs: PAGE_MS } }, async ({ stage }) => {
      await stage.world(REGISTER_NODE).clock.sleep(1.5 * EVERY_MS)
    })

    const [ran] = eventsOf(events, 'ok', 'link').filter(({ register }) => register === 'seals')
    expect(ran?.atMs).toBe(START_MS + EVERY_MS + 3 * PAGE_MS)
  })
})
