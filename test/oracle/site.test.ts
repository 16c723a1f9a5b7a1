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

const compared = (history: HistoryBuilder, application: string, agreed = true): HistoryBuilder => history.add('print:munakata/1', { type: 'info', f: 'comparison', application, agreed })
/** Somebody's whole session with paper, its image compared if so. */
const served = (history: HistoryBuilder, application: string, applicant = HANAKO, looked = true): HistoryBuilder =>
  history.session({
    application,
    applicant,
    during: {
      job: () => {
        if (looked) compared(history, application)
      },
    },
  })

describe('the site observer', () => {
  it('sees nothing where nothing was logged, whatever came out', () => {
    const history = new HistoryBuilder().session({ paper: paperOf([ICHIRO]) })

    expect(seen(history)).toEqual({ verdict: 'pass', errors: [], alarms: [] })
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

    expect(seen(history)).toEqual({ verdict: 'pass', errors: [], alarms: [] })
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

describe('ALARM', () => {
  it('is broken where an error was closed because the person applied again, and says why', () => {
    const history = served(failed(new HistoryBuilder(), 'a-1'), 'a-2', HANAKO, false)

    expect(seen(history).errors).toMatchObject([{ closedAs: 'applied-again', imagesCompared: false }])
    expect(seen(history).alarms).toEqual([expect.stringMatching(/^The error SERVER_ERROR of application a-1 at \d\d:\d\d:\d\d was closed because the person applied again and it was printed normally; not every image that was handed over until then had been compared with its application\.$/)])
  })

  it('is broken where it was closed because the document came after all', () => {
    const history = new HistoryBuilder()
    history.session({ application: 'a-1', paper: paperOf([ICHIRO]), during: { job: () => void logged(history, 'a-1') } })

    expect(seen(history).alarms).toEqual([expect.stringContaining('was closed because its document came after all;')])
  })

  it('holds where every image was compared until then, and while an error is open', () => {
    expect(seen(served(failed(new HistoryBuilder(), 'a-1'), 'a-2'))).toMatchObject({ verdict: 'pass', alarms: [], errors: [{ imagesCompared: true }] })
    expect(seen(failed(new HistoryBuilder(), 'a-1')).alarms).toEqual([])
    expect(seen(failed(new HistoryBuilder(), 'a-1')).errors[0]).not.toHaveProperty('imagesCompared')
  })

  it('is broken by what somebody else got meanwhile, compared with nobody or not agreeing, and by nothing before or after', () => {
    const meanwhile = (looked: boolean) => seen(served(served(failed(new HistoryBuilder(), 'a-1'), 'b-1', TARO, looked), 'a-2')).alarms.length
    const before = served(failed(served(new HistoryBuilder(), 'b-1', TARO, false), 'a-1'), 'a-2')
    const after = served(served(failed(new HistoryBuilder(), 'a-1'), 'a-2'), 'b-1', TARO, false)
    const disagreeing = failed(new HistoryBuilder(), 'a-1')
    disagreeing.session({ application: 'a-2', during: { job: () => void compared(disagreeing, 'a-2', false) } })

    expect([meanwhile(true), meanwhile(false)]).toEqual([0, 1])
    expect(seen(before).alarms).toEqual([])
    expect(seen(after).alarms).toEqual([])
    expect(seen(disagreeing).alarms).toHaveLength(1)
  })

  it('asks of all from the application on, not only from the error on', () => {
    const history = new HistoryBuilder()
    const job = (): void => {
      served(history, 'b-1', TARO, false)
      logged(history, 'a-1')
    }
    history.session({ application: 'a-1', skip: UNSERVED, during: { job } })

    expect(seen(served(history, 'a-2')).alarms).toHaveLength(1)
  })

  it('asks nothing of what came after the first document that closed the error, be there another', () => {
    const again = served(served(served(failed(new HistoryBuilder(), 'a-1'), 'a-2'), 'b-1', TARO, false), 'a-3')
    const fetchedTwice = new HistoryBuilder()
    fetchedTwice.session({ application: 'a-1', during: { job: () => void logged(compared(fetchedTwice, 'a-1'), 'a-1') } })
    served(fetchedTwice, 'b-1', TARO, false).add('shop-1', { type: 'ok', f: 'document', application: 'a-1', state: 'ready', digest: 'd', pages: 1 })

    expect([seen(again).alarms, seen(fetchedTwice).alarms]).toEqual([[], []])
  })

  it('asks up to the application\'s own document where that came, be it after another of the same person\'s', () => {
    const history = served(served(failed(new HistoryBuilder(), 'a-1'), 'a-2'), 'b-1', TARO, false)
    compared(history, 'a-1').add('shop-1', { type: 'ok', f: 'document', application: 'a-1', state: 'ready', digest: 'd', pages: 1 })

    expect(seen(history).errors).toMatchObject([{ closedAs: 'printed-normally', imagesCompared: false }])
  })

  it('asks from the error on where the application itself did not reach it', () => {
    const history = logged(new HistoryBuilder(), 'a-1').add('shop-1', { type: 'ok', f: 'document', application: 'a-1', state: 'ready', digest: 'd', pages: 1 })

    expect(seen(history).errors).toMatchObject([{ closedAs: 'printed-normally', imagesCompared: false }])
  })

  it('asks nothing of what another municipality handed over meanwhile', () => {
    const history = failed(new HistoryBuilder(), 'a-1')
    history.add('shop-9', { type: 'invoke', f: 'apply', application: 'y-1', kiosk: 'shop-9', applicant: TARO.id, municipality: 'yokohama', wish: sealWish() })
    history.add('shop-9', { type: 'ok', f: 'document', application: 'y-1', state: 'ready' })

    expect(seen(served(history, 'a-2')).alarms).toEqual([])
  })
})
