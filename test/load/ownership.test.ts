import { describe, expect, it } from 'vitest'
import { type Asker, ownershipOf } from '../../load/ownership.ts'
import { changed, HANAKO, ICHIRO, onPaper, paperOf, resident, sealOf, sealSheetOf, sealWish, SHOW_NOTHING, TARO, wish } from '../oracle/history-builder.ts'

const asker: Asker = { applicant: HANAKO, household: [HANAKO, TARO], wish: wish() }
const alone: Asker = { ...asker, wish: wish({ scope: 'applicant' }) }
const forSeal: Asker = { ...asker, wish: sealWish(), impression: '山田' }
const sealPaper = (given: Parameters<typeof sealOf>[1] = {}, who = HANAKO) => [onPaper(sealSheetOf(who, sealOf(who, given)))]

const taxSheet = { ...sealSheetOf(HANAKO, sealOf(HANAKO)), type: 'tax-payment-certificate', fiscalYear: 2023, dueYen: 3, paidYen: 2, unpaidYen: 1 } as const

describe('a document', () => {
  it.each([
    ['of the whole household', paperOf([HANAKO, TARO]), asker],
    ['of the applicant alone', paperOf([HANAKO]), alone],
    ['in copies', [...paperOf([HANAKO, TARO]), ...paperOf([HANAKO, TARO])], asker],
    ['of members who were chosen', paperOf([TARO]), { ...asker, wish: wish({ scope: [TARO.id] }) }],
    ['with the head of the household', paperOf([HANAKO, TARO], wish({ show: { ...SHOW_NOTHING, relation: true } })), asker],
    ['with the seal in force', sealPaper(), forSeal],
  ])('%s is its asker\'s', (_, paper, who) => {
    expect(ownershipOf(paper, who)).toEqual({ owned: true })
  })

  it.each([
    ['with nothing in it', [], asker, 'it has no sheet'],
    ['of another household', paperOf([ICHIRO]), asker, 'sheet 1 shows 1 whom'],
    ['with a stranger on the second sheet', [...paperOf([HANAKO, TARO]), ...paperOf([ICHIRO])], asker, 'sheet 2 shows 1 whom'],
    ['with a member who was not chosen', paperOf([HANAKO, TARO]), alone, 'sheet 1 shows 1 whom'],
    ['of a namesake', paperOf([resident('other', { ...ICHIRO, name: HANAKO.name })]), alone, 'sheet 1 shows 1 whom'],
    ['with an address that is not so', paperOf([changed(HANAKO, { address: '福岡県宗像市東郷9番9号' })]), alone, 'sheet 1 shows 1 whom'],
    ['with another head of household', paperOf([TARO], wish({ show: { ...SHOW_NOTHING, relation: true } })), asker, 'sheet 1 names another head'],
    ['of another type', sealPaper(), asker, 'sheet 1 is a seal-certificate where a residence-record'],
    ['with another seal', sealPaper({ impression: '花子' }), forSeal, 'sheet 1 shows another seal'],
    ['with somebody else\'s seal', sealPaper({}, ICHIRO), forSeal, 'sheet 1 shows 1 whom'],
    ['of taxes, which no load asks for', [onPaper(taxSheet)], { ...alone, wish: wish({ type: 'tax-payment-certificate' }) }, 'sheet 1 rests on a register of which a load knows nothing'],
    ['that cannot be read', [{ text: ['blurred'] }], asker, 'sheet 1 cannot be read'],
  ])('%s is not, and the reason names nobody', (_, paper, who, why) => {
    const ownership = ownershipOf(paper, who)

    expect(ownership).toEqual({ owned: false, why: expect.stringMatching(why) as string })
    expect(JSON.stringify(ownership)).not.toMatch(/[\u3000-\u9fff]/)
  })

  it('is judged by what it shows: another provenance line changes nothing', () => {
    const stripped = paperOf([ICHIRO]).map(({ text }) => ({ text, provenance: 'application 1 job 1' }))

    expect(ownershipOf(stripped, asker).owned).toBe(false)
  })
})
