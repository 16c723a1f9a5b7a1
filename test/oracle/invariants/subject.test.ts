import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judge } from '../../../oracle/index.ts'
import { changed, HANAKO, HistoryBuilder, ICHIRO, onPaper, paperOf, PEOPLE, resident, sessionHistory, sheetsOf, TARO, wish } from '../history-builder.ts'
import { verdictOf, violated } from '../verdicts.ts'

const alone = wish({ scope: 'applicant' })

describe('SUBJECT', () => {
  it('is kept by the whole household, by the applicant alone and by a named member', () => {
    const member = wish({ scope: ['taro'] })

    expect(violated(sessionHistory())).toEqual([])
    expect(violated(sessionHistory({ wish: alone, paper: paperOf([HANAKO], alone) }))).toEqual([])
    expect(violated(sessionHistory({ wish: member, paper: paperOf([TARO], member) }))).toEqual([])
  })

  it('is broken by the paper of another household', () => {
    expect(verdictOf(sessionHistory({ paper: paperOf([ICHIRO]) }), 'SUBJECT')).toEqual({
      verdict: 'violation',
      why: expect.stringContaining('佐藤　一郎 never belonged to the household of 山田　花子') as string,
    })
  })

  it('says nothing of TYPE and WHOLE where the other person\'s document is a whole one of the same kind', () => {
    expect(violated(sessionHistory({ paper: paperOf([ICHIRO]) }))).toEqual(['SUBJECT'])
  })

  it('is broken by a member of the household who was not chosen', () => {
    const history = sessionHistory({ wish: alone, paper: paperOf([HANAKO, TARO], alone) })

    expect(verdictOf(history, 'SUBJECT').why).toContain('山田　太郎 was not among those whom 山田　花子 could ask for and chose')
  })

  it('is broken by a member of the household where another was named, and by a stranger though named', () => {
    const [taro, stranger] = [wish({ scope: ['taro'] }), wish({ scope: ['ichiro'] })]

    expect(violated(sessionHistory({ wish: taro, paper: paperOf([HANAKO], taro) }))).toContain('SUBJECT')
    expect(violated(sessionHistory({ wish: stranger, paper: paperOf([ICHIRO], stranger) }))).toContain('SUBJECT')
  })

  it('is broken by a paper in the name of another municipality', () => {
    const elsewhere = sheetsOf([HANAKO, TARO]).map((sheet) => onPaper({ ...sheet, municipality: '福津市' }))

    expect(violated(sessionHistory({ paper: elsewhere }))).toContain('SUBJECT')
  })

  it('is broken by a name altered on the paper', () => {
    const [sheet] = sheetsOf([HANAKO, TARO])
    const altered = { ...sheet!, persons: sheet!.persons.map((person) => ({ ...person, name: person.name.replace('花子', '花枝') })) }

    expect(verdictOf(sessionHistory({ paper: [onPaper(altered)] }), 'SUBJECT')).toEqual({
      verdict: 'violation',
      why: expect.stringContaining('fits nobody in the register') as string,
    })
  })

  it('is broken twice by two papers that were swapped', () => {
    const history = new HistoryBuilder()
      .session({ application: 'a-1', paper: paperOf([ICHIRO]) })
      .session({ application: 'a-2', applicant: ICHIRO })
      .history()

    expect(judge(history)).toMatchObject({ wrongPapers: 2, violations: [{ application: 'a-1' }, { application: 'a-2' }] })
  })

  it('counts a jammed paper of another person, because it lies in the tray', () => {
    const { events } = sessionHistory({ paper: paperOf([ICHIRO]) })
    const jammed = events.map((event) => (event.type === 'ok' && event.f === 'print' ? { ...event, type: 'fail' as const } : event))

    expect(judge({ ...sessionHistory(), events: jammed }).wrongPapers).toBe(1)
  })

  it('allows somebody who left the household only after what the allowed lag covers', () => {
    const left = changed(TARO, { household: 'elsewhere' })
    const early = new HistoryBuilder().counter('leave', [left]).link([left]).session().history()
    const late = new HistoryBuilder().link().counter('leave', [left]).session().history()

    expect(violated(early)).toEqual(['SUBJECT'])
    expect(violated(late)).toEqual(['FRESH'])
  })

  it('is unknown where an operation at the counter, whose end was not recorded, may have brought the person in', () => {
    const builder = new HistoryBuilder()
    builder.add('counter', { type: 'invoke', f: 'counter', operation: 'join', residents: ['ichiro'] })
    builder.session({ paper: paperOf([ICHIRO]) })

    expect(verdictOf(builder.history(), 'SUBJECT').verdict).toBe('unknown')
  })

  it('is unknown without a register to compare with', () => {
    expect(judge(sessionHistory({}, []))).toMatchObject({ verdict: 'unknown', checks: { SUBJECT: 'unknown', FRESH: 'unknown' } })
  })
})

