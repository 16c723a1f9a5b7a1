import { describe, expect, it } from 'vitest'
import { Arena } from '../../explore/arena.ts'
import { searchSection, type SectionEnd, type SectionName } from '../../explore/sections.ts'
import { readCatalogue } from '../../scenario/catalogue.ts'
import { namedBuild } from '../../scenario/named-build.ts'

const catalogue = readCatalogue()
const searched = (build: string, section: SectionName, timeJumps: number, most: number): Promise<SectionEnd> =>
  searchSection(Arena.make(catalogue.scenario('two-sessions'), namedBuild(build, catalogue), 1, catalogue), section, { timeJumps, most })

describe('every order of a section', () => {
  it.each(['repaired', 'K1/repaired-twin'])('of two whole sessions is covered on build %s, and none breaks anything', { timeout: 60_000 }, async (build) => {
    const end = await searched(build, 'sessions', 0, 10_000)

    expect(end).toMatchObject({ complete: true, failing: 0, found: undefined, unknown: 0 })
    expect(end.schedules).toBeGreaterThan(10)
    // A day has 86,400 seconds: without the reduction nobody would live to see the end.
    expect(end.interleavings).toBeGreaterThan(10n ** 40n)
  })

  it('of the print section has the one that K1 needs, and the repaired twin has none like it', { timeout: 60_000 }, async () => {
    const deployed = await searched('K1', 'print', 1, 400)
    const twin = await searched('K1/repaired-twin', 'print', 1, 400)

    expect(deployed.failing).toBeGreaterThan(0)
    expect(deployed.found?.broken).toEqual(['SUBJECT'])
    expect(twin).toMatchObject({ failing: 0, unknown: 0 })
  })
})
