import { describe, expect, it } from 'vitest'
import { listed, proof, timeOf } from '../../oracle/words.ts'
import { HANAKO, HEADER, HistoryBuilder, ICHIRO, onPaper, paperOf, PEOPLE, sealOf, sealSheetOf, sealWish, sessionHistory, TARO, wish } from './history-builder.ts'
import { verdictOf } from './verdicts.ts'

describe('a time of day', () => {
  it.each([
    [0, '00:00:00'],
    [53_412_999, '14:50:12'],
    [86_399_999, '23:59:59'],
    [86_400_000, '00:00:00 on day 2'],
    [2 * 86_400_000 + 53_412_000, '14:50:12 on day 3'],
  ])('of %i ms is %s', (atMs, words) => {
    expect(timeOf({ atMs })).toBe(words)
  })
})

describe('a list', () => {
  it.each([
    [[], ''],
    [['A'], 'A'],
    [['A', 'B'], 'A and B'],
    [['A', 'B', 'C'], 'A, B and C'],
  ])('of %j reads "%s"', (words, text) => {
    expect(listed(words)).toBe(text)
  })
})

describe('a proof', () => {
  it('names each event once, in the order of the history', () => {
    expect(proof({ i: 12 }, undefined, { i: 3 }, { i: 12 }, { i: 7 })).toEqual([3, 7, 12])
  })
})

describe('an explanation', () => {
  const why = (scope: 'household' | 'applicant' | readonly string[]) => {
    const wished = wish({ scope: scope as ReturnType<typeof wish>['scope'] })
    return verdictOf(sessionHistory({ wish: wished, paper: paperOf([ICHIRO], wished) }), 'SUBJECT').why
  }

  it('says what was asked for', () => {
    expect(why('household')).toContain('for a residence record of the whole household.')
    expect(why('applicant')).toContain('for a residence record of the applicant alone.')
    expect(why(['hanako', 'taro'])).toContain(`for a residence record of ${HANAKO.name} and ${TARO.name}.`)
  })

  it('says what came out', () => {
    const seal = sealOf(ICHIRO, { impression: '佐藤' })
    const history = new HistoryBuilder(PEOPLE, HEADER, [seal]).session({ wish: sealWish(), paper: [onPaper(sealSheetOf(ICHIRO, seal))] }).history()

    expect(verdictOf(history, 'SUBJECT').why).toMatch(/printed a seal certificate of 佐藤　一郎.* for a seal certificate\./)
    expect(why('household')).toContain('printed the record of 佐藤　一郎')
  })
})
