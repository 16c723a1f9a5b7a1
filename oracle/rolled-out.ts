import type { Verdict } from './judgement.ts'
import { listed } from './words.ts'

/** A repair and a site, as an inspection found them. */
export interface FixAtSite {
  readonly site: string
  readonly fix: string
  /** The build that runs there has it. */
  readonly inBuild: boolean
  /** What the scripts of the incident that it repairs did on that build. */
  readonly shown: 'fails' | 'clean' | 'not-run'
}

/** What an inspection says of a whole fleet. */
export interface RolledOut {
  readonly verdict: Verdict
  /** Site by site, in a sentence. */
  readonly violations: readonly string[]
  readonly unknowns: readonly string[]
  /** Sites without a repair whose scripts ran clean there: the path on which it would be needed is not taken. */
  readonly pathAbsent: readonly string[]
}

/**
 * ROLLED-OUT: every site has every repair in the build that runs, or proves the path absent. What a site says of itself counts for
 * nothing. A repair that is not there is a violation where the incident's scripts fail on that build, no matter where they run clean,
 * and unknown where nobody ran them.
 */
export function rolledOut(fixes: readonly FixAtSite[]): RolledOut {
  const lacking = (shown: FixAtSite['shown']): string[] => {
    const bySite = new Map<string, string[]>()
    for (const { site, fix, inBuild, shown: was } of fixes) if (!inBuild && was === shown) bySite.set(site, [...(bySite.get(site) ?? []), fix])
    return [...bySite].map(([site, missing]) => `${site} ${SHOWN[shown]} ${listed(missing)}.`)
  }
  const violations = lacking('fails')
  const unknowns = lacking('not-run')
  return { verdict: violations.length > 0 ? 'violation' : unknowns.length > 0 ? 'unknown' : 'pass', violations, unknowns, pathAbsent: lacking('clean') }
}

const SHOWN: Readonly<Record<FixAtSite['shown'], string>> = {
  fails: 'fails for want of',
  clean: 'runs clean without',
  'not-run': 'was not examined for',
}
