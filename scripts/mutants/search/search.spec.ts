import { describe, expect, it } from 'vitest'
import { searched, searchFinds } from './search-finds.ts'

const MATCHES = ['none', 'compare-image'] as const

/** What the campaign asks of mutants that no test has killed. Of the code as it is, search must find nothing. */
describe.each(MATCHES)('search with final match %s', (match) => {
  it.each(searched().map((each) => [each.name, each] as const))('finds nothing in %s', async (_, each) => {
    expect(await searchFinds(each, each.builds[match])).toBe(false)
  })
})
