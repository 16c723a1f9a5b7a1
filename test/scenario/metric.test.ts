import { describe, expect, it } from 'vitest'
import { judge } from '../../oracle/index.ts'
import { metricOf, relationHolds } from '../../scenario/metric.ts'
import { HANAKO, HistoryBuilder, ICHIRO, paperOf } from '../oracle/history-builder.ts'

/** Hanako gets her own record at nine, and then twice Ichirō's: at ten and at eleven. Ichirō pays at noon and gets nothing. */
const history = new HistoryBuilder()
  .at(9).session({ application: 'a-1' })
  .at(10).session({ application: 'a-2', paper: paperOf([ICHIRO]) })
  .at(11).session({ application: 'a-3', paper: paperOf([ICHIRO]) })
  .at(12).session({ application: 'a-4', applicant: ICHIRO, paper: [] })
  .history()
const judgement = judge(history)
const clean = new HistoryBuilder().session({ applicant: HANAKO }).history()

describe('a metric', () => {
  it('counts wrong papers', () => {
    expect(metricOf('wrongPapers', history, judgement)).toBe(2)
    expect(metricOf('wrongPapers', clean, judge(clean))).toBe(0)
  })

  it('counts people who got another\'s paper or paid for nothing', () => {
    expect(metricOf('wrongedPeople', history, judgement)).toBe(3)
    expect(metricOf('wrongedPeople', clean, judge(clean))).toBe(0)
  })

  it('says when the first wrong paper came out, and never where none did', () => {
    const wrong = history.events.find((event) => event.f === 'print' && event.type === 'ok' && event.application === 'a-2')

    expect(metricOf('firstWrongPaperAtMs', history, judgement)).toBe(wrong?.atMs)
    expect(metricOf('firstWrongPaperAtMs', clean, judge(clean))).toBe(Infinity)
  })
})

describe('the relation of a half-fix to the build as deployed', () => {
  it.each([
    ['fewer', 10, 3, true],
    ['fewer', 10, 10, false],
    ['fewer', 10, 11, false],
    ['later', 1_000, 2_000, true],
    ['later', 1_000, Infinity, true],
    ['later', 1_000, 1_000, false],
    ['later', 1_000, 500, false],
    ['same', 2, 2, true],
    ['same', 2, 1, false],
    ['same', 2, 3, false],
  ] as const)('"%s" of %d and %d', (relation, deployed, halfFixed, holds) => {
    expect(relationHolds(relation, deployed, halfFixed)).toBe(holds)
  })

  it('has nothing to say where the build as deployed showed nothing', () => {
    expect(relationHolds('fewer', 0, 0)).toBe(true)
    expect(relationHolds('later', Infinity, Infinity)).toBe(true)
  })

  it('takes for hidden from the site what it does not see and what happens all the same', () => {
    expect(relationHolds('hidden-from-site', 3, 0, 2)).toBe(true)
    expect(relationHolds('hidden-from-site', 3, 1, 2)).toBe(false)
    expect(relationHolds('hidden-from-site', 3, 0, 0)).toBe(false)
    expect(relationHolds('hidden-from-site', 0, 0, 0)).toBe(true)
  })

  it('counts the errors that a site has in its own log', () => {
    const logged = new HistoryBuilder().add('print:munakata/1', { type: 'info', f: 'log', level: 'error', code: 'SERVER_ERROR', application: 'a-1' }).history()

    expect(metricOf('siteErrors', logged, judge(logged))).toBe(1)
    expect(metricOf('siteErrors', clean, judge(clean))).toBe(0)
  })
})
