import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { incidents } from '../../arbitraries/index.ts'
import { uniformStrategy } from '../../explore/strategies/uniform.ts'
import { judge } from '../../oracle/index.ts'
import { readCatalogue } from '../../scenario/catalogue.ts'
import type { Incident } from '../../scenario/incident.ts'
import { incidentPlan } from '../../scenario/plan.ts'
import { layGround } from '../../scenario/setting.ts'
import { performSimulated } from '../../scenario/simulated.ts'
import { type Build, withParts } from '../../services/build.ts'
import { simulatedPress } from '../../world/simulated/keys.ts'

/** Printed with each title: the same seed makes the same incidents. Others are tried with FC_SEED, more of them with FC_RUNS. */
const SEED = Number(process.env['FC_SEED'] ?? 20230628)
const RUNS = Number(process.env['FC_RUNS'] ?? 120)

const catalogue = readCatalogue()
const MUNICIPALITY = 'yokohama'
const CRASHES = ['shop-1', 'shop-2', 'centre', 'authority', `issuing:${MUNICIPALITY}`, `print:${MUNICIPALITY}/1`, `link:${MUNICIPALITY}`, `register:${MUNICIPALITY}`]

/** Slow engines and short limits, so that jobs meet and limits pass. */
const engines = fc.record({
  engineBaseMs: fc.constantFrom(1_000, 4_000, 15_000),
  enginePerSheetMs: fc.constantFrom(500, 2_000),
  turnLimitMs: fc.constantFrom(6_000, 60_000),
  sealNotices: fc.boolean(),
})

async function play(incident: Incident, build: Build, seed: number, timeJumps: number) {
  const ground = layGround(incident, catalogue, simulatedPress)
  const { history, incomplete } = await performSimulated(incidentPlan(ground, build, seed), { strategy: uniformStrategy(seed, timeJumps) })
  return { history, incomplete, judgement: judge(history) }
}

/** Of a script made smaller the same schedule is another one: it is tried under some before it counts as going well. */
const SCHEDULES = 3

const schedules = fc.record({ seed: fc.integer({ min: 1, max: 1_000_000 }), timeJumps: fc.constantFrom(0, 0, 20) })

describe(`whatever people ask for, the counter does, lag and faults bring (fast-check seed ${String(SEED)})`, () => {
  it(`breaks nothing on the repaired build (${String(RUNS)} incidents)`, { timeout: 120_000 + RUNS * 200 }, async () => {
    let papers = 0
    const base = catalogue.build('repaired')
    await fc.assert(
      fc.asyncProperty(incidents({ municipality: MUNICIPALITY, build: 'repaired', crashes: CRASHES }), engines, schedules, async (incident, settings, { seed, timeJumps }) => {
        const { history, incomplete, judgement } = await play(incident, withParts(base, 'repaired', {}, settings), seed, timeJumps)
        papers += history.footer?.papers ?? 0
        expect({ violations: judgement.violations, unknowns: judgement.unknowns, incomplete }).toEqual({ violations: [], unknowns: [], incomplete: undefined })
      }),
      { seed: SEED, numRuns: RUNS },
    )
    // People do get their certificates in them: a build that refuses everybody would break nothing either.
    expect(papers).toBeGreaterThan(RUNS)
  })

  it.each([
    ['kept-buffer', { 'print/output': 'kept-buffer' }, 'SUBJECT'],
    ['as-it-comes', { 'link/seal-apply': 'as-it-comes' }, 'MONOTONIC'],
    ['watermark-at-end', { 'link/seal-delta': 'watermark-at-end' }, 'MONOTONIC'],
    ['release-on-timeout', { 'print/turn': 'release-on-timeout' }, 'STOPPED'],
    ['no stop list', { 'issuing/stop-check': 'none' }, 'FRESH'],
  ] as const)('finds what is wrong with "%s" and makes it small, so that it is no empty search', { timeout: 120_000 }, async (_, parts, invariant) => {
    const build = withParts({ ...catalogue.build('as-2023'), nodes: 2 }, 'defective', { 'issuing/stop-check': 'stop-list', 'print/work-file': parts['print/turn' as never] === undefined ? 'own-name' : 'fixed-name', ...parts })
    const found = await fc.check(
      fc.asyncProperty(incidents({ municipality: MUNICIPALITY, build: 'as-2023' }), engines, schedules, async (incident, settings, { seed, timeJumps }) => {
        for (let one = seed; one < seed + SCHEDULES; one += 1) {
          const { judgement } = await play(incident, withParts(build, 'defective', {}, settings), one, timeJumps)
          if (judgement.violations.some((violation) => violation.invariant === invariant)) return false
        }
        return true
      }),
      { seed: SEED, numRuns: 1_000, interruptAfterTimeLimit: 60_000 },
    )

    expect(found.failed).toBe(true)
    expect(found.counterexample?.[0].script?.length).toBeLessThanOrEqual(4)
  })
})
