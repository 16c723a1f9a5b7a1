import { describe, expect, it } from 'vitest'
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
