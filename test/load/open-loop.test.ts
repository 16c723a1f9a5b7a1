import { describe, expect, it } from 'vitest'
import { uniformStrategy } from '../../explore/strategies/uniform.ts'
import { latenciesOf } from '../../load/latencies.ts'
import { type Begun, driveOpenLoop } from '../../load/open-loop.ts'
import { PEOPLE } from '../oracle/history-builder.ts'
import { eventsOf, runSmall, visitOf } from '../services/small-system.ts'

/** Sessions at these intended starts on so many kiosks, in the simulated world. */
async function drive(starts: readonly number[], kiosks: number, seed = 1, clockFactor = 1) {
  const run = await runSmall({ strategy: uniformStrategy(seed), seed }, ({ stage }) =>
    driveOpenLoop(stage, {
      starts,
      clockFactor,
      kiosks,
      visit: (hall, kiosk, index) => hall.visit({ purseYen: 10_000 }, visitOf(PEOPLE[index % PEOPLE.length]!, { kiosk })),
    }),
  )
  return { ...run, begun: run.result }
}

const NOON_MS = 14 * 3_600_000
const every10s = Array.from({ length: 12 }, (_, at) => at * 10_000)

describe('an open loop in the simulated world', () => {
  it('begins each session at its intended start, whatever became of those before (seeds 1 to 5)', async () => {
    for (let seed = 1; seed <= 5; seed += 1) {
      const { events, begun, judgement } = await drive(every10s, 12, seed)

      expect({ seed, began: eventsOf(events, 'invoke', 'session').map(({ atMs }) => atMs - NOON_MS) }).toEqual({ seed, began: every10s })
      expect(begun.map(({ reachedMs, intendedMs }) => reachedMs - intendedMs)).toEqual(every10s.map(() => 0))
      expect(judgement.verdict).toBe('pass')
    }
  })

  it('scales intended starts from real to scenario time by the clock factor (seed 1)', async () => {
    const { events } = await drive([0, 500, 1_000], 3, 1, 20)

    expect(eventsOf(events, 'invoke', 'session').map(({ atMs }) => atMs - NOON_MS)).toEqual([0, 10_000, 20_000])
  })

  it('never has more sessions than kiosks; who finds none free waits, in order of coming (seeds 1 to 5)', async () => {
    for (let seed = 1; seed <= 5; seed += 1) {
      const { events, begun } = await drive(every10s, 2, seed)
      let present = 0
      const most = events.reduce((highest, { type, f }) => {
        if (f === 'session') present += type === 'invoke' ? 1 : -1
        return Math.max(highest, present)
      }, 0)

      expect({ seed, most }).toEqual({ seed, most: 2 })
      expect(begun.map(({ index }) => index)).toEqual(every10s.map((_, at) => at))
      expect(new Set(begun.map(({ kiosk }) => kiosk))).toEqual(new Set(['shop-1', 'shop-2']))
    }
  })

  it('counts the wait for a kiosk from the intended start, which the phases by themselves do not show (seed 1)', async () => {
    const { history, begun } = await drive(every10s, 1)

    const { corrected, service, waitForKiosk } = latenciesOf(history, begun)

    expect(service.session.n).toBe(12)
    expect(corrected.session.max!).toBeGreaterThan(5 * service.session.max!)
    expect(corrected.applyToDocument.max! - service.applyToDocument.max!).toBeGreaterThan(60_000)
    // The last one waits for eleven sessions less the 110 s after which it came.
    expect(waitForKiosk.max! + service.session.p50!).toBeLessThanOrEqual(corrected.session.max! * 1.01)
    expect(waitForKiosk.p50!).toBeGreaterThan(0)
  })

  it('fails with a session that fails, and does not hide it', async () => {
    const failing = runSmall({}, ({ stage }) =>
      driveOpenLoop(stage, { starts: [0, 1_000], clockFactor: 1, kiosks: 1, visit: (_hall, _kiosk, index) => (index === 0 ? Promise.reject(new Error('no such session')) : Promise.resolve()) }),
    )

    await expect(failing).rejects.toThrow('no such session')
  })

  it('tells of each session as it begins (seed 1)', async () => {
    const told: number[] = []
    const seen: Begun[] = []
    await runSmall({}, async ({ stage }) => {
      seen.push(...(await driveOpenLoop(stage, { starts: [0, 5], clockFactor: 1, kiosks: 1, visit: () => Promise.resolve(), onBegin: (index) => told.push(index) })))
    })

    expect(told).toEqual([0, 1])
    expect(seen.map(({ index }) => index)).toEqual(told)
  })
})
