import { describe, expect, it } from 'vitest'
import { runsOn, siteOf } from '../../oracle/work.ts'

describe('a process', () => {
  it.each([
    ['print:munakata/1', true],
    ['print:munakata/1#application-1', true],
    ['print:munakata/1/sub', true],
    ['print:munakata/1:task', true],
    ['print:munakata/11#application-1', false],
    ['print:munakata/', false],
    ['other:munakata/1#application-1', false],
  ])('%s runs on print:munakata/1 or not: %s', (process, expected) => {
    expect(runsOn(process, 'print:munakata/1')).toBe(expected)
  })

  it('belongs to the site in its name, or to none', () => {
    expect(['print:munakata/1#application-1', 'issuing:munakata', 'centre', 'centre#a-1'].map(siteOf)).toEqual(['munakata', 'munakata', '', 'a-1'])
  })
})
