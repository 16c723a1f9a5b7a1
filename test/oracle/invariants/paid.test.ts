import { describe, expect, it } from 'vitest'
import type { EventDraft } from '../../../contract/index.ts'
import { HANAKO, HEADER, HistoryBuilder, paperOf, PEOPLE, sessionHistory, TARO } from '../history-builder.ts'
import { verdictOf, violated } from '../verdicts.ts'
import { runSmall } from '../../services/small-system.ts'

const application = 'a-1'
const pay: EventDraft = { type: 'ok', f: 'pay', application, yen: 300 }
const refund: EventDraft = { type: 'info', f: 'refund', application, yen: 300 }
const print: EventDraft = { type: 'ok', f: 'print', application, kiosk: 'shop-1', sheets: paperOf([HANAKO, TARO]) }
const unknownPaper: EventDraft = { type: 'info', f: 'outcome', application, outcome: 'paper-unknown' }

/** A session with these events just before its end. */
function ending(drafts: readonly EventDraft[], skip: readonly ('pay' | 'print')[] = []): HistoryBuilder {
  const builder = new HistoryBuilder()
  return builder.session({ skip, before: { end: () => { for (const draft of drafts) builder.add('shop-1#a-1', draft) } } })
}

describe('PAID', () => {
  it('is kept by one paper for one fee', () => {
    expect(violated(sessionHistory())).toEqual([])
  })

  it('is broken by a paper without a fee, unless the municipality takes none', () => {
    const free = { ...HEADER, municipalities: HEADER.municipalities.map((each) => ({ ...each, feesYen: { 'residence-record': 0 } })) }

    expect(violated(ending([], ['pay']).history())).toEqual(['PAID'])
    expect(violated(new HistoryBuilder(PEOPLE, free).session({ skip: ['pay'] }).history())).toEqual([])
  })

  it('owes nobody a ticket over a fee of nothing, be it that the printer jams', async () => {
    const municipality = { ...HEADER.municipalities[0]!, feesYen: { 'residence-record': 0 } }
    const { result, judgement } = await runSmall({ municipality, kiosks: { 'shop-1': { jamAtSheet: 1 } } }, async ({ visit }) => [await visit(HANAKO), await visit(HANAKO)])

    expect(result).toMatchObject([{ end: 'refunded', code: 'PAPER_JAM' }, { end: 'paper' }])
    expect(judgement.violations).toEqual([])
  })

  it('is broken by a second paper for one fee', () => {
    expect(verdictOf(ending([print]).history(), 'PAID').why).toContain('paper number 2')
  })

  it('is broken by a second charge, and kept where that was given back', () => {
    expect(verdictOf(ending([pay]).history(), 'PAID').why).toContain('taken 2 times')
    expect(violated(ending([pay, refund]).history())).toEqual([])
  })

  it('is broken by a fee without paper, and kept with a refund ticket', () => {
    expect(violated(ending([], ['print']).history())).toEqual(['PAID'])
    expect(violated(ending([refund], ['print']).history())).toEqual([])
  })

  it('takes a print without a sheet for no paper', () => {
    expect(violated(sessionHistory({ paper: [] }))).toEqual(['PAID'])
  })

  it('is broken by paper and refund together, except where nobody knew of the paper', () => {
    expect(verdictOf(ending([refund]).history(), 'PAID').why).toContain('refunded')
    expect(violated(ending([unknownPaper, refund]).history())).toEqual([])
    expect(violated(ending([refund, unknownPaper]).history())).toEqual([])
  })

  it('is broken by a print after nobody had known whether the paper came out', () => {
    expect(verdictOf(ending([unknownPaper, print, refund], ['print']).history(), 'PAID').why).toContain('printed again instead of being refunded')
  })

  it('is broken where nobody knew of the paper and no refund followed', () => {
    expect(violated(ending([unknownPaper], ['print']).history())).toEqual(['PAID'])
  })

  it('is unknown where the run ended before the refund could have come', () => {
    expect(verdictOf(ending([], ['print']).history({ complete: false }), 'PAID').verdict).toBe('unknown')
  })
})
