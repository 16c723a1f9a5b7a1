import { describe, expect, it } from 'vitest'
import { defaultStrategy } from '../../explore/strategies/default.ts'
import type { VisitEnd } from '../../kiosk-sim/hall.ts'
import { restartKiosk } from '../../kiosk-sim/restart.ts'
import { APPLICATIONS } from '../../services/issuing/applications.ts'
import type { DeviceCondition } from '../../world/kiosk-devices.ts'
import { HANAKO, TARO } from '../oracle/history-builder.ts'
import { crashAt } from '../services/crash-at.ts'
import { buildOf, type Drive, eventsOf, ISSUING_NODE, NET, runSmall } from '../services/small-system.ts'

const KIOSK = 'shop-1'
const BUILD = buildOf(NET)
const ID = 'application-shop-1-1'
const visiting = ({ visit }: Drive): Promise<VisitEnd> => visit(HANAKO, { wish: { scope: 'household', copies: 2 } })

/** Steps of a whole session, in whose midst a kiosk may stop. */
async function stepsOf(kiosks: Record<string, DeviceCondition> = {}): Promise<readonly string[]> {
  const steps: string[] = []
  await runSmall({ build: BUILD, kiosks, onStep: ({ name }) => steps.push(name) }, visiting)
  return steps
}

/** A session during which the kiosk stops after so many steps, and somebody else's after it. */
async function stopped(afterSteps: number, kiosks: Record<string, DeviceCondition> = {}) {
  const crash = crashAt(KIOSK, afterSteps, defaultStrategy())
  const run = await runSmall({ build: BUILD, kiosks, strategy: crash.strategy }, async (drive) => {
    crash.arm(drive.stage)
    const [first, next] = await Promise.all([visiting(drive), drive.visit(TARO)])
    await drive.stage.idle()
    const rows = await drive.stage.world(ISSUING_NODE).database.range(APPLICATIONS, '', 10)
    const journal = await drive.stage.kioskWorld(KIOSK, { purseYen: 0 }).journal.entries()
    return { first, next, images: rows.filter(({ data }) => data.image !== undefined), journal }
  })
  const of = <E extends { readonly application: string }>(events: readonly E[]): E[] => events.filter(({ application }) => application === ID)
  const [pay] = of(eventsOf(run.events, 'ok', 'pay'))
  const [refund] = of(eventsOf(run.events, 'info', 'refund'))
  const whole = of(eventsOf(run.events, 'ok', 'print'))
  return { ...run, ...run.result, paid: pay?.yen ?? 0, refunded: refund?.yen ?? 0, whole: whole.length }
}

