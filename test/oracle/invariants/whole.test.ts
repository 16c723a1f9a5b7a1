import { describe, expect, it } from 'vitest'
import { judge } from '../../../oracle/index.ts'
import { changed, HANAKO, HistoryBuilder, ICHIRO, onPaper, paperOf, PEOPLE, resident, sessionHistory, sheetsOf, TARO, wish } from '../history-builder.ts'
import { verdictOf, violated } from '../verdicts.ts'

/** Nine people make three sheets. */
const family = [HANAKO, TARO, ...Array.from({ length: 7 }, (_, at) => resident(`child-${String(at)}`, { household: 'yamada', relation: '子' }))]
const sheets = paperOf(family)
const of = (paper: typeof sheets, wished = wish()) => sessionHistory({ paper, wish: wished }, [...family, ICHIRO])

describe('WHOLE', () => {
  it('is kept by a document of three sheets, once and in two copies', () => {
    expect(sheets).toHaveLength(3)
    expect(violated(of(sheets))).toEqual([])
    expect(violated(of([...sheets, ...sheets], wish({ copies: 2 })))).toEqual([])
  })

  it.each([0, 1, 2])('is broken where sheet %i counted from 0 is dropped', (dropped) => {
    expect(violated(of(sheets.filter((_, at) => at !== dropped)))).toEqual(['WHOLE'])
  })

  it('is broken where the sheets are in another order', () => {
    expect(violated(of([sheets[1]!, sheets[0]!, sheets[2]!]))).toContain('WHOLE')
  })

  it('is broken where a sheet comes twice', () => {
    expect(violated(of([sheets[0]!, sheets[1]!, sheets[1]!, sheets[2]!]))).toContain('WHOLE')
  })

  it('is broken by a sheet of another document in the place of its own', () => {
    const other = sheetsOf(family, undefined, '2').map(onPaper)

    expect(verdictOf(of([sheets[0]!, other[1]!, sheets[2]!]), 'WHOLE')).toEqual({
      verdict: 'violation',
      why: expect.stringContaining('differ in issue number') as string,
    })
  })

  it('is broken where somebody of the household is left out, and says who', () => {
    expect(verdictOf(sessionHistory({ paper: paperOf([HANAKO]) }), 'WHOLE')).toEqual({
      verdict: 'violation',
      why: expect.stringContaining('山田　太郎 had to be on it') as string,
    })
  })

  it('is broken where somebody stands on it twice', () => {
    expect(verdictOf(sessionHistory({ paper: paperOf([HANAKO, TARO, TARO]) }), 'WHOLE').why).toContain('more than once')
  })

  it('asks for whoever was born only from when the register may have known it', () => {
    const baby = resident('baby', { household: 'yamada', relation: '子' })
    const born = (builder: HistoryBuilder) => builder.counter('register birth', [baby])
    const without = paperOf([HANAKO, TARO])
    const after = born(new HistoryBuilder()).link([baby])

    expect(violated(born(new HistoryBuilder().link()).session({ paper: without }).history())).toEqual([])
    expect(violated(after.session({ paper: without }).history())).toEqual(['WHOLE'])
  })

  it('asks for nobody who has died or moved out', () => {
    const dead = changed(TARO, { status: 'deceased' })

    expect(violated(new HistoryBuilder([HANAKO, dead]).session({ paper: paperOf([HANAKO]) }).history())).toEqual([])
  })

  it.each([
    ['without a word on it', []],
    ['of garbage', ['見本', '??']],
    ['cut in the middle', sheets[0]!.text.slice(0, 8)],
  ])('is broken by a sheet %s, of which SUBJECT cannot be said', (_, text) => {
    const history = sessionHistory({ paper: [{ text: [...text] }] })

    expect(violated(history)).toEqual(['WHOLE'])
    expect(verdictOf(history, 'SUBJECT').verdict).toBe('unknown')
  })

  it.each([
    ['municipality', { municipality: '福津市' }],
    ['mayor', { mayor: '別の市長' }],
    ['date', { certifiedOn: '2023-06-27' }],
    ['address', { address: '別の所' }],
  ] as const)('is broken by a sheet that differs in %s', (label, change) => {
    const paper = sheetsOf(family).map((sheet, at) => onPaper(at === 1 ? { ...sheet, ...change } : sheet))

    expect(verdictOf(of(paper), 'WHOLE').why).toContain(`differ in ${label}`)
  })

  it('is unknown where somebody is missing whom an operation without an end may have taken out, and broken where the sheets themselves are', () => {
    const unended = (paper: typeof sheets) => {
      const builder = new HistoryBuilder().add('counter', { type: 'invoke', f: 'counter', operation: 'leave', residents: ['taro'] })
      return verdictOf(builder.session({ paper }).history(), 'WHOLE')
    }

    expect(unended(paperOf([HANAKO])).verdict).toBe('unknown')
    expect(unended(paperOf([HANAKO, TARO])).verdict).toBe('pass')
    expect(unended([...paperOf([HANAKO, TARO]), { text: [] }]).verdict).toBe('violation')
  })

  it('rests on the register where somebody is missing, which may have been lost, and on the paper where a sheet is', () => {
    const problem = { kind: 'bad-line', line: 3, sentence: 'Line 3.' } as const

    expect(judge(sessionHistory({ paper: paperOf([HANAKO]) }), [problem]).checks.WHOLE).toBe('unknown')
    expect(judge(of(sheets.slice(1)), [problem]).checks.WHOLE).toBe('violation')
  })

  it('is broken by a sheet in the form for one person among those for a household', () => {
    const paper = sheetsOf(family).map((sheet, at) => onPaper(at === 2 ? { ...sheet, form: 'single' } : sheet))

    expect(verdictOf(of(paper), 'WHOLE').why).toContain('differ in form')
  })

  it('is broken by a sheet that names another head of household', () => {
    const shown = wish({ show: { ...wish().show, relation: true } })
    const paper = sheetsOf(family, shown).map((sheet, at) => onPaper(at === 1 ? { ...sheet, headOfHousehold: TARO.name } : sheet))

    expect(verdictOf(of(paper, shown), 'WHOLE').why).toContain('differ in head of household')
  })

  it('says who is missing and nobody else, as of when the fewest were', () => {
    const babies = ['baby-1', 'baby-2'].map((id) => resident(id, { household: 'yamada', relation: '子' }))
    const builder = new HistoryBuilder([HANAKO, TARO, ...babies])
    for (const baby of babies) builder.counter('leave', [changed(baby, { household: 'elsewhere' })])

    expect(verdictOf(builder.session({ paper: paperOf([HANAKO]) }).history(), 'WHOLE').why).toContain('of the whole household. 山田　太郎 had to be on it and is not.')
  })

  it('says which sheets there are of how many', () => {
    expect(verdictOf(of([sheets[0]!, sheets[2]!]), 'WHOLE').why).toContain('Of 3 sheets it has number 1 and 3.')
    expect(verdictOf(of([sheets[0]!, sheets[1]!]), 'WHOLE').why).toContain('Of 3 sheets it has number 1 and 2.')
    expect(verdictOf(of([sheets[1]!, sheets[2]!]), 'WHOLE').why).toContain('Of 3 sheets it has number 2 and 3.')
  })

  it('judges each of two copies for itself', () => {
    const twice = wish({ copies: 2 })

    expect(verdictOf(sessionHistory({ wish: twice, paper: [...paperOf([HANAKO, TARO]), ...paperOf([HANAKO])] }), 'WHOLE').why).toContain('山田　太郎 had to be on it')
  })

  it('goes by the instant at which the fewest are missing', () => {
    const babies = ['baby-1', 'baby-2'].map((id) => resident(id, { household: 'yamada', relation: '子' }))
    const builder = new HistoryBuilder()
    for (const baby of babies) builder.counter('register birth', [baby])
    const { why } = verdictOf(builder.session({ paper: paperOf([HANAKO]) }).history(), 'WHOLE')

    expect(why).toContain('山田　太郎 had to be on it')
    expect(why).not.toContain('baby')
  })

  it('says nothing of whose a paper is that has somebody else on it, or was nobody\'s', () => {
    expect(violated(sessionHistory({ paper: paperOf([HANAKO, ICHIRO]) }))).toEqual(['SUBJECT'])
    expect(verdictOf(sessionHistory({ skip: ['apply'], paper: paperOf([HANAKO]) }), 'WHOLE').verdict).toBe('pass')
  })

  it('says nothing of a jam, which leaves what it leaves, nor of a print without any sheet', () => {
    const process = 'shop-1#a-1'
    const jam = new HistoryBuilder([...family]).session({ paper: sheets, skip: ['print', 'end'] })
    jam.add(process, { type: 'invoke', f: 'print', application: 'a-1', kiosk: 'shop-1' })
    jam.add(process, { type: 'fail', f: 'print', application: 'a-1', kiosk: 'shop-1', sheets: sheets.slice(0, 1) })
    jam.add(process, { type: 'info', f: 'refund', application: 'a-1', yen: 300 }).add(process, { type: 'ok', f: 'session' })

    expect(violated(jam.history())).toEqual([])
    expect(verdictOf(sessionHistory({ paper: [] }, PEOPLE), 'WHOLE').verdict).toBe('pass')
  })
})
