import { describe, expect, it } from 'vitest'
import type { EventDraft } from '../../contract/index.ts'
import { indexHistory } from '../../oracle/index-of-history.ts'
import { changed, HANAKO, HistoryBuilder, ICHIRO, paperOf, TARO, wish } from './history-builder.ts'
import { verdictOf, violated } from './verdicts.ts'

const begins = (...residents: string[]): EventDraft => ({ type: 'invoke', f: 'counter', operation: 'join', residents })
const ends = (because?: number): EventDraft => ({ type: 'ok', f: 'counter', operation: 'join', residents: [], ...(because === undefined ? {} : { because: [because] }) })
const link = (type: 'invoke' | 'ok' | 'fail', because?: number): EventDraft => ({ type, f: 'link', municipality: 'munakata', register: 'residents', ...(because === undefined ? {} : { because: [because] }) })

/** Of each operation that ended: the number of the event at which it began, after these events, the first of which has number 0. */
function begunOf(...events: readonly (readonly [process: string, draft: EventDraft])[]): number[] {
  const builder = new HistoryBuilder([])
  for (const [process, draft] of events) builder.add(process, draft)
  return indexHistory(builder.history()).counters.map(({ invokedI }) => invokedI)
}

describe('the end of an operation at the counter', () => {
  it('belongs to the beginning that it names, else to the latest of its process', () => {
    const two = [['counter', begins('hanako')], ['counter', begins('taro')]] as const

    expect(begunOf(...two, ['counter', ends(0)], ['counter', ends()])).toEqual([0, 1])
    expect(begunOf(...two, ['counter', ends()], ['counter', ends()])).toEqual([1, 0])
    expect(begunOf(...two, ['counter', ends(1)], ['counter', ends()])).toEqual([1, 0])
    expect(begunOf(...two, ['counter', ends(99)])).toEqual([1])
  })

  it('may name a beginning in another process', () => {
    expect(begunOf(['desk-1', begins('hanako')], ['desk-2', begins('taro')], ['desk-2', ends(0)])).toEqual([0])
    expect(begunOf(['desk-1', begins('hanako')], ['desk-1', begins('taro')], ['desk-3', ends(0)])).toEqual([0])
    expect(begunOf(['desk-1', begins('hanako')], ['desk-2', begins('taro')], ['desk-3', ends(1)], ['desk-3', ends(0)])).toEqual([1, 0])
  })

  it('stands for itself where its beginning was lost', () => {
    expect(begunOf(['counter', ends()])).toEqual([0])
  })
})

describe('an operation that failed', () => {
  it('has changed nothing, so that a wrong paper is no doubtful one', () => {
    const builder = new HistoryBuilder()
    builder.add('counter', begins('ichiro')).add('counter', { type: 'fail', f: 'counter', operation: 'join' })

    expect(verdictOf(builder.session({ paper: paperOf([ICHIRO]) }).history(), 'SUBJECT').verdict).toBe('violation')
  })

  it('is no application', () => {
    const builder = new HistoryBuilder().add('counter', begins('ichiro')).add('counter', { type: 'fail', f: 'counter', operation: 'join' })

    expect(indexHistory(builder.history()).applications.size).toBe(0)
  })

  it('leaves in doubt those of another that began before it and has no end', () => {
    const builder = new HistoryBuilder().add('counter', begins('ichiro')).add('counter', begins('taro'))
    builder.add('counter', { type: 'fail', f: 'counter', operation: 'join' })

    expect(verdictOf(builder.session({ paper: paperOf([ICHIRO]) }).history(), 'SUBJECT').verdict).toBe('unknown')
  })
})

describe('a link run', () => {
  const moved = [HANAKO, TARO].map((person) => changed(person, { address: '福岡県宗像市日の里3番3号' }))
  const old = { paper: paperOf([HANAKO, TARO]) }

  it('that failed allows as much lag as before', () => {
    const builder = new HistoryBuilder().counter('moveWithin', moved).add('link', link('invoke')).add('link', link('fail'))

    expect(violated(builder.session(old).history())).toEqual([])
    expect(violated(builder.add('link', link('ok')).session({ ...old, application: 'a-2' }).history())).toEqual([])
  })

  it('is one only where its beginning is known, be it the first event', () => {
    const orphan = new HistoryBuilder([]).add('link', link('ok')).history()
    const first = new HistoryBuilder([]).link().session().history()

    expect(indexHistory(orphan).linkRuns).toEqual([])
    expect(indexHistory(first).applications.get('a-1')?.linkedI).toEqual({ residents: 0 })
  })

  it('that began earlier and ended later than another takes nothing back from it', () => {
    const builder = new HistoryBuilder().add('link', link('invoke'))
    const first = builder.events.length - 1
    builder.counter('moveWithin', moved).add('link', link('invoke'))
    const second = builder.events.length - 1
    for (const { id, version } of moved) builder.add('link', { type: 'info', f: 'replica', municipality: 'munakata', register: 'residents', resident: id, version })
    builder.add('link', link('ok', second)).add('link', link('ok', first))

    expect(violated(builder.session(old).history())).toEqual(['FRESH'])
    expect(indexHistory(builder.history()).applications.get('a-1')?.linkedI).toEqual({ residents: second })
  })
})