describe('SUBJECT, where something is not known', () => {
  const problem = { kind: 'bad-line', line: 3, sentence: 'Line 3.' } as const
  const [sheet] = sheetsOf([HANAKO, TARO])
  const nobodys = onPaper({ ...sheet!, persons: sheet!.persons.map((person) => ({ ...person, birthDate: '1999-09-09' })) })
  const unended = (id: string, paper: Parameters<typeof sessionHistory>[0]) => {
    const builder = new HistoryBuilder().add('counter', { type: 'invoke', f: 'counter', operation: 'join', residents: [id] })
    return verdictOf(builder.session(paper).history(), 'SUBJECT').verdict
  }

  it('says once that a paper has no application', () => {
    const { unknowns } = judge(sessionHistory({ skip: ['apply'] }))

    expect(unknowns.filter(({ invariant }) => invariant === 'SUBJECT')).toMatchObject([{ why: expect.stringContaining('which nobody is recorded to have made') as string }])
  })

  it('says once that there is no register', () => {
    const { unknowns } = judge(sessionHistory({}, []))

    expect(unknowns.filter(({ invariant }) => invariant === 'SUBJECT')).toHaveLength(1)
    expect(unknowns.filter(({ invariant }) => invariant === 'FRESH')).toHaveLength(1)
  })

  it('does not judge a paper whose application is missing', () => {
    expect(judge(sessionHistory({ skip: ['apply'] })).checks.SUBJECT).toBe('unknown')
  })

  it('doubts a paper that fits nobody also where it was a member of the household who is not on it', () => {
    const [first] = sheetsOf([HANAKO])
    const changedOne = onPaper({ ...first!, persons: first!.persons.map((person) => ({ ...person, birthDate: '1999-09-09' })) })

    expect([unended('taro', { paper: [changedOne] }), unended('ichiro', { paper: [changedOne] })]).toEqual(['unknown', 'violation'])
  })

  it('doubts a paper that fits another only where that one or the applicant was in an operation without an end', () => {
    const paper = { paper: paperOf([ICHIRO]) }

    expect(['ichiro', 'hanako', 'taro'].map((id) => unended(id, paper))).toEqual(['unknown', 'unknown', 'violation'])
  })

  it('doubts a paper that fits nobody where anybody of the household was', () => {
    expect(['hanako', 'taro', 'ichiro'].map((id) => unended(id, { paper: [nobodys] }))).toEqual(['unknown', 'unknown', 'violation'])
  })

  it('holds another\'s paper against a history that has lost something, and nobody\'s not', () => {
    expect(judge(sessionHistory({ paper: paperOf([ICHIRO]) }), [problem]).checks.SUBJECT).toBe('violation')
    expect(judge(sessionHistory({ paper: [nobodys] }), [problem]).checks.SUBJECT).toBe('unknown')
    expect(judge(sessionHistory({ paper: [nobodys, ...paperOf([ICHIRO])] }), [problem]).checks.SUBJECT).toBe('violation')
  })

  it('tells apart whose the wrong blocks are and which are nobody\'s', () => {
    const { why } = verdictOf(sessionHistory({ paper: [...paperOf([ICHIRO]), nobodys] }), 'SUBJECT')

    expect(why).toContain('printed the record of 佐藤　一郎, born 1991-11-30, of 福岡県宗像市田熊2番2号, a record in the name of 山田　花子, born 1999-09-09 and a record in the name of 山田　太郎, born 1999-09-09.')
    expect(why).toContain('What stands there under 山田　花子 and 山田　太郎 fits nobody')
    expect(why).not.toContain('a record in the name of 佐藤')
  })
})

