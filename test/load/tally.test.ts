import { describe, expect, it } from 'vitest'
import type { EventDraft, History } from '../../contract/index.ts'
import { perMillion, tallyOf } from '../../load/tally.ts'
import { judge } from '../../oracle/index.ts'
import { HANAKO, HistoryBuilder, ICHIRO, onPaper, paperOf, PEOPLE, sealOf, sealSheetOf, sealWish, sessionHistory, TARO } from '../oracle/history-builder.ts'

const tally = (history: History) => tallyOf(history, judge(history))
const counts = (history: History) => {
  const { wrong, stale, revoked, lost, double } = tally(history)
  return { wrong, stale, revoked, lost, double }
}
const NONE = { wrong: 0, stale: 0, revoked: 0, lost: 0, double: 0 }
const before = (builder: HistoryBuilder, ...drafts: EventDraft[]) => ({ end: () => { for (const draft of drafts) builder.add('shop-1#a-1', draft) } })

describe('a tally', () => {
  it('of a clean session counts its paper and nothing else', () => {
    const history = sessionHistory()

    expect(tally(history)).toMatchObject({ sessions: 1, applications: 1, papers: 1, sheets: 1, refused: {} })
    expect(counts(history)).toEqual(NONE)
  })

  it('counts a paper of another person', () => {
    expect(counts(sessionHistory({ paper: paperOf([ICHIRO]) }))).toEqual({ ...NONE, wrong: 1 })
  })

  it('counts a stale paper, and a revoked seal among the stale', () => {
    const seal = sealOf(HANAKO)
    const revoked = { ...seal, status: 'revoked', version: 2 } as const
    const asking = { wish: sealWish(), paper: [onPaper(sealSheetOf(HANAKO, seal))] }
    const moved = new HistoryBuilder().link()
    const afterMove = moved.counter('moveWithin', [HANAKO, TARO].map((person) => ({ ...person, version: 2, address: '福岡県宗像市東郷9番9号' }))).link().session()

    expect(counts(new HistoryBuilder(PEOPLE, undefined, [seal]).session(asking).history())).toEqual(NONE)
    expect(counts(new HistoryBuilder(PEOPLE, undefined, [seal]).sealDesk('revoke', revoked).session(asking).history())).toEqual({ ...NONE, stale: 1, revoked: 1 })
    expect(counts(afterMove.history())).toEqual({ ...NONE, stale: 1 })
  })

  it('counts a fee without paper and ticket as lost, and not one with a ticket', () => {
    const ticket = new HistoryBuilder()
    ticket.session({ skip: ['print'], before: before(ticket, { type: 'info', f: 'refund', application: 'a-1', yen: 300 }) })

    expect(counts(sessionHistory({ skip: ['print'] }))).toEqual({ ...NONE, lost: 1 })
    expect(counts(ticket.history())).toEqual(NONE)
  })

  it('counts an application that never ended as lost, and not one that was refused', () => {
    const refused = new HistoryBuilder()
    refused.session({ skip: ['document', 'pay', 'print', 'end'], during: { apply: () => undefined } }).add('shop-1#a-1', { type: 'fail', f: 'document', application: 'a-1', code: 'GLYPH_PENDING' })

    expect(counts(sessionHistory({ skip: ['document', 'pay', 'print', 'end'] }))).toEqual({ ...NONE, lost: 1 })
    expect(counts(refused.history())).toEqual(NONE)
    expect(tally(refused.history()).refused).toEqual({ GLYPH_PENDING: 1 })
  })

  it('counts a second paper for one fee', () => {
    const twice = new HistoryBuilder()
    twice.session({ before: before(twice, { type: 'ok', f: 'print', application: 'a-1', kiosk: 'shop-1', sheets: paperOf([HANAKO, TARO]) }) })

    expect(counts(twice.history())).toEqual({ ...NONE, double: 1 })
  })

  it('says of each count how many in a million papers, and how many it may be', () => {
    const { perMillion: of, papers } = tally(sessionHistory({ paper: paperOf([ICHIRO]) }))

    expect(papers).toBe(1)
    expect(of.wrong).toMatchObject({ estimate: 1e6, high: 1e6 })
    expect(perMillion('wrong', 0, 1_000)).toMatchObject({ estimate: 0, low: 0 })
    expect(perMillion('wrong', 0, 1_000)!.high).toBeCloseTo(3_689, 0)
    expect(perMillion('lost', 3, 1)!.high).toBeGreaterThan(3e6)
    expect(perMillion('lost', 3, 0)).toBeNull()
  })
})
