import type { Inspection, SiteReport } from '../explore/inspection.ts'
import { paragraph, table } from './terminal.ts'

/** What an inspection came to, in numbers. */
interface Counts {
  readonly sites: number
  readonly examined: number
  /** Sites at which a script failed that would not with every repair. */
  readonly missedFixes: number
  /** Of these, sites at which another person's paper came out. */
  readonly wrongPerson: number
  readonly clean: number
  readonly unknown: number
  /** Sites that say they have a repair that their build lacks. */
  readonly falseClaims: number
}

function countsOf({ sites }: Inspection): Counts {
  const count = (is: (site: SiteReport) => boolean): number => sites.filter(is).length
  return {
    sites: sites.length,
    examined: count(({ verdict }) => verdict !== 'not-examined'),
    missedFixes: count(({ examined }) => failedRows(examined).length > 0),
    wrongPerson: count(({ wrongPerson }) => wrongPerson),
    clean: count(({ verdict }) => verdict === 'clean'),
    unknown: count(({ verdict }) => verdict === 'unknown'),
    falseClaims: count(({ falseClaims }) => falseClaims.length > 0),
  }
}

/** Rows of the incidents, or ids of the loads, that a site failed. */
const failedRows = (examined: SiteReport['examined']): string[] => [...new Set(examined.filter(({ found }) => found.length > 0).map(({ row }) => row))]

/** The whole inspection as one object: numbers first, then each site with its evidence. */
export function inspectJson(inspection: Inspection): object {
  const { fleet, plan, on, seed, rolledOut, builds, runs, sites } = inspection
  return {
    fleet: fleet.id,
    says: fleet.says,
    plan: plan.id,
    on,
    seed,
    ...countsOf(inspection),
    rolledOut,
    builds,
    runs,
    reports: sites.map(({ examined, ...site }) => ({ ...site, failed: failedRows(examined), examined })),
  }
}

const CSV_HEAD = ['site', 'product', 'version', 'fork', 'verdict', 'wrong_person', 'failed', 'false_claims', 'build', 'token']

/** One line a site, with the token of the first script that failed. */
export function inspectCsv({ sites }: Inspection): string {
  const lines = sites.map(({ site, product, version, fork, verdict, wrongPerson, examined, falseClaims, build }) => [
    ...[site, product, version, fork ? 'fork' : '', verdict, wrongPerson ? 'yes' : 'no'],
    ...[failedRows(examined).join(' '), falseClaims.join(' '), build, examined.find(({ token }) => token !== undefined)?.token ?? ''],
  ])
  return [CSV_HEAD, ...lines].map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('')
}

/** RFC 4180: quoted where it has to be. */
const csvCell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** What the inspection came to, for a reader. */
export function inspectText(inspection: Inspection): string {
  const { fleet, plan, on, seed, builds, runs } = inspection
  const counts = countsOf(inspection)
  const numbers: [string, number][] = [
    ['sites', counts.sites],
    ['examined', counts.examined],
    ['a missed repair shown', counts.missedFixes],
    ['  another person\'s paper came out', counts.wrongPerson],
    ['clean', counts.clean],
    ['unknown', counts.unknown],
    ['claim a repair that is not there', counts.falseClaims],
  ]
  const groups = groupsOf(inspection)
  const parts = [
    paragraph(`${fleet.id}: ${fleet.title}`),
    paragraph(fleet.says),
    paragraph(`plan ${plan.id}, sites as of ${on}, seed ${String(seed)}: ${plan.says}`),
    table(numbers.map(([what, number]) => [String(number), what]), new Set([0])),
    ...(groups.length === 0 ? [] : [table([['sites', 'product', 'failed', 'which'], ...groups], new Set([0]))]),
    ...explained(inspection),
    paragraph(rolledOutWords(inspection)),
    paragraph(`${String(runs)} runs on ${String(builds)} builds; sites with the same build share its runs, and what a build breaks with every repair too, another person's paper apart, is not counted. Tokens are in --json and --csv.`),
    closing(counts),
  ]
  return `${parts.join('\n\n')}\n`
}

/** Sites that failed alike, the most dangerous first. */
function groupsOf({ sites }: Inspection): string[][] {
  const groups = new Map<string, SiteReport[]>()
  for (const site of sites) {
    const failed = failedRows(site.examined)
    if (failed.length === 0) continue
    const key = [`${site.product} ${site.version}${site.fork ? ', fork' : ''}`, `${failed.join(' ')}${site.wrongPerson ? ': wrong person' : ''}`].join('\n')
    groups.set(key, [...(groups.get(key) ?? []), site])
  }
  const rank = ([site]: readonly SiteReport[]): number => (site?.wrongPerson === true ? 0 : 1)
  return [...groups]
    .sort(([, one], [, other]) => rank(one) - rank(other) || other.length - one.length)
    .map(([key, same]) => [String(same.length), ...key.split('\n'), namesOf(same)])
}

const NAMED_MAX = 3

function namesOf(sites: readonly SiteReport[]): string {
  const named = sites.slice(0, NAMED_MAX).map(({ site }) => site).join(', ')
  return sites.length > NAMED_MAX ? `${named}, ...` : named
}

/** The first wrong paper of the fleet, in words. */
function explained({ sites }: Inspection): string[] {
  for (const { site, examined, wrongPerson } of sites) {
    const first = wrongPerson ? examined.find(({ wrongPapers, explained: words }) => wrongPapers > 0 && words !== undefined) : undefined
    if (first !== undefined) return [paragraph(`${site}, ${first.row}, the first: ${first.explained ?? ''}`)]
  }
  return []
}

function rolledOutWords({ rolledOut: { verdict, violations, unknowns, pathAbsent } }: Inspection): string {
  if (verdict === 'pass') return `ROLLED-OUT holds: every site has every repair, or ran clean without it (${String(pathAbsent.length)}).`
  const said = [
    ...(violations.length === 0 ? [] : [`For want of a repair ${sitesIn(violations)} fail${violations.length === 1 ? 's' : ''}.`]),
    ...(unknowns.length === 0 ? [] : [`Of ${sitesIn(unknowns)} this plan does not say whether a repair that is lacking there is needed.`]),
    ...(pathAbsent.length === 0 ? [] : [`Without one ${sitesIn(pathAbsent)} ran clean.`]),
  ]
  return `ROLLED-OUT is ${verdict === 'violation' ? 'broken' : 'unknown'}: every site has every repair in the build that runs, or proves the path absent. ${said.join(' ')}`
}

const sitesIn = (list: readonly string[]): string => `${String(list.length)} site${list.length === 1 ? '' : 's'}`

function closing({ examined, sites, missedFixes, wrongPerson, clean }: Counts): string {
  return paragraph(`${String(sites)} sites, ${String(examined)} examined: ${String(missedFixes)} with missed repairs, ${String(wrongPerson)} able to hand out another person's paper, ${String(clean)} clean`)
}