describe('a kiosk that stops between any two steps of a session', () => {
  it('starts again without a hand: a fee without a whole paper is refunded once, nothing is printed twice, and the next person is served', async () => {
    const steps = await stepsOf()
    const recoveries = new Set<string>()

    for (let after = 1; after <= steps.length; after += 1) {
      const { first, next, paid, refunded, whole, images, judgement } = await stopped(after)
      const fed = first.end === 'power-failed' && first.recovered.some(({ as }) => as === 'paper-unknown')
      expect({ after, step: steps[after], verdict: judgement.verdict, why: judgement.violations }).toEqual({ after, step: steps[after], verdict: 'pass', why: [] })
      expect({ after, step: steps[after], kept: paid - refunded }).toEqual({ after, step: steps[after], kept: whole > 0 && !fed ? paid : 0 })
      expect(images).toEqual([])
      if (first.end !== 'power-failed') continue
      expect({ after, step: steps[after], next: next.end }).toEqual({ after, step: steps[after], next: 'paper' })
      for (const { as } of first.recovered) recoveries.add(as)
    }

    expect(recoveries).toEqual(new Set(['cancelled', 'refunded', 'paper-unknown', 'printed']))
  }, 60_000)

  it.each([
    ['jams', { jamAtSheet: 2 }],
    ['runs out of paper', { paperSheets: 1 }],
    ['runs out of toner', { tonerSheets: 1 }],
    ['is slow', { feedMsPerSheet: 60_000 }],
  ] as const)('and whose printer %s as well: PAID holds', async (_, condition) => {
    const steps = await stepsOf({ [KIOSK]: condition })
    const feeding = steps.findIndex((step) => step.endsWith('write journal paying'))

    for (let after = feeding; after <= steps.length; after += 1) {
      const { paid, refunded, whole, judgement } = await stopped(after, { [KIOSK]: condition })
      expect({ after, verdict: judgement.verdict, why: judgement.violations }).toEqual({ after, verdict: 'pass', why: [] })
      if (whole === 0) expect({ after, refunded }).toEqual({ after, refunded: paid })
    }
  }, 60_000)

  it('while a sheet moves leaves in the history what had come out, and gives a ticket over the whole fee', async () => {
    const steps = await stepsOf()
    const second = steps.findIndex((step, at) => step.endsWith('feed paper') && steps.slice(0, at).some((before) => before.endsWith('feed paper')))
    const { first, events, journal } = await stopped(second)

    expect(first).toEqual({ end: 'power-failed', recovered: [{ application: ID, as: 'paper-unknown' }] })
    expect(eventsOf(events, 'fail', 'print')).toMatchObject([{ application: ID, kiosk: KIOSK, sheets: [{}] }])
    expect(eventsOf(events, 'info', 'refund')).toMatchObject([{ application: ID, yen: 600 }])
    expect(eventsOf(events, 'info', 'outcome')[0]).toMatchObject({ application: ID, outcome: 'paper-unknown' })
    expect(journal.filter(({ application }) => application === ID).map(({ state }) => state)).toEqual(['applied', 'paying', 'paid', 'feeding', 'refunded', 'closed'])
  })
})

describe('starting again', () => {
  it('can itself be broken off at any step and begun anew: one ticket, one end', async () => {
    const feeding = (await stepsOf()).findIndex((step) => step.endsWith('feed paper'))
    const once = await restarted([feeding])
    expect(once).toMatchObject({ refunds: [600], crashes: 1, reads: 1 })

    let brokenOff = 0
    for (let again = feeding + 1; again <= feeding + once.stepsOfRestart; again += 1) {
      const { refunds, judgement, states, crashes, reads } = await restarted([feeding, again])
      expect({ again, refunds, crashes, verdict: judgement.verdict, why: judgement.violations }).toEqual({ again, refunds: [600], crashes: 2, verdict: 'pass', why: [] })
      expect(states.filter((state) => state === 'closed').length).toBeGreaterThan(0)
      if (reads === 2) brokenOff += 1
    }
    expect(brokenOff).toBeGreaterThan(5)
  }, 60_000)

  it('does nothing where everything was closed', async () => {
    const { result, events } = await runSmall({ build: BUILD }, async (drive) => {
      await visiting(drive)
      return restartKiosk(drive.stage.kioskWorld(KIOSK, { purseYen: 0 }))
    })

    expect(result).toEqual([])
    expect(eventsOf(events, 'info', 'outcome')).toHaveLength(1)
  })
})

/** The kiosk stops after so many steps, and again after so many while it starts. */
async function restarted(afterSteps: readonly number[]) {
  const crash = crashAt(KIOSK, afterSteps, defaultStrategy())
  const steps: string[] = []
  let restartEnd = 0
  const run = await runSmall({ build: BUILD, strategy: crash.strategy, onStep: ({ name }) => steps.push(name) }, async (drive) => {
    crash.arm(drive.stage)
    await visiting(drive)
    restartEnd = steps.length
    await drive.stage.idle()
    const journal = await drive.stage.kioskWorld(KIOSK, { purseYen: 0 }).journal.entries()
    return journal.map(({ state }) => state)
  })
  return {
    judgement: run.judgement,
    states: run.result,
    refunds: eventsOf(run.events, 'info', 'refund').map(({ yen }) => yen),
    crashes: eventsOf(run.events, 'info', 'node').filter(({ node, op }) => node === KIOSK && op === 'crash').length,
    /** How often it began to bring its journal in order; the last reading is the test's own. */
    reads: steps.filter((step) => step === 'kiosk: read journal').length - 1,
    stepsOfRestart: restartEnd - (afterSteps[0] ?? 0) - 1,
  }
}
