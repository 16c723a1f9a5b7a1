import { describe, expect, it } from 'vitest'
import { type FixAtSite, rolledOut } from '../../oracle/index.ts'

const at = (site: string, fix: string, inBuild: boolean, shown: FixAtSite['shown']): FixAtSite => ({ site, fix, inBuild, shown })

describe('ROLLED-OUT', () => {
  it('holds where every site has every repair, whatever was run', () => {
    expect(rolledOut([at('one', 'a', true, 'clean'), at('one', 'b', true, 'not-run'), at('two', 'a', true, 'fails')])).toEqual({ verdict: 'pass', violations: [], unknowns: [], pathAbsent: [] })
  })

  it('holds where a repair is missing whose path is absent', () => {
    expect(rolledOut([at('one', 'a', false, 'clean')])).toEqual({ verdict: 'pass', violations: [], unknowns: [], pathAbsent: ['one runs clean without a.'] })
  })

  it('is broken where a site fails for want of a repair, told once a site', () => {
    expect(rolledOut([at('one', 'a', false, 'fails'), at('one', 'b', false, 'fails'), at('two', 'a', false, 'fails'), at('two', 'b', false, 'not-run')])).toEqual({
      verdict: 'violation',
      violations: ['one fails for want of a and b.', 'two fails for want of a.'],
      unknowns: ['two was not examined for b.'],
      pathAbsent: [],
    })
  })

  it('is unknown where a repair is missing and nobody ran its scripts', () => {
    expect(rolledOut([at('one', 'a', false, 'not-run'), at('one', 'b', false, 'clean')])).toMatchObject({ verdict: 'unknown', unknowns: ['one was not examined for a.'] })
  })
})