describe('an application', () => {
  const process = 'shop-1#a-1'
  const apply = (kiosk: string): EventDraft => ({ type: 'invoke', f: 'apply', application: 'a-1', kiosk, applicant: 'hanako', municipality: 'munakata', wish: wish() })

  it('is what was sent and taken in first, where it was sent twice', () => {
    const builder = new HistoryBuilder([]).add(process, apply('shop-1')).add(process, apply('shop-2'))
    builder.add(process, { type: 'ok', f: 'apply', application: 'a-1' }).add(process, { type: 'ok', f: 'apply', application: 'a-1' })
    const { apply: sent, accepted } = indexHistory(builder.history()).applications.get('a-1')!

    expect([sent?.kiosk, accepted?.i]).toEqual(['shop-1', 2])
  })

  it('has got a document only once that is ready', () => {
    const builder = new HistoryBuilder([])
    for (const state of ['pending', 'ready'] as const) {
      builder.add(process, { type: 'invoke', f: 'document', application: 'a-1' }).add(process, { type: 'ok', f: 'document', application: 'a-1', state })
    }

    expect(indexHistory(builder.history()).applications.get('a-1')?.fetches).toMatchObject([{ invoke: { i: 2 }, ready: { i: 3 } }])
  })

  it('is known by its first paper, and each print before another tells which document it was of', () => {
    const builder = new HistoryBuilder().session({ application: 'a-1' })
    const [print] = builder.events.filter(({ type, f }) => type === 'ok' && f === 'print')
    builder.add(process, { type: 'invoke', f: 'document', application: 'a-1' }).add(process, { type: 'ok', f: 'document', application: 'a-1', state: 'ready' })
    builder.add(process, { type: 'ok', f: 'print', application: 'a-1', kiosk: 'shop-1', sheets: paperOf([HANAKO]) })
    const application = indexHistory(builder.history()).applications.get('a-1')!
    const last = application.delivered.at(-1)!

    expect(application.firstPaper?.i).toBe(print?.i)
    expect(application.fetchedBefore(print!.i)).toBe(application.fetches[0])
    expect(application.fetchedBefore(last.i)).toBe(application.fetches[1])
    expect(application.fetchedBefore(0)).toBeUndefined()
  })

  it('may show what was so since the older of its copies: of a seal certificate both registers count', () => {
    const application = (residentsFirst: boolean) => {
      const builder = new HistoryBuilder()
      if (residentsFirst) builder.link().sealLink()
      else builder.sealLink().link()
      return indexHistory(builder.session().history()).applications.get('a-1')!
    }
    const [first, second] = [3, 5]

    expect([application(true).windowFromI(false), application(true).windowFromI(true)]).toEqual([first, first])
    expect([application(false).windowFromI(false), application(false).windowFromI(true)]).toEqual([second, first])
    expect(indexHistory(new HistoryBuilder().link().session().history()).applications.get('a-1')?.windowFromI(true)).toBe(-1)
    expect(indexHistory(new HistoryBuilder().session().history()).applications.get('a-1')?.windowFromI(false)).toBe(-1)
  })

  it('is not stopped by what is only told, nor is a message of nobody\'s application one', () => {
    const builder = new HistoryBuilder([])
    builder.add('print', { type: 'info', f: 'log', level: 'info', code: 'TURN_LIMIT_PASSED', application: 'a-1' })
    builder.add('print', { type: 'info', f: 'log', level: 'error', code: 'PRINT_FAILED' })

    expect([...indexHistory(builder.history()).applications.keys()]).toEqual([])
  })
})

describe('what is seen inside', () => {
  it('of a kiosk that starts again is no silence of its alarm', () => {
    const builder = new HistoryBuilder()
    builder.session({ before: { end: () => void builder.add('kiosk', { type: 'info', f: 'alarm', kiosk: 'shop-1', about: 'paper', op: 'sounds' }) } })
    builder.add('world', { type: 'info', f: 'node', node: 'shop-1', op: 'restart' }).add('print', { type: 'info', f: 'job', op: 'end', job: 'shop-1', application: 'a-1' })

    expect(violated(builder.session({ application: 'a-2' }).history())).toEqual(['CUSTODY'])
  })
})

describe('a card that was refused', () => {
  it('has passed only where it was placed once more', () => {
    const builder = new HistoryBuilder()
    const process = 'shop-1#a-1'
    const refused = () => {
      builder.add(process, { type: 'invoke', f: 'authenticate', kiosk: 'shop-1', resident: 'hanako' }).add(process, { type: 'fail', f: 'authenticate', code: 'PIN_WRONG' })
      builder.add(process, { type: 'ok', f: 'authenticate' })
    }

    expect(violated(builder.session({ skip: ['authenticate'], before: { authenticate: refused } }).history())).toEqual(['ENTITLED'])
  })
})

describe('what became of an application', () => {
  it('is what the kiosk says of it, and no comparison of its image', () => {
    const history = new HistoryBuilder().add('print:munakata/1', { type: 'info', f: 'comparison', application: 'a-1', agreed: true }).session().history()

    expect(indexHistory(history).applications.get('a-1')?.outcomes.map(({ outcome }) => outcome)).toEqual(['printed'])
  })
})