describe('namesakes', () => {
  /** The same name, kana and birth date in another household. */
  const namesake = (given = {}) => resident('namesake', { ...HANAKO, id: 'namesake', household: 'other', ...given })
  const one = (person: typeof HANAKO, wished = alone) => sessionHistory({ wish: wished, paper: paperOf([person], wished) }, [...PEOPLE, namesake({ address: '福岡県宗像市葉山9番9号' })])

  it('are told apart by their address', () => {
    expect(violated(one(HANAKO))).toEqual([])
    expect(violated(one(namesake({ address: '福岡県宗像市葉山9番9号' })))).toEqual(['SUBJECT'])
  })

  it('raise no alarm where the paper shows nothing that tells them apart', () => {
    const twin = namesake()

    expect(violated(sessionHistory({ wish: alone, paper: paperOf([twin], alone) }, [...PEOPLE, twin]))).toEqual([])
  })

  it('are told apart as soon as the paper shows an item in which they differ', () => {
    const twin = namesake({ individualNumber: 'number-of-twin' })
    const shown = wish({ scope: 'applicant', show: { ...alone.show, individualNumber: true } })
    const people = [...PEOPLE, twin]

    expect(violated(sessionHistory({ wish: shown, paper: paperOf([HANAKO], shown) }, people))).toEqual([])
    expect(violated(sessionHistory({ wish: shown, paper: paperOf([twin], shown) }, people))).toEqual(['SUBJECT'])
  })

  it('are told apart by the head of household as it was', () => {
    const twin = namesake({ relation: '子' })
    const head = resident('head', { household: 'other', name: '山田　次郎' })
    const shown = wish({ scope: 'applicant', show: { ...alone.show, relation: true } })
    const sheets = sheetsOf([{ ...twin, relation: HANAKO.relation }], shown).map((sheet) => ({ ...sheet, headOfHousehold: head.name }))

    expect(violated(sessionHistory({ wish: shown, paper: sheets.map(onPaper) }, [...PEOPLE, twin, head]))).toEqual(['SUBJECT'])
  })

  it('within one household both have to be on the paper, though nothing tells them apart', () => {
    const twin = namesake({ household: 'yamada', relation: '子' })
    const people = [HANAKO, twin]

    expect(violated(sessionHistory({ paper: paperOf([HANAKO, twin]) }, people))).toEqual([])
    expect(violated(sessionHistory({ paper: paperOf([HANAKO]) }, people))).toEqual(['WHOLE'])
  })

  it('never raise an alarm over the right paper, nor hide a wrong one that shows a difference (seed 20230628)', () => {
    const field = fc.constantFrom('name', 'kana', 'birthDate', 'address', 'previousAddress', 'notified')
    const value = { name: '山田　花江', kana: 'ヤマダ', birthDate: '1980-01-03', address: '別の所1番', previousAddress: '前の所', notified: '2011-01-01' }
    fc.assert(
      fc.property(fc.uniqueArray(field, { maxLength: 6 }), (differing) => {
        const other = namesake(Object.fromEntries(differing.map((name) => [name, value[name]])))
        const people = [HANAKO, TARO, other]
        const mine = sessionHistory({ wish: alone, paper: paperOf([HANAKO], alone) }, people)
        const theirs = sessionHistory({ wish: alone, paper: paperOf([other], alone) }, people)
        expect(judge(mine).wrongPapers).toBe(0)
        expect(judge(theirs).wrongPapers).toBe(differing.length === 0 ? 0 : 1)
      }),
      { seed: 20230628 },
    )
  })
})
