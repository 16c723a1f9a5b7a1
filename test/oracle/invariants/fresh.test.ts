import { describe, expect, it } from 'vitest'
import type { Resident } from '../../../contract/index.ts'
import { judge } from '../../../oracle/index.ts'
import { changed, HANAKO, HistoryBuilder, ICHIRO, paperOf, resident, TARO, wish } from '../history-builder.ts'
import { verdictOf, violated } from '../verdicts.ts'

const NEW = '福岡県宗像市日の里3番3号'
const moved = [HANAKO, TARO].map((person) => changed(person, { address: NEW, addressFixed: '2023-06-28' }))
const oldPaper = paperOf([HANAKO, TARO])
const newPaper = paperOf(moved)

describe('FRESH, content', () => {
  it('allows what was true when the last completed link run began, and what is true since', () => {
    for (const paper of [oldPaper, newPaper]) {
      const history = new HistoryBuilder().link().counter('moveWithin', moved).session({ paper }).history()
      expect(violated(history)).toEqual([])
    }
  })

  it('is broken by what had already been replaced when the last completed link run began', () => {
    const history = new HistoryBuilder().counter('moveWithin', moved).link(moved).session({ paper: oldPaper }).history()

    expect(verdictOf(history, 'FRESH')).toEqual({ verdict: 'violation', why: expect.stringContaining("山田　花子's address") as string })
    expect(violated(history)).toEqual(['FRESH'])
  })

  it('allows the beginning where no link run had completed before the application was made', () => {
    const before = new HistoryBuilder().counter('moveWithin', moved).session({ paper: oldPaper }).history()
    const meanwhile = new HistoryBuilder().counter('moveWithin', moved)
    meanwhile.session({ paper: oldPaper, before: { document: () => void meanwhile.link(moved) } })

    expect(violated(before)).toEqual([])
    expect(violated(meanwhile.history())).toEqual([])
  })

  it('allows both where the change was under way when the link run began', () => {
    for (const paper of [oldPaper, newPaper]) {
      const builder = new HistoryBuilder()
      builder.counter('moveWithin', moved, () => void builder.add('link', { type: 'invoke', f: 'link', municipality: 'munakata', register: 'residents' }))
      builder.add('link', { type: 'info', f: 'replica', municipality: 'munakata', register: 'residents', resident: 'hanako', version: 1 })
      builder.add('link', { type: 'ok', f: 'link', municipality: 'munakata', register: 'residents' })
      expect(violated(builder.session({ paper }).history())).toEqual([])
    }
  })

  it('is broken by one operation shown half: two people of different instants on one paper', () => {
    const apart = [HANAKO, TARO].map((person) => changed(person, { previousAddress: NEW }))
    const torn = paperOf([apart[0]!, TARO])

    for (const during of [false, true]) {
      const builder = new HistoryBuilder()
      const print = () => void builder.session({ paper: torn })
      if (during) builder.counter('correct', apart, print)
      else builder.counter('correct', apart).session({ paper: torn })
      expect(violated(builder.history())).toEqual(['FRESH'])
    }
  })

  it('allows content of one instant between two operations', () => {
    const first = changed(HANAKO, { previousAddress: NEW })
    const second = changed(TARO, { previousAddress: NEW })
    const session = (people: Resident[]) =>
      new HistoryBuilder().counter('correct', [first]).counter('correct', [second]).session({ paper: paperOf(people) }).history()

    expect(violated(session([first, TARO]))).toEqual([])
    expect(violated(session([HANAKO, second]))).toEqual(['FRESH'])
  })

  it('takes who is in the household at the same instant as what is said of them', () => {
    const baby = resident('baby', { household: 'yamada', relation: '子' })
    const corrected = changed(HANAKO, { previousAddress: NEW })
    const session = (people: Resident[]) =>
      new HistoryBuilder().counter('register birth', [baby]).counter('correct', [corrected]).session({ paper: paperOf(people) }).history()

    expect(violated(session([HANAKO, TARO, baby]))).toEqual([])
    expect(violated(session([corrected, TARO, baby]))).toEqual([])
    expect(violated(session([corrected, TARO]))).toEqual(['FRESH'])
  })

  it('goes by who was in the household and not by how many', () => {
    const baby = resident('baby', { household: 'yamada', relation: '子' })
    const corrected = changed(HANAKO, { previousAddress: NEW })
    const builder = new HistoryBuilder().counter('one for another', [changed(TARO, { household: 'elsewhere' }), baby]).counter('correct', [corrected])

    expect(verdictOf(builder.session({ paper: paperOf([corrected, TARO]) }).history(), 'FRESH').why).toContain('content that the register did not hold at any one time')
  })

  it('is kept by somebody born meanwhile on a paper that is short of another', () => {
    const baby = resident('baby', { household: 'yamada', relation: '子' })

    expect(verdictOf(new HistoryBuilder().counter('register birth', [baby]).session({ paper: paperOf([HANAKO, baby]) }).history(), 'FRESH').verdict).toBe('pass')
  })

  it('orders two states of a person by their version, not by which operation was heard to end first', () => {
    const second = changed(HANAKO, { previousAddress: '二番' })
    const third = changed(second, { previousAddress: '三番' })
    const builder = () => {
      const both = new HistoryBuilder()
      return both.counter('correct', [second], () => void both.counter('correct', [third])).link([third])
    }

    expect(violated(builder().session({ paper: paperOf([third, TARO]) }).history())).toEqual([])
    expect(violated(builder().session({ paper: paperOf([second, TARO]) }).history())).toEqual(['FRESH'])
  })

  it('takes the head of household of the same instant as the rest', () => {
    const shown = wish({ show: { ...wish().show, relation: true } })
    const heads = [changed(HANAKO, { relation: '妻' }), changed(TARO, { relation: '世帯主' })]
    const after = new HistoryBuilder().counter('changeHead', heads).link(heads)
    const paper = paperOf(heads, shown)
    const mixed = paper.map(({ text }) => ({ text: text.map((line) => (line === '世帯主 山田　太郎' ? '世帯主 山田　花子' : line)) }))

    expect(violated(after.session({ wish: shown, paper }).history())).toEqual([])
    expect(violated(new HistoryBuilder().counter('changeHead', heads).session({ wish: shown, paper: mixed }).history())).not.toEqual([])
  })
})

