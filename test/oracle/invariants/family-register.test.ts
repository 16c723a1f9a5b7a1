import { describe, expect, it } from 'vitest'
import type { FamilyRegister, FamilyRegisterSheet, Resident, Wish } from '../../../contract/index.ts'
import { judge } from '../../../oracle/index.ts'
import { changed, HANAKO, HEADER, HistoryBuilder, ICHIRO, onPaper, paperOf, PEOPLE, resident, TARO, wish } from '../history-builder.ts'
import { verdictOf, violated } from '../verdicts.ts'

const member = (id: string, name: string, birthDate: string, bornAs: string) => ({ id, name, birthDate, sex: 'female' as const, addresses: [{ address: '福岡県宗像市東郷1番1号', since: '2010-04-01' }], father: '山田　父', mother: '母', bornAs, matters: [{ what: '出生' as const, on: birthDate }] })
const YAMADA: FamilyRegister = {
  ...{ id: 'family-1', municipality: 'munakata', domicile: '福岡県宗像市東郷1番', head: TARO.name, madeOn: '2008-05-01', version: 1 },
  members: [member(TARO.id, TARO.name, TARO.birthDate, '長男'), member(HANAKO.id, HANAKO.name, HANAKO.birthDate, '長女'), member('absent', '山田　一', '2009-06-01', '長男')],
}
const SATO: FamilyRegister = {
  ...{ id: 'family-2', municipality: 'munakata', domicile: '福岡県宗像市田熊2番', head: ICHIRO.name, madeOn: '2015-02-03', version: 1 },
  members: [member(ICHIRO.id, ICHIRO.name, ICHIRO.birthDate, '二男')],
}
const ALL: Wish = wish({ type: 'family-register', scope: 'household' })

function sheetsOf({ domicile, head, madeOn, members }: FamilyRegister, given: Partial<FamilyRegisterSheet> = {}): FamilyRegisterSheet[] {
  const of = Math.ceil(members.length / 2)
  return Array.from({ length: of }, (_, at) => ({
    ...{ type: 'family-register', k: at + 1, of, domicile, head, madeOn, municipality: '宗像市', mayor: '見本市長', certifiedOn: HEADER.date, issueNumber: '1', provenance: '' },
    persons: members.slice(2 * at, 2 * at + 2).map(({ id: _never, ...person }) => person),
    ...given,
  }))
}

const OFFERING = { ...HEADER, municipalities: HEADER.municipalities.map((one) => ({ ...one, feesYen: { ...one.feesYen, 'family-register': 450, 'family-register-extract': 450 } })) }

/** Hanako asked for what `asked` says, and this came out, after what happened before. */
function cameOut(sheets: readonly FamilyRegisterSheet[], asked: Wish = ALL, before: (builder: HistoryBuilder) => void = () => undefined) {
  const builder = new HistoryBuilder(PEOPLE, OFFERING)
  for (const register of [YAMADA, SATO]) builder.add('register', { type: 'info', f: 'family-registered', register })
  before(builder)
  return builder.session({ wish: asked, paper: sheets.map(onPaper) }).history()
}

