import { describe, expect, it } from 'vitest'
import { HEAD_OF_HOUSEHOLD, readSheet, type ResidenceRecordSheet, type Resident, type Wish } from '../../../contract/index.ts'
import { partOf } from '../../../services/build.ts'
import { ownId } from '../../../services/exchange/request/own-id.ts'
import { compose } from '../../../services/print/compose.ts'
import { changed, HANAKO, PEOPLE, resident, TARO } from '../../oracle/history-builder.ts'
import { APPLICATION, APPLICATION_ID } from '../application.ts'
import { FAMILIES, OF_HANAKO, WITH_FAMILIES } from '../families.ts'
import { buildOf, cardOf, eventsOf, MUNICIPALITY, PRINT_NODE, runSmall, wishOf } from '../small-system.ts'

/** The sheets that came out for a wish, read off the paper. */
async function sheetsFor(who: Resident, wish: Partial<Wish>, people: readonly Resident[] = PEOPLE) {
  const { events, judgement, result } = await runSmall({ people }, ({ visit }) => visit(who, { wish }))
  const papers = eventsOf(events, 'ok', 'print')
  const sheets = papers.flatMap((paper) => paper.sheets.map(readSheet)).map((reading): ResidenceRecordSheet => {
    if ('unreadable' in reading) throw new Error(reading.unreadable)
    if (reading.sheet.type !== 'residence-record') throw new Error(reading.sheet.type)
    return reading.sheet
  })
  return { sheets, judgement, result, paper: papers[0], image: eventsOf(events, 'info', 'image')[0] }
}

const nothingShown = { relation: false, domicile: false, individualNumber: false, recordCode: false, foreignItems: false }
const ofFive = Array.from({ length: 5 }, (_, at) =>
  resident(`member-${String(at)}`, { household: 'five', relation: at === 3 ? HEAD_OF_HOUSEHOLD : '子', address: HANAKO.address }),
)

describe('a residence record', () => {
  it('of one person is one sheet of the single form, in the municipality\'s and mayor\'s name', async () => {
    const { sheets, judgement } = await sheetsFor(HANAKO, { scope: 'applicant' })

    expect(sheets).toMatchObject([
      { form: 'single', k: 1, of: 1, municipality: MUNICIPALITY.name, mayor: MUNICIPALITY.mayor, address: HANAKO.address, headOfHousehold: HANAKO.name, certifiedOn: '2023-06-28', persons: [{ name: HANAKO.name }] },
    ])
    expect(judgement.verdict).toBe('pass')
  })

  it('of a household has the head first, four people a sheet, k of n', async () => {
    const { sheets, judgement } = await sheetsFor(ofFive[0]!, { scope: 'household' }, ofFive)

    expect(sheets.map(({ form, k, of, persons }) => [form, k, of, persons.length])).toEqual([['household', 1, 2, 4], ['household', 2, 2, 1]])
    expect(sheets[0]?.persons[0]?.name).toBe(ofFive[3]!.name)
    expect(new Set(sheets.flatMap(({ persons }) => persons.map(({ name }) => name)))).toEqual(new Set(ofFive.map(({ name }) => name)))
    expect(judgement.verdict).toBe('pass')
  })

  it('of chosen members shows them and nobody else', async () => {
    const { sheets, judgement } = await sheetsFor(HANAKO, { scope: [TARO.id] })

    expect(sheets).toMatchObject([{ form: 'household', persons: [{ name: TARO.name }] }])
    expect(judgement.verdict).toBe('pass')
  })

  it('comes in as many copies as were asked for, all under one issue number', async () => {
    const { sheets, judgement } = await sheetsFor(ofFive[0]!, { scope: 'household', copies: 3 }, ofFive)

    expect(sheets.map(({ k }) => k)).toEqual([1, 2, 1, 2, 1, 2])
    expect(new Set(sheets.map(({ issueNumber }) => issueNumber)).size).toBe(1)
    expect(judgement.verdict).toBe('pass')
  })

  it('does not come out while the link carries the household over: half of it would be at an address where nobody lived', async () => {
    const moved = [HANAKO, TARO].map((person) => changed(person, { address: '福岡県宗像市見本台一丁目2番3号' }))
    const others = PEOPLE.filter(({ household }) => household !== HANAKO.household)
    const { events, result, judgement } = await runSmall({ people: [...moved, ...others], replica: [moved[0]!, TARO, ...others] }, ({ visit }) => visit(moved[0]!, { wish: { scope: 'household' } }))

    expect(result).toEqual({ end: 'refused', code: 'REGISTER_BEING_UPDATED' })
    expect(eventsOf(events, 'ok', 'print')).toEqual([])
    expect(judgement.violations).toEqual([])
  })

  it('shows no item that was not asked for', async () => {
    const { sheets, judgement } = await sheetsFor(HANAKO, { show: nothingShown })

    const shown = new Set(Object.keys(sheets[0]!.persons[0]!))
    expect(sheets[0]).not.toHaveProperty('headOfHousehold')
    for (const item of ['relation', 'domicile', 'domicileHead', 'individualNumber', 'recordCode', 'foreign']) expect(shown).not.toContain(item)
    expect(judgement.verdict).toBe('pass')
  })

  it('shows each item that was asked for', async () => {
    const { sheets, judgement } = await sheetsFor(HANAKO, { show: { relation: true, domicile: true, individualNumber: true, recordCode: true, foreignItems: true } })
    const { relation, domicile, domicileHead, individualNumber, recordCode } = HANAKO

    expect(sheets[0]?.persons[0]).toMatchObject({ relation, domicile, domicileHead, individualNumber, recordCode })
    expect(judgement.verdict).toBe('pass')
  })

  it('shows a foreign resident\'s items and has no domicile to show', async () => {
    const foreign = { nationality: '米国', residenceStatus: '永住者', periodOfStay: '無期限', cardNumber: 'AB12345678CD' }
    const { domicile: _domicile, domicileHead: _domicileHead, ...rest } = resident('smith', { name: 'SMITH　MARY' })
    const mary: Resident = { ...rest, foreign }

    const { sheets, judgement } = await sheetsFor(mary, { show: { ...nothingShown, domicile: true, foreignItems: true } }, [mary])

    expect(sheets[0]?.persons[0]).toMatchObject({ name: 'SMITH　MARY', foreign })
    expect(sheets[0]?.persons[0]).not.toHaveProperty('domicile')
    expect(judgement.verdict).toBe('pass')
  })

  it('names application and job in its provenance line', async () => {
    const { paper, image } = await sheetsFor(HANAKO, {})

    expect(paper?.sheets[0]?.provenance).toBe(`${paper!.application} ${image!.job}`)
  })
})

