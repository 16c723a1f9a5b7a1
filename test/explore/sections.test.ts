import { describe, expect, it } from 'vitest'
import { Arena } from '../../explore/arena.ts'
import { searchSection, type SectionEnd, type SectionName } from '../../explore/sections.ts'
import { readCatalogue } from '../../scenario/catalogue.ts'
import { namedBuild } from '../../scenario/named-build.ts'

const catalogue = readCatalogue()
const searched = (build: string, section: SectionName, timeJumps: number, most: number, { scenario = 'two-sessions', reduced = true } = {}): Promise<SectionEnd> =>
  searchSection(Arena.make(catalogue.scenario(scenario), namedBuild(build, catalogue), 1, catalogue), section, { timeJumps, most, reduced })

describe('every order of a section', () => {
  it.each(['repaired', 'K1/repaired-twin'])('of two whole sessions is covered on build %s, and none breaks anything', { timeout: 60_000 }, async (build) => {
    const end = await searched(build, 'sessions', 0, 10_000)

    expect(end).toMatchObject({ complete: true, failing: 0, found: undefined, unknown: 0 })
    expect(end.schedules).toBeGreaterThan(1)
    // Without the reduction that would be days.
    expect(end.interleavings).toBeGreaterThan(100_000_000n)
  })

  it('of the print section has the one that K1 needs, and the repaired twin has none like it', { timeout: 60_000 }, async () => {
    const deployed = await searched('K1', 'print', 1, 10_000)
    const twin = await searched('K1/repaired-twin', 'print', 1, 10_000)

    expect(deployed).toMatchObject({ complete: true, found: { broken: ['SUBJECT'] }, unknown: 0 })
    expect(deployed.failing).toBeGreaterThan(0)
    expect(twin).toMatchObject({ complete: true, failing: 0, unknown: 0 })
    expect([...twin.ends.keys()]).toEqual(['nothing'])
    expect(twin.interleavings).toBeGreaterThan(100_000n)
  })

  it('of the print section is covered on the repaired build, on both of its workers, and none breaks anything', { timeout: 60_000 }, async () => {
    expect(await searched('repaired', 'print', 0, 10_000)).toMatchObject({ complete: true, failing: 0, unknown: 0 })
  })
})

describe('the reduction', () => {
  // The same for K1, whose 206,318 orders take their time, with time jumps, and for each half-fix: `npm run campaign:reduction`.
  it.each([
    ['seal-watermark', 'one-revocation', 'links', 1],
    ['seal-snapshot', 'one-revocation', 'links', 1],
    ['repaired', 'one-revocation', 'links', 1],
    ['munakata-2023-06-28', 'move-and-print', 'print', 0],
    ['adachi-2023', 'two-sessions', 'files', 1],
    ['K2/repaired-twin', 'two-sessions', 'files', 1],
    ['kawasaki-2023-05-02', 'two-registers', 'exchange', 1],
    ['K3/repaired-twin', 'two-registers', 'exchange', 1],
    ['tokushima-2023-03-27', 'register-and-record', 'slot', 1],
  ] as const)('loses no end that there is on build %s, and counts every order (%s, %s)', { timeout: 60_000 }, async (build, scenario, section, timeJumps) => {
    const whole = await searched(build, section, timeJumps, 10_000, { scenario, reduced: false })
    const reduced = await searched(build, section, timeJumps, 10_000, { scenario })

    expect([whole.complete, reduced.complete]).toEqual([true, true])
    expect([...reduced.ends.keys()].sort()).toEqual([...whole.ends.keys()].sort())
    expect(reduced.interleavings).toBe(BigInt(whole.schedules))
    // Of a slot that is one row every order can matter.
    expect(reduced.schedules).toBeLessThan(section === 'slot' ? whole.schedules + 1 : whole.schedules / 3)
    expect(whole.failing > 0).toBe(!build.startsWith('K') && !build.startsWith('repaired') && !build.startsWith('munakata'))
  })
})
