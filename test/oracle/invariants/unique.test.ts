import { describe, expect, it } from 'vitest'
import type { EventDraft } from '../../../contract/index.ts'
import { judge } from '../../../oracle/index.ts'
import { HistoryBuilder, jobOf } from '../history-builder.ts'
import { verdictOf } from '../verdicts.ts'

const given = (application: string, key = '20230502073112', what = 'exchange request'): EventDraft => ({ type: 'info', f: 'key', what, key, application })
const history = (...keys: [process: string, draft: EventDraft][]) => {
  const builder = new HistoryBuilder().session()
  for (const [process, draft] of keys) builder.add(process, draft)
  return builder.history()
}

describe('UNIQUE', () => {
  it('holds where each key stands for one application, however often it is given to that', () => {
    expect(verdictOf(history([jobOf('a-1'), given('a-1')], [jobOf('a-1'), given('a-1')], [jobOf('a-2'), given('a-2', '20230502073113')]), 'UNIQUE').verdict).toBe('pass')
  })

  it('is broken by a key that stands for a second application, on whatever node, and told once for that', () => {
    const { verdict, why } = verdictOf(history([jobOf('a-1'), given('a-1')], ['print:munakata/2#a-2', given('a-2')], ['print:munakata/2#a-2', given('a-2')]), 'UNIQUE')

    expect(verdict).toBe('violation')
    expect(why).toBe('The exchange request 20230502073112 was given to 山田　花子\'s application at 14:00:22 and to application a-2 at 14:00:23.')
  })

  it('is broken once more by each further application', () => {
    expect(verdictOf(history([jobOf('a-1'), given('a-1')], [jobOf('a-2'), given('a-2')], [jobOf('a-3'), given('a-3')]), 'UNIQUE').why.split('was given to')).toHaveLength(3)
  })

  it('is told of the same application whichever was given the key first', () => {
    const applications = (...keys: [string, EventDraft][]) => judge(history(...keys)).violations.map(({ application }) => application)

    expect(applications([jobOf('a-1'), given('a-1')], [jobOf('a-2'), given('a-2')])).toEqual(['a-2'])
    expect(applications([jobOf('a-2'), given('a-2')], [jobOf('a-1'), given('a-1')])).toEqual(['a-2'])
  })

  it.each([
    ['another site', 'print:yokohama/1#a-2', given('a-2')],
    ['another kind of key', jobOf('a-2'), given('a-2', '20230502073112', 'work-file number')],
  ])('holds where the same key is one of %s', (_, process, other) => {
    expect(verdictOf(history([jobOf('a-1'), given('a-1')], [process, other]), 'UNIQUE').verdict).toBe('pass')
  })
})
