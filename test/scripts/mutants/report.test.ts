import { describe, expect, it } from 'vitest'
import type { Fate } from '../../../scripts/mutants/campaign.ts'
import { mutantsOf, parse } from '../../../scripts/mutants/mutator.ts'
import { resultOf, tell } from '../../../scripts/mutants/report.ts'

const target = { name: 'repaired parts', files: ['a.ts'], tests: [], least: 1 }
/** Three mutants, of which the first so many are killed. */
const fates = (killed: number): Fate[] =>
  mutantsOf(parse('a.ts', 'const f = (a, b) => a < b')).map((mutant, at) => ({ mutant, reached: true, ...(at < killed ? { killedBy: 'a test' } : {}) }))
const ids = fates(0).map(({ mutant }) => mutant.id)

describe('the result of a target', () => {
  it('passes where everything is killed or explained', () => {
    expect(resultOf(target, fates(3), new Map(), 1)).toMatchObject({ mutants: 3, killed: 3, explained: 0, unexplained: 0, share: 1, passed: true })
    expect(resultOf(target, fates(2), new Map([[ids[2]!, 'It is the same.']]), 1)).toMatchObject({ killed: 2, explained: 1, unexplained: 0, share: 1, passed: true })
  })

  it('counts a survivor without a reason, and lets so many pass as the target may have', () => {
    expect(resultOf(target, fates(2), new Map(), 1)).toMatchObject({ unexplained: 1, passed: false })
    expect(resultOf({ ...target, least: 0.6 }, fates(2), new Map(), 1).passed).toBe(true)
  })

  it('does not pass where a reason is given for what is killed or no longer there, in the files that were run', () => {
    const gone = 'a.ts f: true "a > b"'

    expect(resultOf(target, fates(3), new Map([[ids[0]!, 'It is the same.'], [gone, 'It is the same.']]), 1)).toMatchObject({ stale: [`${ids[0]!}: killed by a test`, `${gone}: not made any more`], passed: false })
    expect(resultOf(target, fates(3), new Map([['b.ts f: true "a > b"', 'It is the same.']]), 1).passed).toBe(true)
  })

  it('is told with each unexplained survivor, its place and its change, within 80 columns', () => {
    const lines = tell([resultOf(target, fates(2), new Map(), 1)]).split('\n')

    expect(lines.slice(0, 3)).toEqual([`survived: ${ids[2] ?? ''}`, '  a.ts:1:21', '  a < b => false'])
    expect(lines.at(-2)).toMatch(/^repaired parts +3 +2 +0 +1 +66\.6 % +FAILED$/)
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80)
  })
})
