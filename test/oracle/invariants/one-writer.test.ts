import { describe, expect, it } from 'vitest'
import { HistoryBuilder, jobOf } from '../history-builder.ts'
import { verdictOf } from '../verdicts.ts'

const FILE = 'munakata/print.img'
const both = () => new HistoryBuilder().jobStart('a-1', FILE)
const check = (builder: HistoryBuilder) => verdictOf(builder.history(), 'ONE-WRITER')

describe('ONE-WRITER', () => {
  it('is kept by two jobs that use one name in turn', () => {
    expect(check(both().jobEnd('a-1', FILE).jobStart('a-2', FILE).jobEnd('a-2', FILE)).verdict).toBe('pass')
  })

  it('is kept by two jobs at once with a name each', () => {
    expect(check(both().jobStart('a-2', 'munakata/other.img').jobEnd('a-1', FILE).jobEnd('a-2', 'munakata/other.img')).verdict).toBe('pass')
  })

  it('is broken by a write between another job\'s write and read, and tells that it read the other\'s', () => {
    const builder = both().jobStart('a-2', FILE).jobEnd('a-1', FILE).jobEnd('a-2', FILE)

    expect(check(builder)).toEqual({ verdict: 'violation', why: expect.stringContaining('the first job read what the second had written') as string })
  })

  it('lets the same job write again', () => {
    expect(check(both().file('write', 'a-1', FILE).jobEnd('a-1', FILE)).verdict).toBe('pass')
  })

  it.each([
    ['read it', (builder: HistoryBuilder) => builder.file('read', 'a-1', FILE)],
    ['removed it', (builder: HistoryBuilder) => builder.file('remove', 'a-1', FILE)],
    ['ended', (builder: HistoryBuilder) => builder.add('print', { type: 'info', f: 'job', op: 'end', job: jobOf('a-1'), application: 'a-1' })],
    ['crashed with its node', (builder: HistoryBuilder) => builder.add('world', { type: 'info', f: 'node', node: 'print:munakata/1', op: 'crash' })],
  ])('lets another job write once the first has %s', (_, release) => {
    expect(check(release(both()).jobStart('a-2', FILE).jobEnd('a-2', FILE)).verdict).toBe('pass')
  })

  it('does not take another job\'s read for the first one\'s', () => {
    expect(check(both().file('read', 'a-3', FILE).jobStart('a-2', FILE)).verdict).toBe('violation')
  })

  it('is unknown where documents came and nothing inside was seen', () => {
    expect(check(new HistoryBuilder().session({ skip: ['job'] })).verdict).toBe('unknown')
  })
})
