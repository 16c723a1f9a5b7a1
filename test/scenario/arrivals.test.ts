import { describe, expect, it } from 'vitest'
import type { HistoryEvent } from '../../contract/index.ts'
import { judge } from '../../oracle/index.ts'
import { readCatalogue } from '../../scenario/catalogue.ts'
import type { AcceleratedLoad, Load } from '../../scenario/incident.ts'
import { incidentPlan } from '../../scenario/plan.ts'
import { layGround } from '../../scenario/setting.ts'
import { performSimulated } from '../../scenario/simulated.ts'
import { simulatedPress } from '../../world/simulated/keys.ts'

const catalogue = readCatalogue()
const yokohama = catalogue.incident('K1')
const half: AcceleratedLoad = { rate: 'accelerated', from: '12:00:00', to: '13:00:00', sessions: 100, kiosks: 30, profile: [1], householdShare: 0.5, copies: [1], sealShare: 0.5 }

async function play(load: Load, seed = 1) {
  const ground = layGround({ ...yokohama, load, start: '12:00:00' }, catalogue, simulatedPress)
  const { history } = await performSimulated(incidentPlan(ground, catalogue.build('repaired'), seed))
  return { ground, history }
}

const asked = (events: readonly HistoryEvent[]) => events.flatMap((event) => (event.type === 'invoke' && event.f === 'apply' ? [event] : []))

describe('people who come at random', () => {
  it('ask for seal certificates as often as the load says, and only if their seal is in force (seed 1)', async () => {
    const { ground, history } = await play(half)
    const seals = asked(history.events).filter(({ wish }) => wish.type === 'seal-certificate')

    expect(seals.length).toBeGreaterThan(30)
    expect(seals.length).toBeLessThan(70)
    expect(seals.filter(({ applicant }) => ground.seals.get(applicant)?.status !== 'active')).toEqual([])
    expect(judge(history)).toMatchObject({ verdict: 'pass', wrongPapers: 0 })
  })

  it('are the same people at the same times where nobody asks for seals (seed 1)', async () => {
    const { sealShare: _, ...none } = half
    const [without, withSeals] = [asked((await play(none)).history.events), asked((await play(half)).history.events)]
    const records = new Set(withSeals.filter(({ wish }) => wish.type === 'residence-record').map(({ applicant }) => applicant))

    expect(without.every(({ wish }) => wish.type === 'residence-record')).toBe(true)
    expect([...records].filter((applicant) => !without.some((apply) => apply.applicant === applicant))).toEqual([])
  })

  it('come at the natural rate of their city, with its mix, where the load is natural (seed 1)', async () => {
    const { history } = await play({ rate: 'natural', from: '12:00:00', to: '14:00:00', kiosks: 40 })
    const came = asked(history.events)

    expect(history.header.rate).toBe('natural')
    // Some 247 in the hour from noon and 202 in the one after it, among whom a few are refused before they can ask.
    expect(came.length).toBeGreaterThan(370)
    expect(came.length).toBeLessThan(530)
    expect(came.some(({ wish }) => wish.type === 'seal-certificate')).toBe(true)
    expect(judge(history)).toMatchObject({ verdict: 'pass', wrongPapers: 0 })
  })
})
