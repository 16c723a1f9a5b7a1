import { describe, expect, it } from 'vitest'
import { type Checker, CHECKERS, INVARIANTS, judge } from '../../oracle/index.ts'
import { changed, HANAKO, HEADER, HistoryBuilder, ICHIRO, paperOf, PEOPLE, sessionHistory, TARO, withPaper } from './history-builder.ts'

const wrong = sessionHistory({ paper: paperOf([ICHIRO]) })

describe('a judgement', () => {
  it('passes a clean session in every invariant', () => {
    const judgement = judge(sessionHistory())

    expect(judgement).toMatchObject({ verdict: 'pass', violations: [], unknowns: [], notObservable: [], wrongPapers: 0 })
    expect(Object.entries(judgement.checks)).toEqual(INVARIANTS.map((name) => [name, 'pass']))
  })

  it('passes many sessions at two kiosks with a change at the counter and a link run between them', () => {
    const moved = [HANAKO, TARO].map((person) => changed(person, { address: '福岡県宗像市日の里3番3号' }))
    const builder = new HistoryBuilder()
    builder.session({ application: 'a-1' }).counter('moveWithin', moved).link(moved)
    builder.session({ application: 'a-2', kiosk: 'city-hall-1', paper: paperOf(moved) })
    builder.session({ application: 'a-3', applicant: ICHIRO, paper: paperOf([ICHIRO]) })

    expect(judge(builder.history())).toMatchObject({ verdict: 'pass', wrongPapers: 0 })
  })

  it('counts the papers that went to the wrong person and names the events that prove each', () => {
    const judgement = judge(wrong)

    expect(judgement).toMatchObject({ verdict: 'violation', wrongPapers: 1 })
    const [violation] = judgement.violations
    expect(violation).toMatchObject({ invariant: 'SUBJECT', application: 'a-1' })
    expect(violation?.events.map((i) => `${wrong.events[i]?.type ?? ''} ${wrong.events[i]?.f ?? ''}`)).toEqual(['invoke apply', 'ok print'])
  })

  it('explains a wrong paper by kiosk, time of day, who asked and whose record it was', () => {
    const [violation] = judge(wrong).violations

    for (const word of ['shop-1', '14:00:19', '山田　花子', '佐藤　一郎']) expect(violation?.explanation).toContain(word)
  })

  it.each([CHECKERS.length])('has a checker for each of its %i invariants', () => {
    expect(CHECKERS.map(({ name }) => name)).toEqual([...INVARIANTS])
  })
})

describe('provenance lines', () => {
  const stripped = (history = wrong) => withPaper(history, (sheets) => sheets.map(({ text }) => ({ text })))
  const histories = {
    'a clean session': sessionHistory(),
    'a wrong paper': wrong,
    'a paper with a sheet too many': sessionHistory({ paper: [...paperOf([HANAKO, TARO]), ...paperOf([ICHIRO], undefined, '2')] }),
    'a paper with old data': new HistoryBuilder()
      .counter('moveWithin', [changed(HANAKO, { address: '別の所' }), changed(TARO, { address: '別の所' })])
      .link([changed(HANAKO, {}), changed(TARO, {})])
      .session()
      .history(),
  }

  it.each(Object.entries(histories))('change nothing in the judgement of %s when they are stripped', (_, history) => {
    expect(judge(stripped(history))).toEqual(judge(history))
  })

  it('change nothing when each names somebody else', () => {
    const forged = withPaper(wrong, (sheets) => sheets.map(({ text }) => ({ text, provenance: 'application of 山田　花子' })))

    expect(judge(forged)).toEqual(judge(wrong))
  })
})

describe('what was not seen to the end', () => {
  it('is unknown where the run was interrupted', () => {
    const judgement = judge(new HistoryBuilder().session().history({ complete: false }))

    expect(judgement).toMatchObject({ verdict: 'unknown', violations: [], unknowns: [{ invariant: 'HISTORY' }] })
  })

  it('is unknown where there is no footer', () => {
    const { header, events } = sessionHistory()

    expect(judge({ header, events }).verdict).toBe('unknown')
  })

  it('is unknown where the file has a problem', () => {
    const judgement = judge(sessionHistory(), [{ kind: 'bad-line', line: 7, sentence: 'Line 7 is no JSON.' }])

    expect(judgement).toMatchObject({ verdict: 'unknown', unknowns: [{ invariant: 'HISTORY', why: 'Line 7 is no JSON.' }] })
  })

  it('is a violation all the same where what was read holds one', () => {
    const { header, events } = wrong

    expect(judge({ header, events }, [{ kind: 'broken-chain', line: 9, sentence: 'Line 9.' }])).toMatchObject({ verdict: 'violation', wrongPapers: 1 })
  })

  it('is no violation where the event that is missing may have been lost with a line', () => {
    const unpaid = sessionHistory({ skip: ['pay'] })
    const problem = { kind: 'bad-line', line: 20, sentence: 'Line 20 is no JSON.' } as const

    expect(judge(unpaid).checks.PAID).toBe('violation')
    expect(judge(unpaid, [problem])).toMatchObject({ verdict: 'unknown', checks: { PAID: 'unknown' } })
  })

  it('is a violation where the missing event would have had to come before the end that was cut', () => {
    const unpaid = sessionHistory({ skip: ['pay'] })

    expect(judge(unpaid, [{ kind: 'cut', line: 20, sentence: 'Line 20 is cut.' }]).checks.PAID).toBe('violation')
  })
})

