import type { IncidentOutcome, Outcome } from '../scenario/regress.ts'
import { paragraph, table } from './terminal.ts'

const HEADINGS = ['incident', 'world', 'build', 'wrong', 'stale', 'broken']

/** The table of a regression, the first wrong paper of each incident explained, and what was not as expected. */
export function regressText(outcomes: readonly IncidentOutcome[], liveFolder: string | undefined): string {
  const groups = grouped(outcomes)
  const rows = groups.flatMap(rowsOf)
  const parts = [seedsLine(outcomes), table([HEADINGS, ...rows], new Set([3, 4]))]
  parts.push(LEGEND, ...groups.flatMap(besideNature), whatSitesSaw(groups))
  for (const [first] of groups) {
    const explained = first?.explained
    if (first !== undefined && explained !== undefined) parts.push(paragraph(`${first.row}, ${first.world}, seed ${String(first.seed)}, the first: ${explained}`))
  }
  parts.push(paragraph('Mechanisms are reconstructions that fit the published accounts; the vendor\'s code was never published.'))
  if (liveFolder !== undefined) parts.push(paragraph(`Histories and papers of the live runs: ${liveFolder}`))
  parts.push(closing(outcomes))
  return `${parts.join('\n\n')}\n`
}

/** Which seeds were run: always printed, so that a run can be repeated. */
function seedsLine(outcomes: readonly IncidentOutcome[]): string {
  const seeds = outcomes.map(({ seed }) => seed)
  const [first, last] = [Math.min(...seeds), Math.max(...seeds)]
  return first === last ? `seed ${String(first)}` : `seeds ${String(first)} to ${String(last)}`
}

const LEGEND = paragraph(
  'wrong: papers that show somebody whom the applicant may not request. stale: papers of the right person that say what ' +
    'no longer was so. broken: invariants that did not hold. A half-fix ' +
    'says how it stands to the build as deployed; "still" is what it breaks on the script that shows its limit.',
)

/** What each site knew, beside what came out: errors in its log, how many it closed as sites do, and whether it looked at images. */
function whatSitesSaw(groups: readonly (readonly IncidentOutcome[])[]): string {
  const said = groups.map((outcomes) => {
    const sum = (of: (outcome: IncidentOutcome) => number): number => outcomes.reduce((total, outcome) => total + of(outcome), 0)
    const [errors, closed, alarms] = [sum(({ site }) => site.errors), sum(({ site }) => site.closed), sum(({ site }) => site.alarms)]
    const [wrong, stale] = [sum(({ wrongPapers }) => wrongPapers), sum(({ stalePapers }) => stalePapers)]
    const log = errors === 0 ? 'no error' : `${counted(errors, 'error')}, ${closed === errors ? 'all closed' : `${String(closed)} closed`}${alarms === 0 ? '' : ', ALARM broken'}`
    return `${outcomes[0]?.row ?? ''} ${outcomes[0]?.world ?? ''}: ${log}; came out: ${String(wrong)} wrong, ${String(stale)} stale.`
  })
  return paragraph(`What the sites themselves saw, as deployed. A site closes an error where the document came after all, or the person applied again and got it; unless every image handed over meanwhile was compared, that breaks ALARM. ${said.join(' ')}`)
}

const counted = (count: number, what: string): string => `${String(count)} ${what}${count === 1 ? '' : 's'}`

/** How much of a load an incident's is, and what came of it in a million papers, over all its seeds. */
function besideNature(outcomes: readonly IncidentOutcome[]): string[] {
  const [first] = outcomes
  if (first?.load === undefined) return []
  const { timesNatural, wrongPerMillionOf2023 } = first.load
  const sum = (of: (outcome: IncidentOutcome) => number): number => outcomes.reduce((total, outcome) => total + of(outcome), 0)
  const [wrong, papers] = [sum(({ wrongPapers }) => wrongPapers), sum((outcome) => outcome.papers)]
  const million = papers === 0 ? 'none' : Math.round((wrong / papers) * 1e6).toLocaleString('en')
  const beside = timesNatural === null ? 'at a time at which nobody comes by nature' : `${timesNatural.toPrecision(2)} times as many people as come by nature`
  return [
    paragraph(
      `${first.row}, ${first.rate} rate: ${beside}. As deployed ${String(wrong)} of ${String(papers)} papers were another person's, ` +
        `${million} in a million; in 2023 it was ${wrongPerMillionOf2023.toFixed(1)}.`,
    ),
  ]
}

