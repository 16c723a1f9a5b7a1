import { describe, expect, it } from 'vitest'
import { pairs } from '../../oracle/matching.ts'

describe('pairs', () => {
  it('counts each right one once', () => {
    expect(pairs([['a'], ['a']])).toBe(1)
    expect(pairs([['a'], ['b'], []])).toBe(2)
  })

  it('gives way where the first choice would leave somebody without', () => {
    expect(pairs([['a', 'b'], ['a']])).toBe(2)
    expect(pairs([['a', 'b'], ['b', 'c'], ['a'], ['b']])).toBe(3)
  })
})
