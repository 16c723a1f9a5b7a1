import { describe, expect, it } from 'vitest'
import type { EventDraft } from '../../../contract/index.ts'
import { judge } from '../../../oracle/index.ts'
import { HistoryBuilder, jobOf, type SessionOptions, type Step } from '../history-builder.ts'
import { verdictOf, violated } from '../verdicts.ts'

const application = 'a-1'
const stops: [string, EventDraft][] = [
  ['its job failed', { type: 'info', f: 'log', level: 'error', code: 'PRINT_FAILED', application }],
  ['its job ran into the limit of its turn', { type: 'info', f: 'log', level: 'warn', code: 'TURN_LIMIT_PASSED', application }],
  ['the kiosk was told that it had failed', { type: 'fail', f: 'document', application, code: 'SERVER_TIMEOUT' }],
  ['it had been refused', { type: 'fail', f: 'apply', application, code: 'NOT_ENTITLED' }],
  ['it had been cancelled', { type: 'info', f: 'outcome', application, outcome: 'cancelled' }],
]

function stoppedBefore(step: Step, draft: EventDraft, options: SessionOptions = {}): HistoryBuilder {
  const builder = new HistoryBuilder()
  return builder.session({ ...options, before: { [step]: () => void builder.add('seen', draft) } })
}
const refund: EventDraft = { type: 'info', f: 'refund', application, yen: 300 }

describe('STOPPED', () => {
  it.each(stops)('is broken by a paper after %s', (_, draft) => {
    expect(verdictOf(stoppedBefore('document', draft).history(), 'STOPPED')).toEqual({
      verdict: 'violation',
      why: expect.stringContaining('Yet kiosk shop-1 printed 1 sheets') as string,
    })
  })

  it.each(stops)('is broken by a paper after %s, also where no job is recorded', (_, draft) => {
    expect(violated(stoppedBefore('document', draft, { skip: ['job'] }).history())).toContain('STOPPED')
  })

  it.each(stops)('is broken by a fee that is kept after %s', (_, draft) => {
    const history = stoppedBefore('document', draft, { skip: ['print'] }).history()

    expect(verdictOf(history, 'STOPPED').why).toContain('was kept')
    expect(violated(history)).toEqual(['STOPPED', 'PAID'])
  })

  it.each(stops)('is kept where there was neither paper nor charge after %s', (_, draft) => {
    expect(violated(stoppedBefore('document', draft, { skip: ['pay', 'print'] }).history())).toEqual([])
  })

  it.each(stops)('is kept where the fee was given back after %s', (_, draft) => {
    expect(violated(stoppedBefore('document', draft, { skip: ['print'] }).add('shop-1', refund).history())).toEqual([])
  })

  it('does not count an error that came after the paper was out', () => {
    expect(violated(stoppedBefore('end', stops[0]![1]).history())).toEqual([])
  })

  it('does not count other warnings, nor another application\'s error', () => {
    const warning: EventDraft = { type: 'info', f: 'log', level: 'warn', code: 'SLOW', application }
    const others: EventDraft = { type: 'info', f: 'log', level: 'error', code: 'PRINT_FAILED', application: 'a-2' }

    expect(violated(stoppedBefore('document', warning).history())).toEqual([])
    expect(violated(stoppedBefore('document', others).history())).toEqual([])
  })

  describe('where the queue handed a job out twice', () => {
    const one = jobOf(application)
    const other = 'print:munakata/1#other'
    /** Both jobs begin, some fail, and then a paper comes out. */
    const twice = (failing: readonly string[], also?: EventDraft): string[] => {
      const builder = new HistoryBuilder()
      const jobs = (): void => {
        builder.add(other, { type: 'info', f: 'job', op: 'start', job: other, application })
        for (const job of failing) builder.add(job, stops[0]![1])
        if (also !== undefined) builder.add('seen', also)
      }
      return violated(builder.session({ before: { document: jobs } }).history())
    }

    it('does not count one that failed beside one that did not', () => {
      expect(twice([one])).toEqual([])
      expect(twice([other])).toEqual([])
    })

    it('does not count it either where money was short before and then paid after all', () => {
      const builder = new HistoryBuilder()
      const jobs = (): void => {
        builder.add(other, { type: 'info', f: 'job', op: 'start', job: other, application })
        builder.add(one, stops[0]![1])
      }
      const short = (): void => void builder.add('shop-1', { type: 'fail', f: 'pay', application, code: 'MONEY_SHORT' })

      expect(violated(builder.session({ before: { document: jobs, pay: short } }).history())).toEqual([])
    })

    it('is broken where both failed, or the kiosk was told that the application had', () => {
      expect(twice([one, other])).toEqual(['STOPPED'])
      expect(twice([one], stops[2]![1])).toEqual(['STOPPED'])
    })
  })

  it('does not count money that was short and then paid after all', () => {
    expect(violated(stoppedBefore('pay', { type: 'fail', f: 'pay', application, code: 'MONEY_SHORT' }).history())).toEqual([])
  })

  it('is broken by a paper after the money stayed short', () => {
    expect(violated(stoppedBefore('pay', { type: 'fail', f: 'pay', application, code: 'MONEY_SHORT' }, { skip: ['pay'] }).history())).toEqual(['STOPPED', 'PAID'])
  })

  it.each([
    ['At 14:00:14 its job failed (PRINT_FAILED).', 0],
    ['At 14:00:14 its job ran into the limit of its turn (TURN_LIMIT_PASSED).', 1],
    ['At 14:00:14 the kiosk was told SERVER_TIMEOUT.', 2],
    ['At 14:00:14 it was cancelled.', 4],
  ])('says what stopped it: %s', (words, at) => {
    expect(verdictOf(stoppedBefore('document', stops[at]![1]).history(), 'STOPPED').why).toContain(words)
  })

  it('is broken where the money stayed short after it had been paid before', () => {
    const again = stoppedBefore('print', { type: 'fail', f: 'pay', application, code: 'MONEY_SHORT' })

    expect(violated(again.history())).toContain('STOPPED')
  })

  it('goes by the first of several stops', () => {
    const builder = new HistoryBuilder()
    const both = () => void builder.add('seen', stops[2]![1]).add('seen', stops[0]![1])
    const { violations } = judge(builder.session({ before: { document: both } }).history())

    expect(violations.map(({ explanation }) => explanation)).toEqual([expect.stringContaining('SERVER_TIMEOUT. Yet kiosk'), expect.stringContaining('SERVER_TIMEOUT. Yet the fee')])
  })

  it('is unknown, not broken, where the run was interrupted before the fee could be given back', () => {
    const builder = stoppedBefore('document', stops[0]![1], { skip: ['print'] })

    expect(verdictOf(builder.history({ complete: false }), 'STOPPED').verdict).toBe('unknown')
  })
})
