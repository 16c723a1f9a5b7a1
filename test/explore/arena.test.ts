import { describe, expect, it } from 'vitest'
import { Arena } from '../../explore/arena.ts'
import { search } from '../../explore/search.ts'
import { searchSection } from '../../explore/sections.ts'
import { readCatalogue } from '../../scenario/catalogue.ts'
import { namedBuild } from '../../scenario/named-build.ts'
import type { Scenario } from '../../scenario/scenario-file.ts'
import type { Invariant } from '../../oracle/index.ts'

const catalogue = readCatalogue()
const twoSessions = catalogue.scenario('two-sessions')

/** More changes of one household under way at once than the oracle takes in every order: FRESH and WHOLE cannot be judged. */
const UNJUDGED: Scenario = {
  ...twoSessions,
  script: [
    ...Array.from({ length: 12 }, () => ({ at: '10:00:00', sealDesk: 'change', who: 'holder', takesMs: 20_000 }) as const),
    { at: '10:01:00', kiosk: 'shop-1', who: 'holder', apply: 'seal-certificate' },
  ],
}

/** On K6's build somebody gets what stood there before a move; all that could be decided of FRESH is that it could not be. */
const UNJUDGED_BESIDE_K6: Scenario = {
  ...UNJUDGED,
  script: [...UNJUDGED.script, ...catalogue.scenario('move-and-print').script.map((entry) => ({ ...entry, at: entry.at.replace('10:', '11:').replace('09:', '10:') }))],
}

/** Links every two seconds until late at night: more steps than a run may take. */
const ENDLESS: Scenario = { ...catalogue.scenario('neutral'), until: '23:00:00', link: { everyMs: 2_000 } }

const arenaOf = (scenario: Scenario, build: string, goal?: readonly Invariant[]): Arena => {
  const known = namedBuild(build, catalogue)
  return Arena.make(scenario, goal === undefined ? known : { ...known, goal }, 1, catalogue)
}

describe('a run that did not come to its end', () => {
  it('is unknown, whatever it had broken by then, and ends no search', async () => {
    const arena = arenaOf(ENDLESS, 'canary')
    const attempt = await arena.defaultRun()
    const { tally, failing } = await search(arena, { seed: 1, runs: 2, strategy: 'delays', faults: false })

    expect(attempt).toMatchObject({ end: { end: 'step-limit' }, judgement: { verdict: 'violation' } })
    expect(arena.found(attempt)).toBeUndefined()
    expect(arena.undecided(attempt)).toBe('step-limit')
    expect([failing, [...tally.unknown]]).toEqual([undefined, [['step-limit', 2]]])
  }, 20_000)
})

describe('a run of which what is looked for cannot be judged', () => {
  it('is not decided, under a random schedule and in every order of a section', async () => {
    const arena = arenaOf(UNJUDGED, 'repaired')
    const { tally } = await search(arena, { seed: 1, runs: 3, strategy: 'delays', faults: false })
    const section = await searchSection(arena, 'slot', { timeJumps: 0, most: 100 })

    expect([...tally.unknown]).toEqual([['not decided', 3]])
    expect(section).toMatchObject({ complete: true, failing: 0, unknown: section.schedules })
  })

  it('is so whatever else was broken, and decided where that is what was looked for', async () => {
    const forFresh = arenaOf(UNJUDGED_BESIDE_K6, 'munakata-2023-06-28', ['FRESH'])
    const forSubject = arenaOf(UNJUDGED_BESIDE_K6, 'munakata-2023-06-28')
    const attempt = await forFresh.defaultRun()

    expect(attempt.judgement).toMatchObject({ verdict: 'violation', checks: { FRESH: 'unknown', SUBJECT: 'violation' } })
    expect(forFresh.undecided(attempt)).toBe('not decided')
    expect(forSubject.undecided(attempt)).toBeUndefined()
    expect(forSubject.found(attempt)).toMatchObject({ broken: ['SUBJECT'] })
  })

  it('is decided where one of several things that are looked for held', async () => {
    const arena = arenaOf(UNJUDGED, 'repaired', ['FRESH', 'MONOTONIC'])

    expect(arena.undecided(await arena.defaultRun())).toBeUndefined()
  })
})
