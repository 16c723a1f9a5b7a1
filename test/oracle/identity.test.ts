import { describe, expect, it } from 'vitest'
import { personsOn, type Resident } from '../../contract/index.ts'
import { differences, fitsRecord } from '../../oracle/identity.ts'
import { changed, HANAKO, HistoryBuilder, paperOf, PEOPLE, resident, sheetsOf, TARO, wish } from './history-builder.ts'
import { violated } from './verdicts.ts'

const everything = wish({ show: { relation: true, domicile: true, individualNumber: true, recordCode: true, foreignItems: true } })
const foreign = { nationality: '見本国', residenceStatus: '留学', periodOfStay: '1年', cardNumber: 'card-1' }
const anna = resident('anna', { foreign })

/** In what a paper that shows everything of one record differs from another record. */
function differing(shown: Resident, record: Resident): string[] {
  const [sheet] = sheetsOf([shown], everything)
  const [person] = personsOn(sheet!)
  const labels = differences(sheet!, person!, record)
  expect(fitsRecord(sheet!, person!, record)).toBe(labels.length === 0)
  return labels
}

describe('a paper that shows everything', () => {
  it('fits its own record', () => {
    expect(differing(anna, anna)).toEqual([])
  })

  it.each([
    ['name', { name: '別人' }],
    ['birth date', { birthDate: '1999-09-09' }],
    ['address', { address: '別の所' }],
    ['kana', { kana: 'ベツ' }],
    ['sex', { sex: 'male' }],
    ['relation', { relation: '子' }],
    ['date of becoming a resident', { becameResident: '1999-09-09' }],
    ['date of fixing the address', { addressFixed: '1999-09-09' }],
    ['date of notification', { notified: '1999-09-09' }],
    ['previous address', { previousAddress: '別の所' }],
    ['domicile', { domicile: '別の所' }],
    ['domicile', { domicileHead: '別人' }],
    ['individual number', { individualNumber: 'another' }],
    ['record code', { recordCode: 'another' }],
    ['foreign items', { foreign: { ...foreign, nationality: '別国' } }],
    ['foreign items', { foreign: { ...foreign, residenceStatus: '永住者' } }],
    ['foreign items', { foreign: { ...foreign, periodOfStay: '3年' } }],
    ['foreign items', { foreign: { ...foreign, cardNumber: 'card-2' } }],
  ] as const)('differs in the %s from a record with %j', (label, change) => {
    expect(differing(anna, { ...anna, ...change })).toEqual([label])
  })

  it('differs in the foreign items from a record that has none', () => {
    const { foreign: _foreign, ...japanese } = anna

    expect(differing(anna, japanese)).toEqual(['foreign items'])
  })
})

describe('a paper that shows little', () => {
  it('fits records that differ in what it does not show', () => {
    const [sheet] = sheetsOf([anna])
    const [person] = personsOn(sheet!)

    expect(differences(sheet!, person!, { ...anna, domicile: '別の所', individualNumber: 'another', foreign: { ...foreign, nationality: '別国' } })).toEqual([])
  })
})

describe('a paper with what the register came to say only after it was printed', () => {
  it('is nobody\'s', () => {
    const moved = [HANAKO, TARO].map((person) => changed(person, { address: '福岡県宗像市日の里3番3号' }))
    const history = new HistoryBuilder(PEOPLE).session({ paper: paperOf(moved) }).counter('moveWithin', moved).history()

    expect(violated(history)).toEqual(['SUBJECT'])
  })
})
