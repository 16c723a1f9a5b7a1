import { describe, expect, it } from 'vitest'
import type { EventDraft } from '../../../contract/index.ts'
import { judge } from '../../../oracle/index.ts'
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

  it('is broken by a paper that came out before the fee was paid, though it was paid after', () => {
    expect(verdictOf(ending([pay], ['pay']).history(), 'PAID').why).toContain('no fee had been paid for it')
  })

  it('is broken by a second paper of a free certificate, and keeps the first', () => {
    const free = { ...HEADER, municipalities: HEADER.municipalities.map((each) => ({ ...each, feesYen: { 'residence-record': 0 } })) }
    const builder = new HistoryBuilder(PEOPLE, free)
    builder.session({ skip: ['pay'], before: { end: () => void builder.add('shop-1#a-1', print) } })
    const { violations } = judge(builder.history())

    expect(violations.map(({ explanation }) => /it was paper number .*/.exec(explanation)?.[0])).toEqual(['it was paper number 2 for one application.'])
  })

  it('says how many fees there were for a third paper, and rests on the papers up to it', () => {
    const history = ending([pay, print, print]).history()
    const { violations } = judge(history)

    expect(violations.map(({ explanation }) => /it was paper number .*|The fee .*/.exec(explanation)?.[0])).toEqual(['it was paper number 3 for fees paid 2 times.', expect.stringContaining('The fee was taken 2 times')])
    expect(violations[0]?.events.filter((i) => history.events[i]?.f === 'print')).toHaveLength(3)
    const twice = ending([print, print]).history()
    expect(judge(twice).violations.map(({ events }) => events.filter((i) => twice.events[i]?.f === 'print').length)).toEqual([2, 3])
    expect(verdictOf(ending([print]).history(), 'PAID').why).toContain('for fees paid once')
  })

  it('is broken by such a paper also where nothing else became known of the application', () => {
    const builder = new HistoryBuilder().session({ skip: ['print', 'end'] })

    expect(verdictOf(builder.add('shop-1#a-1', unknownPaper).add('shop-1#a-1', print).history(), 'PAID').why).toContain('printed again')
  })

  it('is kept by a fee and a paper of an application that is not in the history', () => {
    expect(verdictOf(sessionHistory({ skip: ['apply'] }), 'PAID').verdict).toBe('pass')
  })

  it('is broken by the one paper for the one fee where nobody had known before whether it came out', () => {
    expect(verdictOf(ending([unknownPaper, print], ['print']).history(), 'PAID').why).toContain('printed again')
  })

  it('is broken by what is printed after nobody knew, and names the first such print', () => {
    const history = ending([unknownPaper, print, print, refund], ['print']).history()
    const first = history.events.find(({ type, f }) => type === 'ok' && f === 'print')

    expect(judge(history).violations.find(({ explanation }) => explanation.includes('printed again'))?.events).toContain(first?.i)
    expect(verdictOf(ending([unknownPaper, refund]).history(), 'PAID').verdict).toBe('pass')
  })

  it('is unknown where the run ended before the refund could have come', () => {
    expect(verdictOf(ending([], ['print']).history({ complete: false }), 'PAID').verdict).toBe('unknown')
  })
})
