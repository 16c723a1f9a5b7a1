import { describe, expect, it } from 'vitest'
import type { FamilyMember, FamilyRegister, FamilyRegisterSheet, PersonOnSheet, SupplementSheet } from '../../contract/index.ts'
import { Families } from '../../oracle/families.ts'
import { HANAKO, HEADER, TARO } from './history-builder.ts'

const memberOf = ({ id, name, birthDate, sex }: typeof HANAKO): FamilyMember => ({
  ...{ id, name, birthDate, sex, father: '見本　父', mother: '見本　母', bornAs: '長女' },
  addresses: [{ address: '福岡県福津市中央1番1号', since: '1980-01-02' }, { address: '福岡県宗像市東郷1番1号', since: '2010-04-01' }],
  matters: [{ what: '出生', on: birthDate }, { what: '婚姻', on: '2008-05-01' }],
})
const MEMBER = memberOf(HANAKO)
const REGISTER: FamilyRegister = { id: 'family-1', municipality: 'munakata', domicile: '福岡県宗像市東郷1番', head: HANAKO.name, madeOn: '2008-05-01', version: 1, members: [MEMBER, memberOf(TARO)] }

const { id: _id, addresses, sex, ...OF_REGISTER } = MEMBER
const OF_SUPPLEMENT = { name: MEMBER.name, birthDate: MEMBER.birthDate, sex, addresses }
const FRAME = { k: 1, of: 1, municipality: '宗像市', mayor: '見本市長', domicile: REGISTER.domicile, head: REGISTER.head, certifiedOn: HEADER.date, issueNumber: '1', provenance: '' }
const SHEET: FamilyRegisterSheet = { type: 'family-register', ...FRAME, madeOn: REGISTER.madeOn, persons: [] }
const SUPPLEMENT: SupplementSheet = { type: 'register-supplement', ...FRAME, persons: [] }

/** Whose this block may be. */
function whose(sheet: FamilyRegisterSheet | SupplementSheet, person: PersonOnSheet, registers: readonly FamilyRegister[] = [REGISTER]): string[] {
  const families = new Families()
  for (const register of registers) families.add(register)
  return families.fitting(sheet, person).map(({ member }) => member.id)
}

describe('a block of a family register', () => {
  it('is the member\'s whose entry says all that it says', () => {
    const twin = { ...MEMBER, id: 'twin' }

    expect(whose(SHEET, OF_REGISTER)).toEqual([HANAKO.id])
    expect(whose({ ...SHEET, type: 'family-register-extract' }, OF_REGISTER, [{ ...REGISTER, members: [MEMBER, twin] }])).toEqual([HANAKO.id, 'twin'])
    expect(whose(SHEET, OF_REGISTER, [{ ...REGISTER, domicile: '福岡県宗像市田熊2番' }])).toEqual([])
    expect(whose(SHEET, OF_REGISTER, [])).toEqual([])
  })

  it.each([
    { name: '見本　他人' },
    { birthDate: '1980-01-03' },
    { father: '見本　祖父' },
    { mother: '見本　祖母' },
    { bornAs: '二女' },
    { matters: [{ what: '出生' as const, on: HANAKO.birthDate }] },
    { matters: [...MEMBER.matters, { what: '婚姻' as const, on: '2020-01-01' }] },
    { matters: [{ what: '婚姻' as const, on: HANAKO.birthDate }, { what: '婚姻' as const, on: '2008-05-01' }] },
    { matters: [{ what: '出生' as const, on: HANAKO.birthDate }, { what: '婚姻' as const, on: '2008-05-02' }] },
  ])('that shows another %j is nobody\'s', (other) => {
    expect(whose(SHEET, { ...OF_REGISTER, ...other })).toEqual([])
  })

  it.each([{ domicile: '福岡県宗像市田熊2番' }, { head: TARO.name }, { madeOn: '2008-05-02' }])('under another %j is nobody\'s', (other) => {
    expect(whose({ ...SHEET, ...other }, OF_REGISTER)).toEqual([])
  })
})

describe('a block of a supplement', () => {
  it('is the member\'s who has lived at all those addresses, whenever the register was made', () => {
    expect(whose(SUPPLEMENT, OF_SUPPLEMENT)).toEqual([HANAKO.id])
    expect(whose(SUPPLEMENT, OF_SUPPLEMENT, [{ ...REGISTER, madeOn: '1999-01-01' }])).toEqual([HANAKO.id])
  })

  it.each([
    { birthDate: '1980-01-03' },
    { sex: 'male' as const },
    { addresses: addresses.slice(0, 1) },
    { addresses: [...addresses, { address: '福岡県宗像市田熊2番2号', since: '2022-01-01' }] },
    { addresses: [addresses[0]!, { ...addresses[1]!, since: '2010-04-02' }] },
    { addresses: [{ ...addresses[0]!, address: '福岡県宗像市田熊2番2号' }, addresses[1]!] },
  ])('that shows another %j is nobody\'s', (other) => {
    expect(whose(SUPPLEMENT, { ...OF_SUPPLEMENT, ...other })).toEqual([])
  })
})

describe('people in family registers', () => {
  const families = (): Families => {
    const known = new Families()
    known.add(REGISTER)
    return known
  }

  it('are known by their keys, with all who stand in the same', () => {
    expect([families().nameOf(TARO.id), families().birthDateOf(TARO.id), families().circleOf(TARO.id)]).toEqual([TARO.name, TARO.birthDate, [HANAKO.id, TARO.id]])
    expect([families().nameOf('nobody'), families().birthDateOf('nobody'), families().circleOf('nobody')]).toEqual([undefined, undefined, []])
  })
})
