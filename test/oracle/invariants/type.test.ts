import { describe, expect, it } from 'vitest'
import type { Resident, ShownItems } from '../../../contract/index.ts'
import { HANAKO, ICHIRO, onPaper, paperOf, PEOPLE, resident, sessionHistory, sheetsOf, SHOW_NOTHING, TARO, wish } from '../history-builder.ts'
import { verdictOf, violated } from '../verdicts.ts'

const ITEMS: readonly (keyof ShownItems)[] = ['relation', 'domicile', 'individualNumber', 'recordCode']
const show = (item: keyof ShownItems) => wish({ show: { ...SHOW_NOTHING, [item]: true } })

/** A foreign national: has foreign items and no domicile. */
function foreigner(): Resident {
  const { domicile: _domicile, domicileHead: _head, ...rest } = resident('anna', { name: 'アンナ', household: 'yamada', relation: '子' })
  return { ...rest, foreign: { nationality: '見本国', residenceStatus: '留学', periodOfStay: '1年', cardNumber: 'card-anna' } }
}

describe('TYPE', () => {
  it.each(ITEMS)('is kept where %s was asked for and is shown', (item) => {
    expect(violated(sessionHistory({ wish: show(item), paper: paperOf([HANAKO, TARO], show(item)) }))).toEqual([])
  })

  it.each(ITEMS)('is broken where %s is shown without having been asked for', (item) => {
    const history = sessionHistory({ paper: paperOf([HANAKO, TARO], show(item)) })

    expect(verdictOf(history, 'TYPE')).toEqual({ verdict: 'violation', why: expect.stringContaining('which was not asked for') as string })
    expect(violated(history)).toEqual(['TYPE'])
  })

  it.each(ITEMS)('is broken where %s was asked for and is left out', (item) => {
    const history = sessionHistory({ wish: show(item), paper: paperOf([HANAKO, TARO]) })

    expect(verdictOf(history, 'TYPE')).toEqual({ verdict: 'violation', why: expect.stringContaining('leaves out') as string })
  })

  it('asks for no domicile of a foreign national and for no foreign items of a Japanese one', () => {
    const wished = wish({ show: { ...SHOW_NOTHING, domicile: true, foreignItems: true } })
    const people = [HANAKO, TARO, foreigner()]

    expect(violated(sessionHistory({ wish: wished, paper: paperOf(people, wished) }, people))).toEqual([])
    expect(violated(sessionHistory({ wish: wished, paper: paperOf(people, wish()) }, people))).toEqual(['TYPE'])
  })

  it('is broken by foreign items that were not asked for', () => {
    const people = [HANAKO, foreigner()]

    expect(violated(sessionHistory({ paper: paperOf(people, show('foreignItems')) }, people))).toEqual(['TYPE'])
  })

  it('is kept by as many copies as were asked for and broken by more or fewer', () => {
    const twice = wish({ copies: 2 })
    const copy = paperOf([HANAKO, TARO])

    expect(violated(sessionHistory({ wish: twice, paper: [...copy, ...copy] }))).toEqual([])
    expect(violated(sessionHistory({ wish: twice, paper: copy }))).toEqual(['TYPE'])
    expect(violated(sessionHistory({ paper: [...copy, ...copy] }))).toEqual(['TYPE'])
  })

  it.each([
    ['the relation', { relation: true }, 'the relation to the head of household'],
    ['an item', { individualNumber: true }, 'the individual number'],
    ['two items', { domicile: true, recordCode: true }, 'the registered domicile and the record code'],
  ])('says what is shown or left out: %s', (_, items, words) => {
    const shown = wish({ show: { ...SHOW_NOTHING, ...items } })

    expect(verdictOf(sessionHistory({ paper: paperOf([HANAKO, TARO], shown) }), 'TYPE').why).toContain(`It shows ${words}, which was not asked for.`)
    expect(verdictOf(sessionHistory({ wish: shown, paper: paperOf([HANAKO, TARO]) }), 'TYPE').why).toContain(`It leaves out ${words}, which was asked for.`)
  })

  it('is broken by a head of household without relations and by relations without a head, asked for or not', () => {
    const related = sheetsOf([HANAKO, TARO], show('relation'))
    const { headOfHousehold, ...headless } = related[0]!
    const unrelated = { ...sheetsOf([HANAKO, TARO])[0]!, headOfHousehold: headOfHousehold! }

    for (const sheet of [headless, unrelated]) {
      expect(verdictOf(sessionHistory({ wish: show('relation'), paper: [onPaper(sheet)] }), 'TYPE').why).toContain('leaves out the relation')
      expect(verdictOf(sessionHistory({ paper: [onPaper(sheet)] }), 'TYPE').why).toContain('It shows the relation')
    }
  })

  it('asks for an item only where everybody whom the block fits has it', () => {
    const both = wish({ scope: 'applicant', show: { ...SHOW_NOTHING, domicile: true, foreignItems: true } })
    const { domicile: _domicile, domicileHead: _head, ...without } = { ...HANAKO, id: 'twin', household: 'other' }
    const twin: Resident = { ...without, foreign: foreigner().foreign! }
    const verdict = (people: Resident[]) => verdictOf(sessionHistory({ wish: both, paper: paperOf([HANAKO]) }, people), 'TYPE')

    expect(verdict([HANAKO]).why).toContain('leaves out the registered domicile,')
    expect(verdict([HANAKO, twin]).verdict).toBe('pass')
    expect(verdict([TARO, { ...twin, id: 'hanako' }]).why).toContain('leaves out the items of foreign residents,')
    expect(verdictOf(sessionHistory({ wish: both, paper: paperOf([ICHIRO]) }, [HANAKO, TARO]), 'TYPE').verdict).toBe('pass')
  })

  it('counts no copies of a jammed print, nor of one with a sheet that cannot be read', () => {
    const twice = wish({ copies: 2 })
    const copy = paperOf([HANAKO, TARO])
    const history = sessionHistory({ wish: twice, paper: copy })
    const events = history.events.map((event) => (event.type === 'ok' && event.f === 'print' ? { ...event, type: 'fail' as const } : event))

    expect(verdictOf({ ...history, events }, 'TYPE').verdict).toBe('pass')
    expect(verdictOf(sessionHistory({ wish: twice, paper: [...copy, { text: [] }] }), 'TYPE').verdict).toBe('pass')
  })

  it('says nothing where the application is not in the history', () => {
    expect(verdictOf(sessionHistory({ skip: ['apply'] }, PEOPLE), 'TYPE').verdict).toBe('pass')
  })
})
