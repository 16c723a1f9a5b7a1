import { describe, expect, it } from 'vitest'
import { type Catalogue, readCatalogue } from '../../scenario/catalogue.ts'
import type { Incident } from '../../scenario/incident.ts'
import { exitCodeOf, type IncidentOutcome, type Performer, regressIncident } from '../../scenario/regress.ts'
import { layGround } from '../../scenario/setting.ts'
import { performSimulated } from '../../scenario/simulated.ts'
import { simulatedPress } from '../../world/simulated/keys.ts'

const catalogue = readCatalogue()

/** Regresses one incident in the simulated world. */
function regressing(incident: Incident, of: Catalogue = catalogue): (seed: number) => Promise<IncidentOutcome> {
  const ground = layGround(incident, of, simulatedPress)
  const performer: Performer = { world: 'simulated', ground: () => ground, perform: (plan) => performSimulated(plan) }
  return (seed) => regressIncident(incident, of, performer, seed)
}

const clean = { verdict: 'pass', found: [], wrongPapers: 0 }

describe.each([
  { row: 'K5a', seeds: 5, expected: ['FRESH', 'MONOTONIC'] },
  { row: 'K5b', seeds: 20, expected: ['FRESH', 'MONOTONIC'] },
  { row: 'K2', seeds: 3, expected: ['SUBJECT', 'ONE-WRITER', 'UNIQUE'] },
  { row: 'K3', seeds: 20, expected: ['SUBJECT', 'UNIQUE', 'ECHO'] },
  { row: 'K4', seeds: 20, expected: ['SUBJECT', 'TYPE', 'WHOLE'] },
  { row: 'K9', seeds: 20, expected: ['FRESH'] },
  { row: 'K7', seeds: 5, expected: ['SUBJECT', 'PROVENANCE', 'STOPPED'] },
  { row: 'K6', seeds: 20, expected: ['SUBJECT', 'PROVENANCE', 'STOPPED'] },
  { row: 'K1', seeds: 3, expected: ['SUBJECT', 'ONE-WRITER', 'PROVENANCE', 'STOPPED'] },
])('$row in the simulated world (seeds 1 to $seeds)', ({ row, seeds, expected }) => {
  const regress = regressing(catalogue.incident(row))

  it('is found as deployed, the half-fixes stand as they say, and every repair is clean', { timeout: 60_000 }, async () => {
    for (let seed = 1; seed <= seeds; seed += 1) {
      const outcome = await regress(seed)

      expect({ seed, expectation: outcome.expectation, unmet: outcome.unmet }).toEqual({ seed, expectation: 'met', unmet: [] })
      expect(outcome).toMatchObject({ row, world: 'simulated', seed, expected, verdict: 'violation' })
      expect(outcome.found).toEqual(expect.arrayContaining(expected))
      expect(expected[0] === 'FRESH' ? outcome.stalePapers : outcome.wrongPapers).toBeGreaterThan(0)
      expect(outcome.explained).toMatch(/^(SUBJECT|FRESH): At \d\d:\d\d:\d\d (on day \d )?kiosk .+\./)
      expect(outcome.load === undefined).toBe(!['K1', 'K2'].includes(row))
      if (outcome.load !== undefined) {
        expect(outcome.load.wrongPerMillion).toBeCloseTo((outcome.wrongPapers / outcome.papers) * 1e6)
        expect(outcome.load.timesNatural).toBeGreaterThan(1)
        expect(outcome.load.wrongPerMillionOf2023).toBeCloseTo(0.58, 1)
      }
      expect(outcome.repairedTwin).toMatchObject(clean)
      expect(outcome.repaired).toMatchObject(clean)
      expect(outcome.withNet.wrongPapers).toBe(0)
      expect(outcome.withNet.refused).toBeGreaterThan(0)
      for (const halfFix of outcome.halfFixes) {
        expect({ seed, variant: halfFix.variant, holds: halfFix.holds }).toEqual({ seed, variant: halfFix.variant, holds: true })
        expect(halfFix.stillFails?.found).toContain(expected[0])
      }
      expect(exitCodeOf([outcome])).toBe(0)
    }
  })
})

