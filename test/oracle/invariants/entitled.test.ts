import { describe, expect, it } from 'vitest'
import { HANAKO, HEADER, HistoryBuilder, ICHIRO, PEOPLE, sessionHistory } from '../history-builder.ts'
import { verdictOf, violated } from '../verdicts.ts'

/** A session whose application is made at this hour, to the millisecond, of this day. */
function appliedAt(hours: number, date = HEADER.date): ReturnType<HistoryBuilder['history']> {
  const builder = new HistoryBuilder(PEOPLE, { ...HEADER, date })
  return builder.session({ before: { apply: () => void builder.at(hours) } }).history()
}
const MS = 1 / 3_600_000

describe('ENTITLED', () => {
  it('is kept where the applicant\'s card had passed', () => {
    expect(violated(sessionHistory())).toEqual([])
  })

  it('is broken where no card had passed', () => {
    expect(violated(sessionHistory({ skip: ['authenticate'] }))).toEqual(['ENTITLED'])
  })

  it('is broken where the card was refused', () => {
    const builder = new HistoryBuilder()
    const refuse = () => {
      builder.add('shop-1#a-1', { type: 'invoke', f: 'authenticate', kiosk: 'shop-1', resident: 'hanako' })
      builder.add('shop-1#a-1', { type: 'fail', f: 'authenticate', code: 'PIN_WRONG' })
    }

    expect(violated(builder.session({ skip: ['authenticate'], before: { authenticate: refuse } }).history())).toEqual(['ENTITLED'])
  })

  it('is broken where the card was somebody else\'s, or had passed at another kiosk', () => {
    for (const [resident, kiosk] of [['ichiro', 'shop-1'], ['hanako', 'shop-2']] as const) {
      const builder = new HistoryBuilder()
      const other = () => {
        builder.add('shop-1#a-1', { type: 'invoke', f: 'authenticate', kiosk, resident }).add('shop-1#a-1', { type: 'ok', f: 'authenticate' })
      }
      expect(violated(builder.session({ skip: ['authenticate'], before: { authenticate: other } }).history())).toEqual(['ENTITLED'])
    }
  })

  it('is broken where the card had passed in an earlier session only', () => {
    const history = new HistoryBuilder().session({ application: 'a-1' }).session({ application: 'a-2', skip: ['authenticate'] }).history()

    expect(violated(history)).toEqual(['ENTITLED'])
  })

  it('asks nothing of an application that got nothing', () => {
    expect(violated(sessionHistory({ skip: ['authenticate', 'document', 'pay', 'print'], applicant: ICHIRO }))).toEqual([])
  })

  it.each([
    ['06:30 sharp', 6.5, []],
    ['a millisecond before 06:30', 6.5 - MS, ['ENTITLED']],
    ['23:00 sharp', 23, []],
    ['a millisecond after 23:00', 23 + MS, ['ENTITLED']],
    ['noon of the second day', 36, []],
    ['half past midnight of the second day', 24.5, ['ENTITLED']],
  ])('counts %s by the service hours', (_, hours, broken) => {
    expect(violated(appliedAt(hours))).toEqual(broken)
  })

  it.each([
    ['2023-12-28', 12, []],
    ['2023-12-28', 36, ['ENTITLED']],
    ['2023-12-29', 12, ['ENTITLED']],
    ['2023-12-31', 12, ['ENTITLED']],
    ['2023-12-31', 24 * 4 - 12, ['ENTITLED']],
    ['2024-01-03', 12, ['ENTITLED']],
    ['2024-01-03', 36, []],
    ['2024-02-28', 36, []],
  ])('knows that a run of %s is or is not at year end after %i hours', (date, hours, broken) => {
    expect(violated(appliedAt(hours, date))).toEqual(broken)
  })

  it('is broken by a paper for which nobody had applied', () => {
    const history = sessionHistory({ skip: ['apply'], applicant: HANAKO })

    expect(verdictOf(history, 'ENTITLED').verdict).toBe('violation')
  })
})