describe('a certificate of a family register', () => {
  it('passes with everybody who stands in it, also who does not live here', () => {
    expect(violated(cameOut(sheetsOf(YAMADA)))).toEqual([])
    expect(verdictOf(cameOut(sheetsOf(YAMADA)), 'SUBJECT').verdict).toBe('pass')
  })

  it('of another family is another\'s, told once with all who stand there', () => {
    const { verdict, why } = verdictOf(cameOut(sheetsOf(SATO)), 'SUBJECT')

    expect(verdict).toBe('violation')
    expect(why).toContain('the family register of 福岡県宗像市田熊2番 with 佐藤　一郎')
    expect(why).toContain('山田　花子 had asked at kiosk shop-1')
    expect(why).toContain('That is not the family register in which 山田　花子 stands.')
  })

  it.each([
    ['domicile', { domicile: '福岡県宗像市東郷9番' }],
    ['head', { head: '山田　次郎' }],
    ['day it was made', { madeOn: '2008-05-02' }],
    ['municipality', { municipality: '福津市' }],
  ])('that shows another %s is nobody\'s', (_, change) => {
    expect(verdictOf(cameOut(sheetsOf(YAMADA, change)), 'SUBJECT')).toMatchObject({ verdict: 'violation', why: expect.stringContaining('fits nobody in the register') as string })
  })

  it.each([
    ['father', { father: '山田　祖父' }],
    ['mother', { mother: '祖母' }],
    ['relation to the parents', { bornAs: '二女' }],
    ['birth date', { birthDate: '1980-01-03' }],
    ['matter', { matters: [{ what: '婚姻' as const, on: '1980-01-02' }] }],
    ['day of a matter', { matters: [{ what: '出生' as const, on: '1980-01-09' }] }],
    ['number of matters', { matters: [{ what: '出生' as const, on: '1980-01-02' }, { what: '婚姻' as const, on: '2008-05-01' }] }],
  ])('on which somebody has another %s is nobody\'s', (_, change) => {
    const [first, ...rest] = sheetsOf(YAMADA)
    const persons = first!.persons.map((person, at) => (at === 1 ? { ...person, ...change } : person))

    expect(violated(cameOut([{ ...first!, persons }, ...rest]))).toContain('SUBJECT')
  })

  it('without one of those who stand in it is not whole', () => {
    const [first] = sheetsOf(YAMADA)

    expect(verdictOf(cameOut([{ ...first!, of: 1 }]), 'WHOLE').why).toContain('山田　一 had to be on it and is not.')
  })

  it('of which a sheet is of another domicile is not of one document', () => {
    const [first, second] = sheetsOf(YAMADA)

    expect(verdictOf(cameOut([first!, { ...second!, domicile: '福岡県宗像市東郷9番' }]), 'WHOLE').why).toContain('registered domicile')
  })

  it('in place of a residence record is of another type, and another\'s where the applicant does not stand in it', () => {
    expect(violated(cameOut(sheetsOf(SATO), wish({ scope: 'applicant' })))).toEqual(['SUBJECT', 'TYPE'])
    expect(violated(cameOut([{ ...sheetsOf(SATO)[0]!, k: 2, of: 3 }], wish({ scope: 'applicant' })))).toEqual(['SUBJECT', 'TYPE', 'WHOLE'])
  })

  it('shows nobody but the applicant, or those chosen, where it is an extract', () => {
    const [first] = sheetsOf(YAMADA, { type: 'family-register-extract' })
    const extract = (at: number[]) => [{ ...first!, of: 1, persons: at.map((each) => sheetsOf(YAMADA)[0]!.persons[each]!) }]
    const wished = (scope: Wish['scope']) => wish({ type: 'family-register-extract', scope })

    expect(violated(cameOut(extract([1]), wished('applicant')))).toEqual([])
    expect(violated(cameOut(extract([0]), wished([TARO.id])))).toEqual([])
    expect(verdictOf(cameOut(extract([0]), wished('applicant')), 'SUBJECT').why).toContain('山田　太郎 was not among those whom 山田　花子 could ask for and chose.')
    expect(violated(cameOut(sheetsOf(SATO, { type: 'family-register-extract' }), wished([ICHIRO.id])))).toContain('SUBJECT')
    expect(violated(cameOut(extract([1]), wished([TARO.id])))).toContain('SUBJECT')
  })

  it('of a member who does not live here was not chosen, where the applicant\'s alone was', () => {
    const [, last] = sheetsOf(YAMADA, { type: 'family-register-extract' })

    expect(verdictOf(cameOut([{ ...last!, k: 1, of: 1 }], wish({ type: 'family-register-extract', scope: 'applicant' })), 'SUBJECT').why).toBe(
      'At 14:00:21 kiosk shop-1 printed the family register of 福岡県宗像市東郷1番 with 山田　一. 山田　花子 had asked at kiosk shop-1 at 14:00:08 for an extract of a family register of the applicant alone. 山田　一 was not among those whom 山田　花子 could ask for and chose.',
    )
  })

  it('is nobody\'s but of those who stand in it, also among people of one household', () => {
    const guest = changed(ICHIRO, { household: HANAKO.household })
    const extract = sheetsOf(SATO, { type: 'family-register-extract' })

    expect(violated(cameOut(extract, wish({ type: 'family-register-extract', scope: [ICHIRO.id] }), (builder) => builder.counter('join', [guest])))).toContain('SUBJECT')
  })

  it('makes nobody one of the household: a residence record of a member who lives apart is another\'s', () => {
    const apart = resident('absent', { name: '山田　一', birthDate: '2009-06-01' })
    const builder = new HistoryBuilder([...PEOPLE, apart], OFFERING)
    builder.add('register', { type: 'info', f: 'family-registered', register: YAMADA })

    expect(violated(builder.session({ wish: wish({ scope: ['absent'] }), paper: paperOf([apart]) }).history())).toContain('SUBJECT')
  })

  it('leaves out what its type never shows, be it asked for', () => {
    expect(violated(cameOut(sheetsOf(YAMADA), { ...ALL, show: { ...ALL.show, relation: true, recordCode: true } }))).toEqual([])
  })

  it('is called by its name, and not by who is on it', () => {
    expect(verdictOf(cameOut(sheetsOf(SATO)), 'SUBJECT').why).toContain('at 14:00:08 for a certificate of a family register. That')
  })

  it('is stopped by what stands against the applicant, not by what stands against others in it', () => {
    const restricted = (who: Resident) => cameOut(sheetsOf(YAMADA), ALL, (builder) => builder.counter('protective measure', [changed(who, { restricted: true })]))

    expect(violated(restricted(HANAKO))).toEqual(['FRESH'])
    expect(violated(restricted(TARO))).toEqual([])
  })
})

