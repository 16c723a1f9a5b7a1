import { describe, expect, it } from 'vitest'
import { judge } from '../../../oracle/index.ts'
import { HANAKO, HEADER, HistoryBuilder, ICHIRO, paperOf, PEOPLE, resident, sessionHistory, TARO } from '../history-builder.ts'
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
    ['ten seconds before 06:30', 6.5 - 10_000 * MS, ['ENTITLED']],
    ['a millisecond before 06:30, taken in a second later', 6.5 - MS, []],
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

  it.each(['revoked', 'suspended'] as const)('is broken by a card whose certificate was %s before it was placed', (status) => {
    const builder = new HistoryBuilder()
    const stop = () => void builder.certificate('hanako', status)

    expect(verdictOf(builder.session({ before: { authenticate: stop } }).history(), 'ENTITLED')).toEqual({ verdict: 'violation', why: expect.stringContaining(`had been ${status}`) as string })
    expect(violated(new HistoryBuilder().add('register', { type: 'info', f: 'certificate', resident: 'hanako', status }).session().history())).toEqual(['ENTITLED'])
  })

  it('is kept where the certificate was revoked while the card was being checked, or after, or was somebody else\'s', () => {
    const while_ = new HistoryBuilder()
    const after = new HistoryBuilder()
    const others = new HistoryBuilder().certificate('ichiro', 'revoked')

    expect(violated(while_.session({ during: { authenticate: () => void while_.certificate('hanako', 'revoked') } }).history())).toEqual([])
    expect(violated(after.session({ before: { apply: () => void after.certificate('hanako', 'revoked') } }).history())).toEqual([])
    expect(violated(others.session().history())).toEqual([])
  })

  it('does not know of a certificate whose operation was cut off whether it is in force, and does not hold that against anybody', () => {
    const builder = new HistoryBuilder().certificate('hanako', 'suspended')
    builder.add('authority', { type: 'invoke', f: 'counter', operation: 'lift suspension', residents: ['hanako'] })

    expect(violated(builder.session().history())).toEqual([])
  })

  it('is kept again once a suspension is lifted', () => {
    expect(violated(new HistoryBuilder().certificate('hanako', 'suspended').certificate('hanako', 'good').session().history())).toEqual([])
  })

  it.each([
    ['on a closing day', { closedDays: ['2023-06-28'] }, 14, ['ENTITLED']],
    ['on another day than the closing day', { closedDays: ['2023-06-27'] }, 14, []],
    ['in announced maintenance', { maintenance: [{ from: '2023-06-28T13:00', to: '2023-06-28T15:00' }] }, 14, ['ENTITLED']],
    ['when maintenance is over', { maintenance: [{ from: '2023-06-28T13:00', to: '2023-06-28T14:00' }] }, 14, []],
    ['before a type\'s own hours', { hours: { 'residence-record': { opens: '14:01', closes: '17:00' } } }, 14, ['ENTITLED']],
    ['of a type that is not offered', { feesYen: { 'seal-certificate': 300 } }, 14, ['ENTITLED']],
    ['for people of a certain age', { minimumAge: 44 }, 14, ['ENTITLED']],
    ['for people of that age', { minimumAge: 43 }, 14, []],
    ['in a type\'s own hours', { hours: { 'residence-record': { opens: '14:00', closes: '17:00', weekdaysOnly: true } } }, 14, []],
    ['when a type\'s own hours are over', { hours: { 'residence-record': { opens: '09:00', closes: '14:00' } } }, 14, ['ENTITLED']],
    ['on a weekend for a type of weekdays', { hours: { 'residence-record': { opens: '09:00', closes: '17:00', weekdaysOnly: true } } }, 14 + 24 * 3, ['ENTITLED']],
    ['in another type\'s hours', { hours: { 'seal-certificate': { opens: '09:00', closes: '10:00' } } }, 14, []],
  ] as const)('knows a municipality\'s own calendar: %s', (_, given, hours, broken) => {
    const municipalities = HEADER.municipalities.map((each) => ({ ...each, ...structuredClone(given) })) as unknown as typeof HEADER.municipalities
    const builder = new HistoryBuilder(PEOPLE, { ...HEADER, municipalities })

    expect(violated(builder.session({ before: { apply: () => void builder.at(hours) } }).history())).toEqual(broken)
  })

  it('counts age by the birthday and not by the year', () => {
    const on = (date: string) => {
      const municipalities = HEADER.municipalities.map((each) => ({ ...each, minimumAge: 44 }))
      const born = resident('hanako', { ...HANAKO, birthDate: '1980-03-15' })
      const builder = new HistoryBuilder([born, TARO], { ...HEADER, date, municipalities })
      return verdictOf(builder.session({ paper: paperOf([born, TARO]) }).history(), 'ENTITLED').verdict
    }

    expect(['2024-02-20', '2024-03-14', '2024-03-15', '2024-11-01'].map(on)).toEqual(['violation', 'violation', 'pass', 'pass'])
  })

  it('asks for fifteen years where a municipality says nothing', () => {
    const born = (birthDate: string) => {
      const young = resident('hanako', { ...HANAKO, birthDate })
      return verdictOf(new HistoryBuilder([young, TARO]).session({ paper: paperOf([young, TARO]) }).history(), 'ENTITLED')
    }

    expect(born('2008-06-28').verdict).toBe('pass')
    expect(born('2008-06-29').why).toContain('山田　花子 was under 15')
  })

  it('goes by the first document, or by the paper where no document is on record, and says which', () => {
    const paper = verdictOf(sessionHistory({ skip: ['authenticate', 'document'] }), 'ENTITLED').why
    const document = verdictOf(sessionHistory({ skip: ['authenticate', 'print'] }), 'ENTITLED').why

    expect([paper, document]).toEqual([expect.stringContaining('Yet a paper came out.'), expect.stringContaining('Yet the certificate was handed to the kiosk.')])
  })

  it('is unknown where what is missing may have been lost, and broken where it may not', () => {
    const problem = { kind: 'bad-line', line: 3, sentence: 'Line 3.' } as const
    const verdict = (history: ReturnType<HistoryBuilder['history']>) => judge(history, [problem]).checks.ENTITLED
    const revoked = new HistoryBuilder().certificate('hanako', 'revoked').session().history()
    const notOffered = new HistoryBuilder(PEOPLE, { ...HEADER, municipalities: HEADER.municipalities.map((each) => ({ ...each, feesYen: {} })) }).session().history()

    expect([verdict(sessionHistory({ skip: ['authenticate'] })), verdict(sessionHistory({ skip: ['apply'] }))]).toEqual(['unknown', 'unknown'])
    expect([verdict(appliedAt(5)), verdict(revoked), verdict(notOffered)]).toEqual(['violation', 'violation', 'violation'])
  })

  it('takes an application for taken in when that is recorded, else when the document came', () => {
    const late = (skipAnswer: boolean) => {
      const builder = new HistoryBuilder()
      const { events, ...rest } = builder.session({ before: { apply: () => void builder.at(6.5 - 10_000 * MS), job: () => void builder.at(7) } }).history()
      return violated({ ...rest, events: events.filter(({ type, f }) => !(skipAnswer && type === 'ok' && f === 'apply')) })
    }

    expect([late(false), late(true)]).toEqual([['ENTITLED'], []])
  })

  it('takes it for taken in when a paper came where neither answer nor document is on record', () => {
    const early = (...lost: string[]) => {
      const builder = new HistoryBuilder()
      const steps = { apply: () => void builder.at(6.5 - 10_000 * MS), pay: () => void builder.at(7) }
      const { events, ...rest } = builder.session({ before: steps }).history()
      return violated({ ...rest, events: events.filter(({ type, f }) => !(type === 'ok' && lost.includes(f))) })
    }

    expect([early('apply'), early('apply', 'document')]).toEqual([['ENTITLED'], []])
  })

  it('is broken where nobody had a session, and asks no age of somebody whom the register does not know', () => {
    expect(verdictOf(sessionHistory({ skip: ['session', 'authenticate'] }), 'ENTITLED').verdict).toBe('violation')
    expect(verdictOf(sessionHistory({}, [ICHIRO]), 'ENTITLED').verdict).toBe('pass')
  })

  it('is kept where one of two cards had passed that was in force', () => {
    const builder = new HistoryBuilder()
    const between = () => {
      builder.certificate('hanako', 'suspended')
      builder.add('shop-1#a-1', { type: 'invoke', f: 'authenticate', kiosk: 'shop-1', resident: 'hanako' }).add('shop-1#a-1', { type: 'ok', f: 'authenticate' })
    }

    expect(violated(builder.session({ before: { apply: between } }).history())).toEqual([])
  })

  it('judges by its own rules alone a municipality that the header does not list', () => {
    const builder = new HistoryBuilder(PEOPLE, { ...HEADER, municipalities: [] })

    expect(verdictOf(builder.session().history(), 'ENTITLED').verdict).toBe('pass')
  })

  it('counts maintenance from the minute it was announced for', () => {
    const between = (from: string, to: string) => {
      const municipalities = HEADER.municipalities.map((each) => ({ ...each, maintenance: [{ from: `2023-06-28T${from}`, to: `2023-06-28T${to}` }] }))
      const builder = new HistoryBuilder(PEOPLE, { ...HEADER, municipalities })
      return violated(builder.session({ before: { apply: () => void builder.at(14) } }).history())
    }

    expect([between('14:00', '14:01'), between('14:01', '15:00'), between('13:00', '14:00')]).toEqual([['ENTITLED'], [], []])
  })

  it('is broken by a paper for which nobody had applied', () => {
    const history = sessionHistory({ skip: ['apply'], applicant: HANAKO })

    expect(verdictOf(history, 'ENTITLED').verdict).toBe('violation')
  })
})