describe('Munakata', () => {
  const munakata = catalogue.incident('K6')
  const ground = layGround(munakata, catalogue, simulatedPress)

  it('happens with one kiosk at a time and no load (seed 1)', async () => {
    const kiosks: string[] = []
    const performer: Performer = {
      world: 'simulated',
      ground: () => ground,
      perform: async (plan, purpose) => {
        const performed = await performSimulated(plan)
        if (purpose === 'as-deployed') kiosks.push(...performed.history.events.filter(({ f }) => f === 'session').map(({ type, process }) => `${type} ${process}`))
        return performed
      },
    }

    const outcome = await regressIncident(munakata, catalogue, performer, 1)

    expect(outcome).toMatchObject({ expectation: 'met', wrongPapers: 1, rate: 'script' })
    expect(kiosks).toEqual(['invoke kiosk:shop-1', 'ok kiosk:shop-1', 'invoke kiosk:city-hall-1', 'ok kiosk:city-hall-1'])
  })

  it('is not found by load alone: hundreds of sessions without an operation at the counter come out right (seeds 1 and 2)', async () => {
    const { script: _script, ...rest } = munakata
    const yokohama = catalogue.incident('K1')
    const load = { ...yokohama.load!, from: '14:00:00', to: '15:00:00' }
    const underLoad: Incident = { ...rest, load }
    const regress = regressing(underLoad)

    for (let seed = 1; seed <= 2; seed += 1) {
      const outcome = await regress(seed)

      expect({ seed, verdict: outcome.verdict, wrong: outcome.wrongPapers, found: outcome.found }).toEqual({ seed, verdict: 'pass', wrong: 0, found: [] })
      expect(outcome).toMatchObject({ expectation: 'not-found', rate: 'accelerated' })
      expect(exitCodeOf([outcome])).toBe(2)
    }
  })
})

describe('Adachi', () => {
  it('is all well in the site\'s own log, while others\' papers came out; only who compares images closes an error rightly (seed 1)', async () => {
    const { site, wrongPapers, halfFixes, withNet } = await regressing(catalogue.incident('K2'))(1)

    expect(wrongPapers).toBeGreaterThanOrEqual(2)
    expect(site.errors).toBeGreaterThan(0)
    expect(site).toEqual({ verdict: 'pass', errors: site.errors, closed: site.errors, alarms: site.errors })
    expect(halfFixes).toMatchObject([{ variant: 'try-again', relation: 'hidden-from-site', site: { verdict: 'pass', errors: 0, alarms: 0 } }])
    expect(halfFixes[0]?.wrongPapers).toBeGreaterThan(0)
    expect(withNet.site.closed).toBeGreaterThan(0)
    expect(withNet.site.alarms).toBe(0)
  })
})

describe('a regression', () => {
  const munakata = catalogue.incident('K6')

  it('that does not find what is expected says what, and ends in 2', async () => {
    const outcome = await regressing({ ...munakata, expect: ['SUBJECT', 'MONOTONIC'] })(1)

    expect(outcome).toMatchObject({ expectation: 'not-found', unmet: ['MONOTONIC was not found as deployed'] })
    expect(exitCodeOf([outcome])).toBe(2)
  })

  it('whose repair repairs nothing says so, and ends in 1', async () => {
    const outcome = await regressing({ ...munakata, repairs: { 'print/turn': 'end-job' } })(1)

    expect(outcome.expectation).toBe('not-clean')
    expect(outcome.unmet[0]).toBe('repairedTwin broke SUBJECT, STOPPED, PROVENANCE')
    expect(exitCodeOf([outcome])).toBe(1)
  })

  it('whose half-fix stands otherwise than it says ends in 2', async () => {
    const [halfFix] = munakata.halfFixes
    const outcome = await regressing({ ...munakata, halfFixes: [{ ...halfFix!, metric: 'wrongPapers', relation: 'same' }] })(1)

    expect(outcome).toMatchObject({ expectation: 'not-found', unmet: ['cleared-after-success does not stand in the relation "same" by wrongPapers'] })
  })

  it('whose half-fix breaks nothing on its script ends in 2', async () => {
    const [halfFix] = munakata.halfFixes
    const { script } = munakata
    const outcome = await regressing({ ...munakata, halfFixes: [{ ...halfFix!, stillFails: { script: script!.slice(0, 2), expect: ['SUBJECT'] } }] })(1)

    expect(outcome).toMatchObject({ expectation: 'not-found', unmet: ['cleared-after-success did not break SUBJECT on its script'] })
  })

  it('ends as the worst of its incidents does: not clean before not found', async () => {
    const met = await regressing(munakata)(1)
    const notFound = { ...met, expectation: 'not-found' as const }
    const notClean = { ...met, expectation: 'not-clean' as const }

    expect([[met], [met, notFound], [notFound, notClean, met], []].map(exitCodeOf)).toEqual([0, 2, 1, 0])
  })

  it('that cannot be played to its end is unknown, and never as expected', async () => {
    const ground = layGround(munakata, catalogue, simulatedPress)
    const performer: Performer = { world: 'simulated', ground: () => ground, perform: (plan) => performSimulated(plan, { stepLimit: 100 }) }

    const outcome = await regressIncident(munakata, catalogue, performer, 1)

    expect(outcome).toMatchObject({ verdict: 'unknown', expectation: 'not-found', unknown: 'it was stopped after 100 steps' })
    expect(outcome.unmet).toContain('repairedTwin is unknown: it was stopped after 100 steps')
    expect(exitCodeOf([outcome])).toBe(2)
  })
})
