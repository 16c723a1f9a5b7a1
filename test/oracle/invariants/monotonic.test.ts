import { describe, expect, it } from 'vitest'
import { changed, HANAKO, HistoryBuilder, TARO } from '../history-builder.ts'
import { verdictOf } from '../verdicts.ts'

const second = changed(HANAKO, { address: '新しい所1番' })
const third = changed(second, { address: '新しい所2番' })
const check = (builder: HistoryBuilder) => verdictOf(builder.history(), 'MONOTONIC')
const twoChanges = () => new HistoryBuilder().counter('moveWithin', [second]).counter('moveWithin', [third])

describe('MONOTONIC', () => {
  it('is kept by versions that grow or stay', () => {
    expect(check(twoChanges().link([second]).link([third]).link([third])).verdict).toBe('pass')
  })

  it('is broken by a version that goes back', () => {
    expect(check(twoChanges().link([third]).link([second]))).toEqual({
      verdict: 'violation',
      why: expect.stringContaining('went back to version 2') as string,
    })
  })

  it('compares each person with nobody else', () => {
    expect(check(twoChanges().link([third, TARO])).verdict).toBe('pass')
  })

  it('is unknown where there was a change to carry over and nothing of the replica was seen', () => {
    expect(check(twoChanges().link([])).verdict).toBe('unknown')
  })

  it('is kept where a link run had nothing to carry over', () => {
    expect(check(new HistoryBuilder().link([]).counter('moveWithin', [second])).verdict).toBe('pass')
  })
})
