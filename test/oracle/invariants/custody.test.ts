import { describe, expect, it } from 'vitest'
import { judge } from '../../../oracle/index.ts'
import { HANAKO, HistoryBuilder, ICHIRO, jobOf, paperOf, sessionHistory, TARO } from '../history-builder.ts'
import { verdictOf, violated } from '../verdicts.ts'

const sheets = paperOf([HANAKO, TARO])
const print = (builder: HistoryBuilder, kiosk: string) => () =>
  void builder.add(`${kiosk}#a-1`, { type: 'ok', f: 'print', application: 'a-1', kiosk, sheets })

describe('CUSTODY of paper', () => {
  it('is broken where it comes out at another kiosk', () => {
    const builder = new HistoryBuilder()
    builder.session({ skip: ['print'], before: { print: print(builder, 'shop-2') } })

    expect(verdictOf(builder.history(), 'CUSTODY')).toEqual({ verdict: 'violation', why: expect.stringContaining('at another kiosk') as string })
    expect(violated(builder.history())).toEqual(['CUSTODY'])
  })

  it('is broken where it comes out after the person has gone', () => {
    const builder = new HistoryBuilder().session({ skip: ['print'] })
    print(builder, 'shop-1')()

    expect(verdictOf(builder.history(), 'CUSTODY').why).toContain('Nobody had a session')
  })

  it('is broken where it comes out in the session of whoever comes next', () => {
    const builder = new HistoryBuilder().session({ skip: ['print'] })
    builder.session({ application: 'a-2', applicant: ICHIRO, paper: paperOf([ICHIRO]), before: { pay: print(builder, 'shop-1') } })

    expect(verdictOf(builder.history(), 'CUSTODY').why).toContain('that of 佐藤　一郎')
  })

  it('is broken in a later session of the same person, who may have left in between', () => {
    const builder = new HistoryBuilder().session({ skip: ['print'] })
    builder.session({ application: 'a-2', before: { pay: print(builder, 'shop-1') } })

    expect(violated(builder.history())).toEqual(['CUSTODY'])
  })

  it('says whom it came out before, which may rest on a lost end of a session only where it was the same person', () => {
    const problem = { kind: 'bad-line', line: 3, sentence: 'Line 3.' } as const
    const verdicts = (applicant: typeof HANAKO, paper = paperOf([applicant])) => {
      const builder = new HistoryBuilder().session({ skip: ['print'] })
      builder.session({ application: 'a-2', applicant, paper, before: { pay: print(builder, 'shop-1') } })
      return judge(builder.history(), [problem]).checks.CUSTODY
    }
    const away = new HistoryBuilder()
    away.session({ skip: ['print'], before: { print: print(away, 'shop-2') } })
    const gone = new HistoryBuilder().session({ skip: ['print'] })
    print(gone, 'shop-1')()

    expect([verdicts(ICHIRO), verdicts(HANAKO, sheets)]).toEqual(['violation', 'unknown'])
    expect(judge(away.history(), [problem]).checks.CUSTODY).toBe('violation')
    expect(judge(gone.history(), [problem]).checks.CUSTODY).toBe('unknown')
  })

  it('is broken in a session that somebody else had begun, though the application was made in it', () => {
    const history = sessionHistory()
    const events = history.events.map((event) => (event.type === 'invoke' && event.f === 'session' ? { ...event, resident: 'ichiro' } : event))

    expect(verdictOf({ ...history, events }, 'CUSTODY').why).toContain('in another session, that of 佐藤　一郎')
  })

  it('says nothing of a paper for which nobody is recorded to have applied', () => {
    expect(verdictOf(sessionHistory({ skip: ['apply'] }), 'CUSTODY').verdict).toBe('pass')
  })

  it('finds the end of a session by the beginning it names', () => {
    const builder = new HistoryBuilder().session({ skip: ['end'] })
    const begun = builder.events.findIndex(({ f }) => f === 'session')
    builder.add('elsewhere', { type: 'ok', f: 'session', because: [begun] })
    print(builder, 'shop-1')()

    expect(verdictOf(builder.history(), 'CUSTODY').why).toContain('Nobody had a session')
  })
})

