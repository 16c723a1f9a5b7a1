import type { IncidentOutcome, Outcome } from '../scenario/regress.ts'
import { paragraph, table } from './terminal.ts'

const HEADINGS = ['incident', 'world', 'build', 'wrong', 'broken']

/** The table of a regression, the first wrong paper of each incident explained, and what was not as expected. */
export function regressText(outcomes: readonly IncidentOutcome[], liveFolder: string | undefined): string {
  const rows = outcomes.flatMap(rowsOf)
  const parts = [table([HEADINGS, ...rows], new Set([3]))]
  parts.push(LEGEND)
  for (const { row, world, seed, explained } of firstOfEach(outcomes)) {
    if (explained !== undefined) parts.push(paragraph(`${row}, ${world}, seed ${String(seed)}, the first: ${explained}`))
  }
  parts.push(paragraph('Mechanisms are reconstructions that fit the published accounts; the vendor\'s code was never published.'))
  if (liveFolder !== undefined) parts.push(paragraph(`Histories and papers of the live runs: ${liveFolder}`))
  parts.push(closing(outcomes))
  return `${parts.join('\n\n')}\n`
}

const LEGEND = paragraph(
  'wrong: papers that show somebody whom the applicant may not request. broken: invariants that did not hold. A half-fix ' +
    'says how it stands to the build as deployed; "still" is what it breaks on the script that shows its limit.',
)

function rowsOf(outcome: IncidentOutcome): string[][] {
  const { row, world, seed, rate, halfFixes, repairedTwin, repaired, withNet } = outcome
  const name = `${row} #${String(seed)}`
  const of = (build: string, { wrongPapers, found, unknown }: Outcome, note = ''): string[] => [
    name,
    world,
    build,
    String(wrongPapers),
    `${found.length === 0 ? 'nothing' : found.join(', ')}${note}${unknown === undefined ? '' : ` (unknown: ${unknown})`}`,
  ]
  return [
    of('as deployed', outcome, rate === 'script' ? '' : ` (${rate} rate)`),
    ...halfFixes.map((halfFix) => {
      const holds = halfFix.holds === undefined ? '' : `; ${halfFix.relation}${halfFix.holds ? '' : ': NOT SO'}, still ${halfFix.stillFails.found.join(', ')}`
      return of(halfFix.variant, halfFix, holds)
    }),
    of('repaired twin', repairedTwin),
    of('repaired', repaired),
    of('defect with net', withNet, withNet.refused === 0 ? '' : `; ${String(withNet.refused)} refused`),
  ]
}

/** One outcome of each incident and world, so that many seeds do not make many explanations. */
function firstOfEach(outcomes: readonly IncidentOutcome[]): IncidentOutcome[] {
  const first = new Map<string, IncidentOutcome>()
  for (const outcome of outcomes) {
    const key = `${outcome.id} ${outcome.world}`
    if (!first.has(key)) first.set(key, outcome)
  }
  return [...first.values()]
}

function closing(outcomes: readonly IncidentOutcome[]): string {
  const unmet = outcomes.flatMap(({ row, world, seed, unmet: missing }) => missing.map((what) => `${row}, ${world}, seed ${String(seed)}: ${what}.`))
  const met = outcomes.filter(({ expectation }) => expectation === 'met').length
  const line = `${String(met)} of ${String(outcomes.length)} as expected`
  return unmet.length === 0 ? line : [...unmet.map((what) => paragraph(what)), line].join('\n')
}