describe('FRESH, what it says of old content', () => {
  const replaced = () => new HistoryBuilder().counter('moveWithin', moved).link(moved)

  it('names what the register said otherwise, of whom, and which link run sets the window', () => {
    const { why } = verdictOf(replaced().session({ paper: oldPaper }).history(), 'FRESH')

    expect(why).toContain("By then the register said otherwise of 山田　花子's address and date of fixing the address and 山田　太郎's address and date of fixing the address.")
    expect(why).toContain('The last link run completed before that ended at 14:00:08;')
  })

  it('says of people who were never like that at one time that they were not, where no link run had come before', () => {
    const apart = [changed(HANAKO, { previousAddress: NEW }), changed(TARO, { previousAddress: NEW })]
    const { why } = verdictOf(new HistoryBuilder().counter('correct', apart).session({ paper: paperOf([HANAKO, apart[1]!]) }).history(), 'FRESH')

    expect(why).toContain("of 山田　花子's previous address.")
    expect(why).toContain('No link run had completed before, so anything from the beginning on was allowed.')
  })

  it('names the last of several link runs', () => {
    expect(verdictOf(replaced().link().session({ paper: oldPaper }).history(), 'FRESH').why).toContain('The last link run completed before that ended at 14:00:10;')
  })

  it('rests on the operations on those people that had ended before the print', () => {
    const builder = replaced()
    const ended = builder.events.findIndex(({ type, f }) => type === 'ok' && f === 'counter')
    builder.counter('correct', [changed(ICHIRO, {})]).session({ paper: oldPaper }).counter('correct', [changed(moved[0]!, {})])
    const history = builder.history()
    const [violation] = judge(history).violations.filter(({ invariant }) => invariant === 'FRESH')

    expect(violation?.events.filter((i) => history.events[i]?.f === 'counter')).toEqual([ended])
  })

  it('is unknown where an operation on the household began before the print and has no end', () => {
    const unended = (id: string) => {
      const builder = replaced().add('counter', { type: 'invoke', f: 'counter', operation: 'moveBack', residents: [id] })
      return verdictOf(builder.session({ paper: oldPaper }).history(), 'FRESH')
    }

    expect(unended('taro')).toEqual({ verdict: 'unknown', why: expect.stringContaining('a paper that the register does not bear out') as string })
    expect(unended('ichiro').verdict).toBe('violation')
  })

  it('is unknown where an operation may have been lost', () => {
    const problem = { kind: 'bad-line', line: 3, sentence: 'Line 3.' } as const

    expect(judge(replaced().session({ paper: oldPaper }).history(), [problem]).checks.FRESH).toBe('unknown')
  })
})

describe('FRESH, of namesakes', () => {
  it('is kept where one of those who may be meant was so at the time, and the other no longer', () => {
    const alone = wish({ scope: 'applicant' })
    const twin = resident('twin', { ...HANAKO, id: 'twin' })
    const gone = changed(twin, { previousAddress: NEW })
    const history = new HistoryBuilder([HANAKO, TARO, twin]).counter('correct', [gone]).link([gone]).session({ wish: wish({ scope: ['hanako', 'twin'] }), paper: paperOf([HANAKO, gone]) }).history()

    expect(violated(history)).toEqual([])
    expect(violated(new HistoryBuilder([HANAKO, TARO, twin]).counter('correct', [gone]).link([gone]).session({ wish: alone, paper: paperOf([HANAKO], alone) }).history())).toEqual([])
  })
})

