import type { MunicipalDay } from '../load/municipal-day.ts'
import type { NationalDayReport } from '../load/national-day.ts'
import { type Fault, FAULTS } from '../load/tally.ts'
import { FAULT_WORDS, millionWords } from './load-text.ts'
import { paragraph, table } from './terminal.ts'

/** Municipal days that are listed. */
const SHOWN_MAX = 20

const whole = (count: number): string => count.toLocaleString('en')

/**
 * National days on the terminal: what was played, what came of it in a million papers, where it was found, and what it cost.
 * @param nationFile where it is not the one that is taken by default
 */
export function nationalText(report: NationalDayReport, nationFile?: string): string {
  const { nation, fleet, from, days, seed, shard, only, municipalities, sites, sessions, applications, papers, sheets, found, refused } = report
  const when = days === 1 ? from : `${whole(days)} days from ${from}`
  const part = shard.of === 1 ? '' : `; part ${String(shard.index)} of ${String(shard.of)}`
  const codes = Object.entries(refused).map(([code, count]) => `${code} ${whole(count)}`)
  const parts = [
    paragraph(`${nation}, ${when}, seed ${String(seed)}, simulated world: ${only ?? `${whole(municipalities)} municipalities, ${String(sites)} of them sites of ${fleet}`}${part}`),
    paragraph(`${whole(sessions)} sessions at the natural rate, ${whole(applications)} applications, ${whole(papers)} papers of ${whole(sheets)} sheets; ${codes.length === 0 ? 'nobody refused' : `refused: ${codes.join(', ')}`}`),
    table([['papers', 'of all', 'in a million'], ...FAULTS.map((fault) => faultRow(fault, report))], new Set([1])),
    ...(found.length === 0 ? [] : [table([['day', 'municipality', 'wrong', 'broken'], ...found.slice(0, SHOWN_MAX).map(foundRow)], new Set([2]))]),
    ...(found.length > SHOWN_MAX ? [paragraph(`and ${whole(found.length - SHOWN_MAX)} more; --json has all of them`)] : []),
    ...explainedWords(report, nationFile),
    paragraph('A range is the exact 95 % Poisson interval: what the true rate may be after so few papers. The nation is ours, fitted to published totals; only what is known of 2023 is put into it.'),
    costWords(report),
    paragraph(`${report.verdict}; papers wrong: ${whole(report.wrong)}; municipal days with anything broken or undecided: ${whole(found.length)}`),
  ]
  return `${parts.join('\n\n')}\n`
}

const faultRow = (fault: Fault, report: NationalDayReport): string[] => [
  FAULT_WORDS[fault],
  whole(report[fault]),
  `${millionWords(report.perMillion[fault])}${fault === 'wrong' ? `; ${report.perMillion.of2023.toFixed(1)} in 2023` : ''}`,
]

const foundRow = ({ date, municipality, wrong, broken, unknown }: MunicipalDay): string[] => [date, municipality, whole(wrong), broken.length === 0 ? `not decided: ${unknown ?? ''}` : broken.join(' ')]

function explainedWords({ found, seed }: NationalDayReport, nationFile: string | undefined): string[] {
  const first = found.find(({ wrong }) => wrong > 0) ?? found.find(({ explained }) => explained !== undefined)
  if (first?.explained === undefined) return []
  const again = `torichigae national-day${nationFile === undefined ? '' : ` --nation ${nationFile}`} --from ${first.date} --only ${first.municipality} --seed ${String(seed)} --out runs`
  return [paragraph(`${first.municipality}, the first: ${first.explained}`), paragraph(`What runs there: ${first.build.replaceAll('+', ' +')}`), paragraph(`Play that day again, with its history: ${again}`)]
}

function costWords({ seconds, sessions, steps, events, memory }: NationalDayReport): string {
  const rate = (count: number): string => whole(Math.round(count / Math.max(seconds, 1e-3)))
  const said = paragraph(`${seconds.toFixed(1)} s: ${rate(sessions)} sessions and ${rate(steps)} steps a second; ${whole(events)} events`)
  if (memory.length === 0) return said
  const rows = memory.map(({ sessions: after, seconds: at, residentMiB }) => [whole(after), at.toFixed(1), residentMiB.toFixed(0)])
  return `${said}\n\n${table([['after sessions', 's', 'MiB'], ...rows], new Set([0, 1]))}`
}