describe('what may be missing from a history', () => {
  const unpaid = sessionHistory({ skip: ['pay'] })
  const noPaper = sessionHistory({ skip: ['print'] })
  const cut = { kind: 'cut', line: 20, sentence: 'Line 20 is cut.' } as const
  const noFooter = { kind: 'missing-footer', line: 30, sentence: 'There is no footer.' } as const
  const broken = { kind: 'broken-chain', line: 9, sentence: 'Line 9.' } as const

  it('at its end excuses what should have followed, and nothing that should have come before', () => {
    for (const problem of [cut, noFooter]) {
      expect([judge(unpaid, [problem]).checks.PAID, judge(noPaper, [problem]).checks.PAID]).toEqual(['violation', 'unknown'])
    }
  })

  it('anywhere excuses both', () => {
    expect([judge(unpaid, [broken]).checks.PAID, judge(noPaper, [broken]).checks.PAID]).toEqual(['unknown', 'unknown'])
  })

  it('is said with the doubt', () => {
    expect(judge(unpaid, [broken]).unknowns.at(-1)?.why).toContain('But events are missing from the history, which may explain it.')
    expect(judge(noPaper, [cut]).unknowns.at(-1)?.why).toContain('But the history does not go on to the end, which may explain it.')
  })

  it('is said once: a footer that is missing is no second problem', () => {
    const { header, events } = sessionHistory()

    expect(judge({ header, events }).unknowns).toMatchObject([{ why: expect.stringContaining('no footer') as string }])
    expect(judge({ header, events }, [noFooter]).unknowns).toMatchObject([{ why: 'There is no footer.' }])
    expect(judge({ header, events }, [cut]).unknowns).toHaveLength(1)
  })
})

describe('the count of stale papers', () => {
  it('counts applications whose paper was no longer so, and nothing else', () => {
    expect(judge(wrong).stalePapers).toBe(0)
  })
})

describe('a check that crashes', () => {
  const crashing: Checker = {
    name: 'WHOLE',
    needs: 'kiosk',
    *check() {
      yield { events: [1], explanation: 'Found before the crash.' }
      throw new Error('no such copy')
    },
  }

  it('is unknown with what went wrong, and never a pass', () => {
    const { verdict, unknowns, checks } = judge(sessionHistory(), [], [{ ...crashing, check: () => { throw new Error('no such copy') } }])

    expect({ verdict, why: unknowns[0]?.why, check: checks.WHOLE }).toEqual({
      verdict: 'unknown',
      why: 'The check failed: no such copy.',
      check: 'unknown',
    })
  })

  it('says what was thrown, be it no error', () => {
    const odd: unknown = 'no such copy'

    expect(judge(sessionHistory(), [], [{ ...crashing, check: () => { throw odd } }]).unknowns[0]?.why).toBe('The check failed: no such copy.')
  })

  it('keeps what it had found before', () => {
    expect(judge(sessionHistory(), [], [crashing])).toMatchObject({
      verdict: 'violation',
      violations: [{ explanation: 'Found before the crash.' }],
      unknowns: [{ invariant: 'WHOLE' }],
    })
  })

  it('is unknown where the history cannot even be prepared', () => {
    const events = [{ i: 0, atMs: 0, process: 'register', type: 'info', f: 'registered' } as never]

    expect(judge({ ...sessionHistory(), events })).toMatchObject({ verdict: 'unknown', unknowns: [{ invariant: 'HISTORY' }] })
  })
})

describe('a black-box target', () => {
  const seen = new HistoryBuilder(PEOPLE, { ...HEADER, world: 'target' }).session({ skip: ['job'] }).history()

  it('passes for what can be observed, with what cannot listed apart', () => {
    const judgement = judge(seen)

    expect(judgement).toMatchObject({ verdict: 'pass', unknowns: [], notObservable: ['ONE-WRITER', 'UNIQUE', 'ECHO', 'PROVENANCE', 'MONOTONIC'] })
    expect(judgement.checks).toMatchObject({ SUBJECT: 'pass', 'ONE-WRITER': 'unknown', PROVENANCE: 'unknown', MONOTONIC: 'unknown' })
  })

  it('would not pass in a world of our own, where the inside has to be seen', () => {
    expect(judge({ ...seen, header: HEADER })).toMatchObject({
      verdict: 'unknown',
      notObservable: [],
      checks: { 'ONE-WRITER': 'unknown', PROVENANCE: 'unknown' },
    })
  })
})
