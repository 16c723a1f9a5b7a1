import { describe, expect, it } from 'vitest'
import type { Resident, ShownItems } from '../../../contract/index.ts'
import { HANAKO, PEOPLE, paperOf, resident, sessionHistory, SHOW_NOTHING, TARO, wish } from '../history-builder.ts'
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

  it('says nothing where the application is not in the history', () => {
    expect(verdictOf(sessionHistory({ skip: ['apply'] }, PEOPLE), 'TYPE').verdict).toBe('pass')
  })
})
