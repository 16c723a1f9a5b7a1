import { describe, expect, it } from 'vitest'
import type { EventDraft } from '../../../contract/index.ts'
import { HistoryBuilder, jobOf } from '../history-builder.ts'
import { verdictOf } from '../verdicts.ts'

const taken = (compared: boolean, names?: string, application = 'a-1'): EventDraft => ({ type: 'info', f: 'answer', key: '20230502073112', application, compared, ...(names === undefined ? {} : { names }) })
const echoOf = (draft: EventDraft) => verdictOf(new HistoryBuilder().session().add(jobOf('a-1'), draft).history(), 'ECHO')

describe('ECHO', () => {
  it('holds where the answer names its request and that was compared', () => {
    expect(echoOf(taken(true, 'a-1')).verdict).toBe('pass')
  })

  it.each([
    ['names another application', taken(true, 'a-2'), 'It answers another application.'],
    ['names its own, and nobody compared', taken(false, 'a-1'), 'Nobody compared the two.'],
    ['names none', taken(false), 'It does not say which application it answers.'],
    ['names none, whatever was compared', taken(true), 'It does not say which application it answers.'],
  ])('is broken by an answer that %s', (_, draft, why) => {
    expect(echoOf(draft)).toEqual({ verdict: 'violation', why: `At 14:00:22 the answer under 20230502073112 was taken for 山田　花子's application. ${why}` })
  })

  it('names the application where its applicant is not on record', () => {
    expect(echoOf(taken(false, undefined, 'a-9')).why).toContain('was taken for application a-9.')
  })
})
