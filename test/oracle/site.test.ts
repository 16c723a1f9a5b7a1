import { describe, expect, it } from 'vitest'
import { judgeAsSite, type SiteJudgement } from '../../oracle/index.ts'
import { HANAKO, HistoryBuilder, ICHIRO, paperOf, sealWish, type Step, TARO } from './history-builder.ts'

/** An application that ends at an error, as far as site and kiosk go then. */
const UNSERVED: readonly Step[] = ['document', 'pay', 'print']
const logged = (history: HistoryBuilder, application: string, code = 'SERVER_ERROR', level: 'error' | 'warn' = 'error'): HistoryBuilder =>
  history.add('print:munakata/1', { type: 'info', f: 'log', level, code, application })
const failed = (history: HistoryBuilder, application: string, applicant = HANAKO): HistoryBuilder =>
  history.session({ application, applicant, skip: UNSERVED, during: { job: () => void logged(history, application) } })
const seen = ({ header, events }: HistoryBuilder): SiteJudgement => judgeAsSite({ header, events })
const closings = (history: HistoryBuilder): unknown[] => seen(history).errors.map(({ application, closedAs }) => [application, closedAs])

describe('the site observer', () => {
  it('sees nothing where nothing was logged, whatever came out', () => {
    const history = new HistoryBuilder().session({ paper: paperOf([ICHIRO]) })

    expect(seen(history)).toEqual({ verdict: 'pass', errors: [] })
  })

  it('keeps an error open that nobody came back for', () => {
    const history = failed(new HistoryBuilder(), 'a-1')

    expect(seen(history)).toMatchObject({ verdict: 'unknown', errors: [{ application: 'a-1', code: 'SERVER_ERROR' }] })
    expect(closings(history)).toEqual([['a-1', undefined]])
    expect(seen(history).errors[0]).not.toHaveProperty('closedAs')
  })

  it('closes none while the document is only asked for, or is refused', () => {
    const asked = failed(new HistoryBuilder(), 'a-1').add('shop-1', { type: 'ok', f: 'document', application: 'a-1', state: 'pending' })
    const refused = failed(new HistoryBuilder(), 'a-1').add('shop-1', { type: 'fail', f: 'document', application: 'a-1', code: 'SERVER_ERROR' })

    expect(closings(asked)).toEqual([['a-1', undefined]])
    expect(closings(refused)).toEqual([['a-1', undefined]])
  })

  it('knows nobody of an application that did not reach it, and takes no two of them for one person\'s', () => {
    const history = logged(new HistoryBuilder(), 'a-1').add('shop-2', { type: 'ok', f: 'document', application: 'a-2', state: 'ready' })

    expect(closings(history)).toEqual([['a-1', undefined]])
  })

  it('passes over errors that are about no application', () => {
    const history = new HistoryBuilder().add('link:munakata', { type: 'info', f: 'log', level: 'error', code: 'RUN_FAILED' })

    expect(seen(history)).toEqual({ verdict: 'pass', errors: [] })
  })

  it('closes an error where the same person applied again for the same and got it: Adachi', () => {
    const history = failed(new HistoryBuilder(), 'a-1').session({ application: 'a-2' })

    expect(seen(history).verdict).toBe('pass')
    expect(closings(history)).toEqual([['a-1', 'applied-again']])
  })

  it('closes it by no other person\'s document, none of another type, and none from before', () => {
    expect(closings(failed(new HistoryBuilder(), 'a-1').session({ application: 'a-2', applicant: TARO }))).toEqual([['a-1', undefined]])
    expect(closings(failed(new HistoryBuilder(), 'a-1').session({ application: 'a-2', wish: sealWish() }))).toEqual([['a-1', undefined]])
    expect(closings(failed(new HistoryBuilder().session({ application: 'a-0' }), 'a-1'))).toEqual([['a-1', undefined]])
  })

  it('closes an error where the document of that application came all the same: Munakata', () => {
    const history = new HistoryBuilder()
    history.session({ application: 'a-1', paper: paperOf([ICHIRO]), during: { job: () => void logged(history, 'a-1', 'REGISTER_BEING_UPDATED') } })

    expect(closings(history)).toEqual([['a-1', 'printed-normally']])
  })

  it('takes an error of one application that is logged twice as one, and no warning and no change of mind for one', () => {
    const history = failed(new HistoryBuilder(), 'a-1')
    logged(history, 'a-1')
    logged(history, 'a-1', 'TURN_LIMIT_PASSED', 'warn')
    logged(history, 'a-1', 'USER_CANCELLED')

    expect(closings(history)).toEqual([['a-1', undefined]])
  })
})