describe('before anything is laid out', () => {
  const FAMILY = { type: 'family-register', scope: 'household' } as const

  /** What laying out somebody's certificate comes to, and whether the other system was asked. */
  async function laidOut(who: Resident, { card = who, wish = {} }: { card?: Resident; wish?: Partial<Wish> } = {}): Promise<unknown[]> {
    const { result, events } = await runSmall({ people: [who, ...PEOPLE.filter(({ id }) => id !== who.id)], families: FAMILIES, municipality: WITH_FAMILIES }, async ({ stage }) => {
      const data = { ...APPLICATION, applicant: { resident: who.id, face: cardOf(card).face() }, wish: wishOf(wish) }
      const sources = { forms: partOf(buildOf(), 'print/forms')({ keptMs: 0 }), requests: ownId() }
      return compose(stage.world(PRINT_NODE), WITH_FAMILIES, sources, { key: APPLICATION_ID, group: 'shop-1', version: 1, data }).then(({ persons }) => persons, (error: unknown) => (error as Error).message)
    })
    return [result, eventsOf(events, 'info', 'key').length]
  }

  it('name and address of the card have to be those of the replica, and what stands against the person is said after that', async () => {
    expect(await laidOut(HANAKO)).toEqual([[HANAKO.id], 0])
    expect(await laidOut(HANAKO, { card: { ...HANAKO, name: '佐藤　花子' } })).toEqual(['REGISTER_BEING_UPDATED', 0])
    expect(await laidOut(HANAKO, { card: { ...HANAKO, address: '福岡県宗像市見本台一丁目2番3号' } })).toEqual(['REGISTER_BEING_UPDATED', 0])
    expect(await laidOut({ ...HANAKO, status: 'deceased' }, { card: { ...HANAKO, name: '佐藤　花子' } })).toEqual(['REGISTER_BEING_UPDATED', 0])
    expect(await laidOut({ ...HANAKO, status: 'deceased' })).toEqual(['DECEASED', 0])
  })

  it.each(['domicile', 'domicileHead'] as const)('nobody is asked for a family register of somebody of whom no %s is known', async (item) => {
    const { [item]: _, ...without } = OF_HANAKO

    expect(await laidOut(OF_HANAKO, { wish: FAMILY })).toEqual([[OF_HANAKO.id], 1])
    expect(await laidOut(without, { wish: FAMILY })).toEqual(['NOT_IN_REGISTER', 0])
  })
})
