import { describe, expect, it } from 'vitest'
import { judge } from '../../../oracle/index.ts'
import { HANAKO, HistoryBuilder, ICHIRO, paperOf, sessionHistory } from '../history-builder.ts'
import { verdictOf } from '../verdicts.ts'

const made = (builder: HistoryBuilder, digest: string, application: string) => () =>
  void builder.add('print', { type: 'info', f: 'image', op: 'made', digest, job: `job-of-${application}`, application })

describe('PROVENANCE', () => {
  it('is kept where the document\'s image was made by a job of its own application', () => {
    expect(verdictOf(sessionHistory(), 'PROVENANCE').verdict).toBe('pass')
  })

  it('is broken where it was made for somebody else, and says for whom', () => {
    const builder = new HistoryBuilder().session({ application: 'a-2', applicant: ICHIRO, paper: paperOf([ICHIRO]) })
    builder.session({ application: 'a-1', skip: ['job'], before: { job: made(builder, 'digest-a-1', 'a-2') } })

    expect(verdictOf(builder.history(), 'PROVENANCE')).toEqual({
      verdict: 'violation',
      why: expect.stringContaining("佐藤　一郎's application a-2") as string,
    })
  })

  it('is kept where two jobs made the same image and one of them is its own', () => {
    const builder = new HistoryBuilder()
    builder.session({ before: { job: made(builder, 'digest-a-1', 'a-2') } })

    expect(verdictOf(builder.history(), 'PROVENANCE').verdict).toBe('pass')
  })

  it('is broken where its own job made the image only after the document had come', () => {
    const builder = new HistoryBuilder()
    builder.session({ skip: ['job'], before: { job: made(builder, 'another', 'a-1'), pay: made(builder, 'digest-a-1', 'a-1') } })

    expect(verdictOf(builder.history(), 'PROVENANCE').verdict).toBe('violation')
  })

  it('is unknown where the making of no image was recorded', () => {
    expect(verdictOf(sessionHistory({ skip: ['job'] }), 'PROVENANCE').verdict).toBe('unknown')
  })

  it('is unknown where the document has no digest, whatever else was made', () => {
    const builder = new HistoryBuilder()
    builder.session({ skip: ['document'], before: { document: () => void builder.add('shop-1#a-1', { type: 'ok', f: 'document', application: 'a-1', state: 'ready' }) } })

    expect(verdictOf(builder.history(), 'PROVENANCE')).toEqual({ verdict: 'unknown', why: 'The document of application a-1 has no digest in the history.' })
  })

  it('is broken where no job on record made it, though the record of one may have been lost', () => {
    const builder = new HistoryBuilder()
    const history = builder.session({ skip: ['job'], before: { job: made(builder, 'another', 'a-1') } }).history()

    expect(verdictOf(history, 'PROVENANCE').why).toContain('was made by no job on record')
    expect(judge(history, [{ kind: 'bad-line', line: 3, sentence: 'Line 3.' }]).checks.PROVENANCE).toBe('unknown')
  })

  it('is broken by an image made for another, whatever was lost', () => {
    const builder = new HistoryBuilder()
    const history = builder.session({ skip: ['job'], before: { job: made(builder, 'digest-a-1', 'a-9') } }).history()

    expect(verdictOf(history, 'PROVENANCE').why).toContain('by the job job-of-a-9 for application a-9')
    expect(judge(history, [{ kind: 'bad-line', line: 3, sentence: 'Line 3.' }]).checks.PROVENANCE).toBe('violation')
  })

  it('is kept where its own job made the same image first and another after it', () => {
    const builder = new HistoryBuilder()
    builder.session({ skip: ['job'], before: { job: () => { made(builder, 'digest-a-1', 'a-1')(); made(builder, 'digest-a-1', 'a-2')() } } })

    expect(verdictOf(builder.history(), 'PROVENANCE').verdict).toBe('pass')
  })

  it('is kept where no document came', () => {
    const history = sessionHistory({ skip: ['job', 'document', 'pay', 'print'], applicant: HANAKO })

    expect(verdictOf(history, 'PROVENANCE').verdict).toBe('pass')
  })
})