describe('CUSTODY of work files', () => {
  const left = (crashed?: string) => {
    const builder = new HistoryBuilder()
    builder.session({ skip: ['job'], before: { job: () => void builder.jobStart('a-1') } })
    if (crashed !== undefined) builder.add('world', { type: 'info', f: 'node', node: crashed, op: 'crash' })
    return builder
  }

  it('is kept where each is removed', () => {
    expect(violated(sessionHistory())).toEqual([])
  })

  it('is broken by one that is left', () => {
    expect(verdictOf(left().history(), 'CUSTODY')).toEqual({ verdict: 'violation', why: expect.stringContaining('munakata/a-1.img') as string })
  })

  it('is kept where the node that wrote it crashed afterwards, and no other node', () => {
    expect(violated(left('print:munakata/1').history())).toEqual([])
    expect(violated(left('print:munakata/11').history())).toEqual(['CUSTODY'])
    expect(violated(left('print:munakata').history())).toEqual([])
  })

  it('is broken by one that was written again after the crash', () => {
    expect(violated(left('print:munakata/1').file('write', 'a-1', 'munakata/a-1.img').history())).toEqual(['CUSTODY'])
  })

  it('is broken though it was read, though its job ended, and though its node started again', () => {
    expect(violated(left().file('read', 'a-1', 'munakata/a-1.img').history())).toEqual(['CUSTODY'])
    expect(violated(left().add('print', { type: 'info', f: 'job', op: 'end', job: jobOf('a-1'), application: 'a-1' }).history())).toEqual(['CUSTODY'])
    expect(violated(left().add('world', { type: 'info', f: 'node', node: 'print:munakata/1', op: 'restart' }).history())).toEqual(['CUSTODY'])
  })

  it('is told of the application it was for, if it was for one', () => {
    const of = (application: string) => judge(new HistoryBuilder().add('print', { type: 'info', f: 'work-file', op: 'write', name: 'x.img', job: 'j', application }).history()).violations

    expect(of('a-1')).toMatchObject([{ application: 'a-1' }])
    expect(of('')[0]).not.toHaveProperty('application')
  })

  it('is unknown where the run was interrupted', () => {
    expect(verdictOf(left().history({ complete: false }), 'CUSTODY').verdict).toBe('unknown')
  })

  it('names the job that wrote it', () => {
    expect(verdictOf(left().history(), 'CUSTODY').why).toContain(jobOf('a-1'))
  })
})

describe('CUSTODY of what was forgotten', () => {
  const alarm = (builder: HistoryBuilder, about: 'card' | 'paper', op: 'sounds' | 'stopped') =>
    void builder.add('kiosk:shop-1', { type: 'info', f: 'alarm', kiosk: 'shop-1', about, op })
  const next = { application: 'a-2', applicant: ICHIRO, paper: paperOf([ICHIRO]) }

  it.each(['card', 'paper'] as const)('is broken where the next person comes while the alarm over a %s still sounds', (about) => {
    const builder = new HistoryBuilder()
    builder.session({ before: { end: () => { alarm(builder, about, 'sounds') } } }).session(next)

    expect(violated(builder.history())).toEqual(['CUSTODY'])
    expect(verdictOf(builder.history(), 'CUSTODY').why).toContain(`the alarm over a forgotten ${about}`)
  })

  it('is kept where somebody had pressed stop, or the next person comes to another kiosk', () => {
    const stopped = new HistoryBuilder()
    stopped.session({ before: { end: () => { alarm(stopped, 'paper', 'sounds'); alarm(stopped, 'paper', 'stopped') } } }).session(next)
    const elsewhere = new HistoryBuilder()
    elsewhere.session({ before: { end: () => { alarm(elsewhere, 'paper', 'sounds') } } }).session({ ...next, kiosk: 'shop-2' })

    expect([violated(stopped.history()), violated(elsewhere.history())]).toEqual([[], []])
  })

  it('is not judged of a kiosk whose power failed while the alarm sounded', () => {
    const builder = new HistoryBuilder()
    builder.session({ before: { end: () => { alarm(builder, 'paper', 'sounds') } } })
    builder.add('world', { type: 'info', f: 'node', node: 'shop-1', op: 'crash' })

    expect(violated(builder.session(next).history())).toEqual([])
  })
})
