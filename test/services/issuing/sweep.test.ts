import { describe, expect, it } from 'vitest'
import { APPLICATIONS } from '../../../services/issuing/applications.ts'
import { virtualMs } from '../../../world/ports.ts'
import { HANAKO, TARO } from '../../oracle/history-builder.ts'
import { buildOf, cardOf, eventsOf, HOUR_MS, ISSUING_NODE, runSmall, visitOf, wishOf } from '../small-system.ts'
import { runSession } from '../../../kiosk-sim/session.ts'

/** A kiosk that vanishes for good once its journal says so; what the issuing server has of it at some time of the day. */
async function vanished(state: 'applied' | 'paying' | 'paid' | 'feeding', lookAtHours: number) {
  return runSmall({ build: buildOf({}, { engineBaseMs: 1_000 }) }, async ({ stage }) => {
    const world = stage.kioskWorld('shop-1', { purseYen: 10_000 })
    void runSession(world, visitOf(HANAKO))
    const { clock } = stage.world('centre')
    while (!(await stage.kioskWorld('shop-1', { purseYen: 0 }).journal.entries()).some((entry) => entry.state === state)) await clock.sleep(500)
    stage.crash('shop-1')
    await stage.waitUntil(virtualMs(lookAtHours * HOUR_MS))
    const [row] = await stage.world(ISSUING_NODE).database.range(APPLICATIONS, '', 10)
    return row?.data
  })
}

describe('an application whose kiosk has vanished', () => {
  it.each(['paying', 'paid', 'feeding'] as const)('after "%s" keeps no certificate at the issuing server for longer than an hour and a sweep', async (state) => {
    const { result, events, judgement } = await vanished(state, 15.5)

    expect(result).toMatchObject({ state: 'cancelled' })
    expect(result).not.toHaveProperty('image')
    expect(eventsOf(events, 'info', 'log').map(({ code }) => code)).toContain('APPLICATION_ABANDONED')
    // Money that such a kiosk holds is refunded when it starts again, and it has not.
    expect(judgement.violations.filter(({ invariant }) => invariant !== 'PAID')).toEqual([])
  })

  it('is left alone before that: its kiosk may only be slow', async () => {
    const { result } = await vanished('paid', 14.75)

    expect(result).toMatchObject({ state: 'ready', image: { pages: 1 } })
  })
})

describe('the sweep', () => {
  it('looks at every application, however many there are, and ends those alone that are open and old', async () => {
    const { result } = await runSmall({ startMs: 14 * HOUR_MS }, async ({ stage }) => {
      const { database, clock } = stage.world(ISSUING_NODE)
      const base = { kiosk: 'shop-1', applicant: { resident: TARO.id, face: cardOf(TARO).face() }, wish: wishOf(), issueNumber: 'no-1', feeYen: 300, attempt: 0 }
      for (let at = 0; at < 250; at += 1) {
        const state = at % 2 === 0 ? 'received' : 'closed'
        await database.insert(APPLICATIONS, `application-shop-1-${String(at).padStart(3, '0')}`, 'shop-1', { ...base, state, receivedMs: at < 200 ? 0 : clock.now() })
      }
      await stage.waitUntil(virtualMs(14.3 * HOUR_MS))
      const rows = []
      for (let after = ''; ; after = rows.at(-1)!.key) {
        const page = await database.range(APPLICATIONS, after, 100)
        rows.push(...page)
        if (page.length < 100) break
      }
      return rows.map(({ data }) => data.state)
    })

    expect(result.slice(0, 200).filter((state) => state === 'cancelled')).toHaveLength(100)
    expect(result.slice(0, 200).filter((state) => state === 'closed')).toHaveLength(100)
    expect(result.slice(200).filter((state) => state === 'received')).toHaveLength(25)
  })
})
