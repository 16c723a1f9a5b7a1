import { describe, expect, it } from 'vitest'
import { judge } from '../../../oracle/index.ts'
import { HANAKO, HEADER, HistoryBuilder, onPaper, paperOf, PEOPLE, resident, sealOf, sealSheetOf, sealWish, type SessionOptions } from '../history-builder.ts'
import { verdictOf, violated } from '../verdicts.ts'

const seal = sealOf(HANAKO)
const revoked = sealOf(HANAKO, { status: 'revoked', version: 2 })
const again = sealOf(HANAKO, { impression: '花子', version: 3 })
const asked: SessionOptions = { wish: sealWish(), paper: [onPaper(sealSheetOf(HANAKO, seal))] }
const begin = (people = PEOPLE, seals = [seal]) => new HistoryBuilder(people, HEADER, seals)

describe('a seal certificate', () => {
  it('of a registration in force breaks nothing', () => {
    expect(violated(begin().session(asked).history())).toEqual([])
  })

  it('breaks FRESH where the revocation had ended before the kiosk asked for the document', () => {
    const history = begin().sealDesk('revoke seal', revoked).session(asked).history()

    expect(verdictOf(history, 'FRESH')).toEqual({ verdict: 'violation', why: expect.stringContaining('had the seal registration revoked') as string })
    expect(judge(history)).toMatchObject({ stalePapers: 1, wrongPapers: 0 })
  })

  it('may come out where the revocation was still under way, or came after that', () => {
    const before = { document: () => void underWay.sealDesk('revoke seal', revoked) }
    const underWay = begin()
    underWay.session({ ...asked, during: before })

    expect(violated(underWay.history())).toEqual([])
    expect(violated(begin().session(asked).sealDesk('revoke seal', revoked).history())).toEqual([])
  })

  it('is in force again after another registration, and then has to show the new impression once both links have run', () => {
    const changed = () => begin().sealDesk('revoke seal', revoked).sealDesk('register seal', again)

    expect(violated(changed().session({ ...asked, paper: [onPaper(sealSheetOf(HANAKO, again))] }).history())).toEqual([])
    expect(violated(changed().link().sealLink([revoked, again]).session(asked).history())).toEqual(['FRESH'])
    expect(violated(changed().session(asked).history())).toEqual([])
  })

  it('breaks SUBJECT where it is a namesake\'s, unless the paper does not tell the two apart', () => {
    const namesake = resident('another', { name: HANAKO.name, household: 'elsewhere', address: '別の所1番' })
    const people = [...PEOPLE, namesake]
    const others = sealOf(namesake)

    expect(violated(begin(people, [seal, others]).session({ ...asked, paper: [onPaper(sealSheetOf(namesake, others))] }).history())).toContain('SUBJECT')
    expect(violated(begin([...PEOPLE, { ...namesake, address: HANAKO.address }], [seal, others]).session(asked).history())).toEqual([])
  })

  it('breaks SUBJECT with an impression that the person never registered', () => {
    expect(violated(begin().session({ ...asked, paper: [onPaper(sealSheetOf(HANAKO, again))] }).history())).toContain('SUBJECT')
  })

  it('breaks TYPE where a residence record was asked for, and the other way round', () => {
    expect(violated(begin().session({ paper: asked.paper! }).history())).toContain('TYPE')
    expect(violated(begin().session({ ...asked, paper: paperOf([HANAKO]) }).history())).toContain('TYPE')
  })

  it('is nobody\'s where its seal was registered only afterwards', () => {
    const history = begin().session({ ...asked, paper: [onPaper(sealSheetOf(HANAKO, again))] }).sealDesk('change seal', again).history()

    expect(violated(history)).toContain('SUBJECT')
  })

  it('is called one in what is said of it', () => {
    expect(verdictOf(begin().sealDesk('revoke seal', revoked).session(asked).history(), 'FRESH').why).toContain('printed a seal certificate.')
    expect(verdictOf(begin().session({ ...asked, paper: paperOf([HANAKO]) }).history(), 'TYPE').why).toContain('printed a residence record.')
  })

  it('is no reason to stop a residence record', () => {
    expect(violated(begin().sealDesk('revoke seal', revoked).session().history())).toEqual([])
  })
})