describe('a family register, asked for by somebody who lives elsewhere', () => {
  const ABSENT = resident('absent', { name: '山田　一', municipality: 'yoso' })
  /** The same register, in which the absent one is old enough. */
  const GROWN = { ...YAMADA, members: YAMADA.members.map((each) => (each.id === 'absent' ? { ...each, birthDate: '2000-06-01' } : each)) }
  /** What is said of ENTITLED where the absent one, of this age, asks for this, registered for use from this day on, if at all. */
  function asked(from: string | undefined, wished: Wish = ALL, birthDate = '2000-06-01') {
    const { members, ...family } = YAMADA
    const builder = new HistoryBuilder(PEOPLE, OFFERING)
    builder.add('register', { type: 'info', f: 'family-registered', register: { ...family, members: members.map((each) => (each.id === 'absent' ? { ...each, birthDate } : each)) } })
    if (from !== undefined) builder.add('register', { type: 'info', f: 'domicile-user', resident: 'absent', from })
    const history = builder.session({ applicant: ABSENT, wish: wished, paper: sheetsOf(YAMADA).map(onPaper) }).history()
    return judge(history).violations.find(({ invariant }) => invariant === 'ENTITLED')?.explanation
  }

  it('is his or hers from the day of registration on', () => {
    expect(asked(HEADER.date)).toBeUndefined()
    expect(asked('2023-06-29')).toContain('山田　一 does not live there, and is registered for use of the family registers from 2023-06-29 on.')
    expect(asked(undefined)).toContain('山田　一 does not live there, and had not been registered for use of the family registers.')
  })

  it('is not made so by a registration that came after the paper', () => {
    const builder = new HistoryBuilder(PEOPLE, OFFERING)
    builder.add('register', { type: 'info', f: 'family-registered', register: GROWN })
    builder.session({ applicant: ABSENT, wish: ALL, paper: sheetsOf(GROWN).map(onPaper) })
    builder.add('issuing:munakata', { type: 'info', f: 'domicile-user', resident: 'absent', from: '2023-01-01' })

    expect(verdictOf(builder.history(), 'ENTITLED').why).toContain('had not been registered for use')
  })

  it.each([
    ['while it is printed', 'job', [], []],
    ['after the kiosk has got it, which is too late', 'pay', [], ['ENTITLED']],
    ['before the paper, of which no fetching is on record', 'pay', ['document'], []],
  ] as const)('may be registered for use %s', (_, step, skip, broken) => {
    const builder = new HistoryBuilder(PEOPLE, OFFERING)
    builder.add('register', { type: 'info', f: 'family-registered', register: GROWN })
    const register = () => void builder.add('issuing:munakata', { type: 'info', f: 'domicile-user', resident: 'absent', from: HEADER.date })
    builder.session({ applicant: ABSENT, wish: ALL, paper: sheetsOf(GROWN).map(onPaper), before: { [step]: register }, skip })

    expect(violated(builder.history()).filter((invariant) => invariant === 'ENTITLED')).toEqual(broken)
  })

  it('is asked of a resident of another municipality too, where a history has several', () => {
    const builder = new HistoryBuilder([...PEOPLE, { ...ABSENT, id: 'of-kawasaki', municipality: 'kawasaki' }], OFFERING)
    builder.session({ applicant: { ...ABSENT, id: 'of-kawasaki' }, wish: wish(), paper: [] })

    expect(judge(builder.history()).violations.find(({ invariant }) => invariant === 'ENTITLED')?.explanation).toContain('山田　一 does not live there.')
  })

  it('is the only certificate, and not for the young', () => {
    expect(asked(HEADER.date, wish())).toContain('山田　一 does not live there.')
    expect(asked(HEADER.date, ALL, '2009-06-01')).toContain('山田　一 was under 15.')
  })
})
