import { describe, expect, it } from 'vitest'
import type { EventDraft, History } from '../../contract/index.ts'
import { latenciesOf } from '../../load/latencies.ts'
import { LatencyHistogram } from '../../load/percentiles.ts'
import { sessionTimes } from '../../load/phases.ts'
import { HEADER, HistoryBuilder, PEOPLE, sessionHistory } from '../oracle/history-builder.ts'

const factor20 = { ...HEADER, clockFactor: 20 }
const took = ({ events }: History) => sessionTimes(events).map(({ tookMs }) => Object.fromEntries(tookMs))
const process = 'shop-1#a-1'
const pending: readonly EventDraft[] = [{ type: 'invoke', f: 'document', application: 'a-1' }, { type: 'ok', f: 'document', application: 'a-1', state: 'pending' }]

/** A session in which the document never came; `drafts` are what the kiosk was told in its place. */
function unserved(drafts: readonly EventDraft[]): History {
  const builder = new HistoryBuilder()
  return builder.session({ skip: ['document', 'pay', 'print'], before: { end: () => { for (const draft of drafts) builder.add(process, draft) } } }).history()
}

describe('the phases of a session', () => {
  // In a history by hand every event comes a second after the one before.
  it('are taken from the history\'s events', () => {
    expect(took(sessionHistory())).toEqual([{ authenticate: 1_000, applyToDocument: 9_000, payToPaper: 3_000, session: 18_000 }])
  })

  it('end with the document that is ready, not with one that is not', () => {
    const builder = new HistoryBuilder()
    const history = builder.session({ before: { document: () => { for (const draft of [...pending, ...pending]) builder.add(process, draft) } } }).history()

    expect(took(history)[0]).toMatchObject({ applyToDocument: 13_000 })
  })

  it('count the wait of somebody for whom it never came, whoever gave up', () => {
    const cancelled = unserved([...pending, { type: 'info', f: 'outcome', application: 'a-1', outcome: 'cancelled' }])
    const timedOut = unserved([{ type: 'invoke', f: 'document', application: 'a-1' }, { type: 'fail', f: 'document', application: 'a-1', code: 'SERVER_TIMEOUT' }])

    for (const history of [cancelled, timedOut]) {
      expect(sessionTimes(history.events)).toMatchObject([{ gaveUp: true }])
      expect(took(history)[0]!['applyToDocument']).toBeGreaterThan(7_000)
    }
  })

  it('take an answer that is a refusal for no wait', () => {
    const refused = unserved([
      { type: 'invoke', f: 'document', application: 'a-1' },
      { type: 'fail', f: 'document', application: 'a-1', code: 'GLYPH_PENDING' },
      { type: 'info', f: 'outcome', application: 'a-1', outcome: 'cancelled' },
    ])

    expect(sessionTimes(refused.events)).toMatchObject([{ gaveUp: false }])
    expect(took(refused)[0]).not.toHaveProperty('applyToDocument')
  })

  it('leave out what did not come to its end', () => {
    const builder = new HistoryBuilder().add(process, { type: 'invoke', f: 'session', kiosk: 'shop-1', resident: 'hanako', municipality: 'munakata' })
    builder.add(process, { type: 'invoke', f: 'authenticate', kiosk: 'shop-1', resident: 'hanako' }).add(process, { type: 'fail', f: 'authenticate', code: 'PIN_WRONG' })

    expect(took(builder.history())).toEqual([{}])
  })
})

describe('latencies', () => {
  it('are in real milliseconds: scenario time by the clock factor', () => {
    const { service } = latenciesOf(new HistoryBuilder(PEOPLE, factor20).session().history(), [])

    expect(service.session).toMatchObject({ max: 900, n: 1 })
    expect(service.authenticate).toMatchObject({ max: 50, n: 1 })
  })

  it('count from the intended start: each kiosk\'s sessions in the order in which they began', () => {
    const history = new HistoryBuilder(PEOPLE, factor20).session({ application: 'a-1' }).session({ application: 'a-2' }).history()
    const [first, second] = sessionTimes(history.events).map(({ beganMs }) => beganMs)
    const begun = [
      { index: 0, kiosk: 'shop-1', intendedMs: first!, reachedMs: first! },
      { index: 1, kiosk: 'shop-1', intendedMs: second! - 4_000, reachedMs: second! - 3_000 },
    ]

    const { corrected, service, waitForKiosk } = latenciesOf(history, begun)

    expect([service.session.p50, service.session.max]).toEqual([900, 900])
    expect(corrected.session.p50).toBeCloseTo(900, 0)
    expect(Math.abs(corrected.session.max! - 1_100)).toBeLessThan(1)
    expect(Math.abs(corrected.payToPaper.max! - 350)).toBeLessThan(1)
    expect(waitForKiosk).toMatchObject({ p50: 0, n: 2 })
    expect(Math.abs(waitForKiosk.max! - 150)).toBeLessThan(1)
  })
})

describe('percentiles', () => {
  it('are exact to three digits, and flat in memory', () => {
    const histogram = new LatencyHistogram()
    for (let ms = 1; ms <= 10_000; ms += 1) histogram.record(ms)
    const { p50, p90, p99, max, n } = histogram.percentiles

    for (const [found, meant] of [[p50, 5_000], [p90, 9_000], [p99, 9_900], [max, 10_000]] as const) {
      expect(Math.abs(found! - meant) / meant).toBeLessThan(0.001)
    }
    expect(n).toBe(10_000)
  })

  it('are none where nothing was measured', () => {
    expect(new LatencyHistogram().percentiles).toEqual({ p50: null, p90: null, p99: null, max: null, n: 0 })
  })

  it('take a time below 0 for 0 and one beyond an hour for an hour', () => {
    const histogram = new LatencyHistogram()
    histogram.record(-0.05)
    histogram.record(1e9)

    expect(histogram.percentiles.p50).toBe(0)
    expect(histogram.percentiles.max! / 3_600_000).toBeCloseTo(1, 2)
  })
})