describe('FRESH, facts that stop all issue', () => {
  const facts: [string, Resident][] = [
    ['moved out', changed(TARO, { status: 'moved-out' })],
    ['died', changed(TARO, { status: 'deceased' })],
    ['was restricted', changed(TARO, { restricted: true })],
    ['left the household', changed(TARO, { household: 'elsewhere' })],
  ]

  it.each(facts)('is broken where somebody on the paper %s before the document was fetched', (_, fact) => {
    const builder = new HistoryBuilder()
    builder.session({ before: { document: () => void builder.counter('stop', [fact]) } })

    expect(violated(builder.history())).toEqual(['FRESH'])
    expect(verdictOf(builder.history(), 'FRESH').why).toContain('山田　太郎')
  })

  it.each(facts)('is kept where somebody on the paper %s only while the document was being fetched', (_, fact) => {
    const builder = new HistoryBuilder()
    builder.session({ during: { document: () => void builder.counter('stop', [fact]) } })

    expect(violated(builder.history())).toEqual([])
  })

  it.each(facts)('is kept where the operation by which somebody %s had begun before the fetch and not ended', (_, fact) => {
    const builder = new HistoryBuilder()
    const during = () => {
      builder.add('counter', { type: 'ok', f: 'counter', operation: 'stop', residents: [fact] })
    }
    const begin = () => {
      builder.add('counter', { type: 'invoke', f: 'counter', operation: 'stop', residents: ['taro'] })
    }

    expect(violated(builder.session({ before: { document: begin }, during: { document: during } }).history())).toEqual([])
  })

  it('calls a paper of which no sheet can be read by what was asked for', () => {
    const builder = new HistoryBuilder().counter('restrict', [changed(HANAKO, { restricted: true })])

    expect(verdictOf(builder.session({ paper: [{ text: ['blurred'] }] }).history(), 'FRESH').why).toContain('printed a residence record.')
  })

  it('is broken where the applicant was restricted, though the paper shows another member only', () => {
    const member = wish({ scope: ['taro'] })
    const builder = new HistoryBuilder().counter('restrict', [changed(HANAKO, { restricted: true })])

    expect(violated(builder.session({ wish: member, paper: paperOf([TARO], member) }).history())).toEqual(['FRESH'])
  })

  it('is kept where the restriction had been lifted again', () => {
    const restricted = changed(TARO, { restricted: true })
    const builder = new HistoryBuilder().counter('restrict', [restricted]).counter('lift', [changed(restricted, { restricted: false })])

    expect(violated(builder.session().history())).toEqual([])
  })

  it('is kept where the lifting was under way, because it may have taken effect', () => {
    const restricted = changed(TARO, { restricted: true })
    const builder = new HistoryBuilder().counter('restrict', [restricted])
    builder.counter('lift', [changed(restricted, { restricted: false })], () => void builder.session())

    expect(violated(builder.history())).toEqual([])
  })

  it('says why, and when at the counter, unless it was so from the beginning', () => {
    const counter = new HistoryBuilder().counter('restrict', [changed(TARO, { restricted: true })]).session().history()
    const always = new HistoryBuilder([HANAKO, changed(TARO, { restricted: true })]).session().history()

    expect(verdictOf(counter, 'FRESH').why).toContain('Before that 山田　太郎 was under a protective measure (counter, 14:00:04), so nothing could be issued')
    expect(verdictOf(always, 'FRESH').why).toContain('Before that 山田　太郎 was under a protective measure, so nothing could be issued')
  })

  it('is broken after a notice of moving out', () => {
    const builder = new HistoryBuilder().counter('moveOutNotice', [changed(TARO, { movingOutOn: '2023-07-01' })])

    expect(verdictOf(builder.session().history(), 'FRESH').why).toContain('had given notice of moving out')
  })

  it('is kept where the paper may as well be of a namesake in the household of whom nothing stops it', () => {
    const dead = resident('twin', { ...HANAKO, id: 'twin', status: 'deceased' })

    expect(violated(new HistoryBuilder([HANAKO, TARO, dead]).session().history())).toEqual([])
  })

  it('says once of a paper that its document was not seen being asked for', () => {
    const builder = new HistoryBuilder()
    const answered = () => void builder.add('shop-1#a-1', { type: 'ok', f: 'document', application: 'a-1', state: 'ready', digest: 'digest-a-1', pages: 1 })
    const { unknowns } = judge(builder.session({ skip: ['document'], before: { document: answered } }).history())

    expect(unknowns).toMatchObject([{ invariant: 'FRESH', why: expect.stringContaining('not recorded to have fetched') as string }])
  })

  it('leaves to others a paper for which nobody had applied', () => {
    expect(verdictOf(new HistoryBuilder().session({ skip: ['apply'] }).history(), 'FRESH').verdict).toBe('pass')
  })

  it('is unknown where the fetch of the document was not recorded', () => {
    expect(verdictOf(new HistoryBuilder().session({ skip: ['document'] }).history(), 'FRESH').verdict).toBe('unknown')
  })
})
