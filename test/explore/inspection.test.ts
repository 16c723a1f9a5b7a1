import { beforeAll, describe, expect, it } from 'vitest'
import { type Inspection, inspect, type SiteReport } from '../../explore/inspection.ts'
import { replayed } from '../../explore/minimal.ts'
import { readToken } from '../../explore/token.ts'
import { readCatalogue } from '../../scenario/catalogue.ts'
import { type Fleet, readFleet } from '../../scenario/fleet.ts'
import { readPlans } from '../../scenario/inspection-plan.ts'
import { namedBuild } from '../../scenario/named-build.ts'
import { packageRoot } from '../../scenario/package-root.ts'

const catalogue = readCatalogue()
const fleet = readFleet(new URL('seeds/fleet-2023.json', packageRoot()), catalogue)
const plans = readPlans(new URL('seeds/plans/', packageRoot()), catalogue)
const seed = 1

const carryOut = (plan: string, of: Fleet = fleet, on?: string): Promise<Inspection> => inspect(of, plans.get(plan)!, catalogue, { seed, ...(on === undefined ? {} : { on }) })
const only = (...names: string[]): Fleet => ({ ...fleet, sites: fleet.sites.filter(({ name }) => names.includes(name)) })
const failed = ({ examined }: SiteReport): string[] => [...new Set(examined.filter(({ found }) => found.length > 0).map(({ row }) => row))]
const count = ({ sites }: Inspection, is: (site: SiteReport) => boolean): number => sites.filter(is).length
const report = ({ sites }: Inspection, name: string): SiteReport => sites.find(({ site }) => site === name)!

describe('known-defects over the fleet of 2023 (seed 1)', () => {
  let known: Inspection
  beforeAll(async () => {
    known = await carryOut('known-defects')
  }, 60_000)

  it('finds repairs missed at 76 of 123 sites, 44 of them able to hand out another\'s paper, and 47 clean', () => {
    expect(known.sites).toHaveLength(123)
    expect(count(known, (site) => failed(site).length > 0)).toBe(76)
    expect(count(known, ({ wrongPerson }) => wrongPerson)).toBe(44)
    expect(count(known, ({ verdict }) => verdict === 'clean')).toBe(47)
    expect(count(known, ({ verdict }) => verdict === 'unknown')).toBe(0)
  })

  it('runs a build once, however many sites have it', () => {
    expect(known.builds).toBeLessThan(30)
    expect(new Set(known.sites.map(({ build }) => build)).size).toBeLessThanOrEqual(known.builds)
  })

  it('has the sites clean that lack a repair whose path is absent', () => {
    const absent = known.rolledOut.pathAbsent.map((words) => words.split(' ')[0]!)

    expect(absent).toHaveLength(5)
    for (const name of absent) expect(report(known, name)).toMatchObject({ verdict: 'clean', wrongPerson: false })
    expect(known.rolledOut).toMatchObject({ verdict: 'violation', unknowns: [] })
    expect(known.rolledOut.violations).toHaveLength(76)
  })

  it('finds each site that claims a repair which its build lacks', () => {
    expect(count(known, ({ falseClaims }) => falseClaims.length > 0)).toBe(76)
    expect(report(known, 'munakata').falseClaims).toContain('fail-closed')
  })

  it('finds the same at every twelfth site with all claims taken out of the file', { timeout: 60_000 }, async () => {
    const some = fleet.sites.filter((_, at) => at % 12 === 0)
    const silent = await carryOut('known-defects', { ...fleet, sites: some.map(({ claims: _none, ...site }) => site) })
    const spoken = some.map(({ name }) => report(known, name))
    const seen = (sites: readonly SiteReport[]) => sites.map(({ site, wrongPerson, examined }) => ({ site, wrongPerson, examined }))

    expect(spoken.filter(({ falseClaims }) => falseClaims.length > 0).length).toBeGreaterThan(3)
    expect(count(silent, ({ falseClaims }) => falseClaims.length > 0)).toBe(0)
    expect(seen(silent.sites)).toEqual(seen(spoken))
  })

  it('has evidence for each finding that anybody can replay', async () => {
    const munakata = report(known, 'munakata').examined.filter(({ found }) => found.length > 0)

    expect(munakata.length).toBeGreaterThan(3)
    for (const { token, found } of munakata) {
      const contents = readToken(token!, catalogue)
      const { attempt } = await replayed(contents, namedBuild(contents.build, catalogue), catalogue)
      expect(attempt.judgement.violations.map(({ invariant }) => invariant)).toEqual(expect.arrayContaining([...found]))
    }
  })
})

describe('another person\'s paper', () => {
  it('is found at a site of whose repairs the fleet knows none, where all else counts as its design', async () => {
    const { sites: [munakata] } = await carryOut('known-defects', { ...only('munakata'), fixes: [], rollOuts: [], sites: only('munakata').sites.map(({ claims: _none, applied: _nothing, ...site }) => site) })

    expect(munakata).toMatchObject({ verdict: 'found', wrongPerson: true })
    expect(failed(munakata!)).toEqual(expect.arrayContaining(['K6']))
    expect(munakata!.examined.flatMap(({ found }) => found).every((invariant) => invariant === 'SUBJECT')).toBe(true)
    expect(munakata!.examined.flatMap(({ byDesign }) => byDesign)).toContain('FRESH')
  })
})

describe('a site that says of itself what is not so', () => {
  it('is found though its scripts run clean', async () => {
    const [absent] = only('site-029').sites
    const inspection = await carryOut('known-defects', { ...fleet, sites: [{ ...absent!, claims: [...absent!.claims!, 'own-number'] }] })

    expect(inspection.sites).toMatchObject([{ verdict: 'found', falseClaims: ['own-number'], wrongPerson: false }])
    expect(failed(inspection.sites[0]!)).toEqual([])
  })
})

describe('an inspection of a smaller scope', () => {
  it('passes Munakata\'s site under load', { timeout: 60_000 }, async () => {
    const inspection = await carryOut('load-only', only('munakata'))

    expect(inspection.sites).toMatchObject([{ site: 'munakata', verdict: 'clean', wrongPerson: false }])
    expect(inspection.rolledOut.verdict).toBe('unknown')
    expect(inspection.rolledOut.unknowns[0]).toMatch(/^munakata was not examined for fail-closed/)
  })

  it('passes Kawasaki\'s over after Yokohama, on the very days before it failed', async () => {
    const inspection = await carryOut('after-yokohama', only('yokohama', 'kawasaki'))

    expect(report(inspection, 'yokohama').verdict).toBe('clean')
    expect(report(inspection, 'kawasaki')).toMatchObject({ verdict: 'not-examined', build: expect.stringContaining('second-of-the-clock') as string })
    expect(inspection.rolledOut.unknowns).toContain('kawasaki was not examined for own-request-id.')
  })

  it('finds each city with its known defect on the day before its repair', { timeout: 60_000 }, async () => {
    const before = async (name: string, day: string) => failed(report(await carryOut('known-defects', only(name), day), name))

    expect(await before('yokohama', '2023-03-26')).toContain('K1')
    expect(await before('kawasaki', '2023-05-01')).toContain('K3')
    expect(await before('adachi', '2023-04-18')).toContain('K2')
    expect(await before('tokushima', '2023-03-26')).toContain('K4')
    expect(await before('kumamoto', '2023-05-01')).toContain('K5a')
  })
})