/** The rows of one incident in one world, over all its seeds. */
function rowsOf(outcomes: readonly IncidentOutcome[]): string[][] {
  const [first] = outcomes
  if (first === undefined) return []
  const of = (build: string, which: (outcome: IncidentOutcome) => Outcome | undefined, note = ''): string[] => {
    const runs = outcomes.map(which).filter((run) => run !== undefined)
    const wrong = runs.reduce((sum, { wrongPapers }) => sum + wrongPapers, 0)
    const stale = runs.reduce((sum, { stalePapers }) => sum + stalePapers, 0)
    return [first.row, first.world, build, String(wrong), String(stale), `${brokenIn(runs)}${note}`]
  }
  return [
    of('as deployed', (outcome) => outcome, first.rate === 'script' ? '' : ` (${first.rate} rate)`),
    ...first.halfFixes.map((halfFix, at) => of(halfFix.variant, ({ halfFixes }) => halfFixes[at], relationNote(outcomes, at))),
    of('repaired twin', ({ repairedTwin }) => repairedTwin),
    of('repaired', ({ repaired }) => repaired),
    of('defect with net', ({ withNet }) => withNet, `; ${String(outcomes.reduce((sum, { withNet }) => sum + withNet.refused, 0))} refused`),
  ]
}

/** What was broken in any of the runs; with more than one, each with the number of runs in which it was. */
function brokenIn(runs: readonly Outcome[]): string {
  const counts = new Map<string, number>()
  for (const { found } of runs) for (const invariant of found) counts.set(invariant, (counts.get(invariant) ?? 0) + 1)
  const broken = [...counts].map(([invariant, count]) => (runs.length === 1 ? invariant : `${invariant} ${String(count)}/${String(runs.length)}`))
  const unknown = runs.find((run) => run.unknown !== undefined)?.unknown
  return `${broken.length === 0 ? 'nothing' : broken.join(', ')}${unknown === undefined ? '' : ` (unknown: ${unknown})`}`
}

/** How a half-fix stands to the build as deployed, and what it still breaks on its script. */
function relationNote(outcomes: readonly IncidentOutcome[], at: number): string {
  const halfFixes = outcomes.map(({ halfFixes: all }) => all[at]).filter((halfFix) => halfFix !== undefined)
  const [first] = halfFixes
  if (first?.holds === undefined) return ''
  const notSo = halfFixes.filter(({ holds }) => holds === false).length
  const holds = notSo === 0 ? first.relation : `${first.relation}: NOT SO in ${String(notSo)} of ${String(halfFixes.length)}`
  return `; ${holds}, still ${brokenIn(halfFixes.flatMap(({ stillFails }) => stillFails ?? []))}`
}

/** Outcomes by incident and world, in the order in which they came. */
function grouped(outcomes: readonly IncidentOutcome[]): IncidentOutcome[][] {
  const groups = new Map<string, IncidentOutcome[]>()
  for (const outcome of outcomes) {
    const key = `${outcome.id} ${outcome.world}`
    groups.set(key, [...(groups.get(key) ?? []), outcome])
  }
  return [...groups.values()]
}

function closing(outcomes: readonly IncidentOutcome[]): string {
  const unmet = outcomes.flatMap(({ row, world, seed, unmet: missing }) => missing.map((what) => `${row}, ${world}, seed ${String(seed)}: ${what}.`))
  const met = outcomes.filter(({ expectation }) => expectation === 'met').length
  const line = `${String(met)} of ${String(outcomes.length)} as expected`
  return unmet.length === 0 ? line : [...unmet.map((what) => paragraph(what)), line].join('\n')
}
