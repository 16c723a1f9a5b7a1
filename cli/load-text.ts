import type { ClosedReport } from '../load/closed-load.ts'
import type { Percentiles } from '../load/percentiles.ts'
import { type Phase, PHASES } from '../load/phases.ts'
import type { MunicipalityLine } from '../load/municipality-lines.ts'
import type { LoadReport } from '../load/report.ts'
import { type Fault, FAULTS, type PerMillion } from '../load/tally.ts'
import type { Threshold } from '../load/thresholds.ts'
import { weekdayOf } from '../scenario/natural-rate.ts'
import { paragraph, table } from './terminal.ts'

const PHASE_WORDS: Readonly<Record<Phase, string>> = {
  authenticate: 'authenticate',
  applyToDocument: 'apply to document',
  payToPaper: 'pay to paper',
  session: 'whole session',
}
export const FAULT_WORDS: Readonly<Record<Fault, string>> = {
  wrong: 'of another person',
  stale: 'of the right person, no longer so',
  revoked: '... of a revoked seal',
  lost: 'fee or application lost',
  double: 'second paper for a fee',
}
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const

/** A load test on the terminal: what was done, how long it took, what was wrong, and what follows. */
export function loadText(report: LoadReport): string {
  const parts = [
    paragraph(whereWords(report)),
    paragraph(rateWords(report)),
    paragraph(`What people ask for: ${report.demand}`),
    paragraph(countWords(report)),
    latencyTable(report),
    faultTable(report),
    municipalityTable(report.municipalities),
    paragraph('A range is the exact 95 % Poisson interval: what the true rate may be after so few papers.'),
  ]
  if (report.explained !== undefined) parts.push(paragraph(`The first: ${report.explained}`))
  if (report.unknown !== undefined) parts.push(paragraph(`unknown: ${report.unknown}`))
  parts.push(paragraph(wrongPrintWords(report)), ...report.thresholds.map(thresholdWords))
  parts.push(paragraph(clientWords(report)), paragraph(`History: ${report.history}`))
  parts.push(paragraph(`${report.verdict}; papers wrong: ${String(report.wrong)}, stale: ${String(report.stale)}; broken: ${report.broken.length === 0 ? 'nothing' : report.broken.join(', ')}`))
  return `${parts.join('\n\n')}\n`
}

/** A closed loop on the terminal. */
export function closedText(report: ClosedReport): string {
  const { requests, applyToDocumentMs: took, connections, durationMs, documents, wrong, reasons, refused, perMillion } = report
  const rows = [
    ['real ms', 'p50', 'p90', 'p99', 'max', 'n'],
    ['a request', ...[requests.p50, requests.p90, requests.p99, requests.max].map(number), String(requests.total)],
    [PHASE_WORDS.applyToDocument, ...[took.p50, took.p90, took.p99, took.max].map(number), String(took.n)],
  ]
  const parts = [
    paragraph(whereWords(report)),
    paragraph(`Closed loop: ${String(connections)} connections kept busy for ${number(durationMs / 1_000)} s. How much the system can do; whoever is slow is asked less, so that these times say nothing of how long people wait.`),
    paragraph(`${number(requests.perSecond)} requests and ${number(report.documentsPerSecond)} documents a second; connections failed: ${String(requests.errors)}, requests timed out: ${String(requests.timeouts)}; ${countsWords('nobody refused', 'refused', refused)}`),
    table(rows, new Set([1, 2, 3, 4])),
    paragraph(`${String(documents)} documents held against who asked: ${String(wrong)} not theirs, in a million ${millionWords(perMillion.wrong)}; ${countsWords('nothing to object to', 'because', reasons)}`),
    municipalityTable(report.municipalities),
    ...report.thresholds.map(thresholdWords),
  ]
  return `${parts.join('\n\n')}\n\n${report.verdict}; documents wrong: ${String(wrong)}\n`
}

/** Where the load went, and what stood there. */
function whereWords({ world, target, seed, build, clockFactor }: Pick<LoadReport, 'world' | 'target' | 'seed' | 'build' | 'clockFactor'>): string {
  const there = world === 'live' ? `build ${build}, live world` : `target ${target ?? ''}, which says that it runs ${build}`
  return `seed ${String(seed)}, ${there}, clock factor ${String(clockFactor)}`
}

function municipalityTable(lines: readonly MunicipalityLine[]): string {
  const rows = lines.map(({ code, name, build, papers, wrong }) => [`${code} ${name}`, String(papers), String(wrong), build])
  return table([['municipality', 'papers', 'of another person', 'build'], ...rows], new Set([1, 2]))
}

function wrongPrintWords({ wrongPrints: { counted, judged } }: LoadReport): string {
  const told = `wrong_prints_total stood at ${String(counted)} when the last paper had come out`
  return counted === judged ? `${told}, as the judge says of the whole history.` : `${told}; the judge of the whole history says ${String(judged)}, which is what counts.`
}

const thresholdWords = ({ name, limit, actual, ok }: Threshold): string => paragraph(`threshold ${name} ${number(limit)}: ${ok ? 'met' : 'MISSED'} with ${number(actual)}`)

/** Each with how often, or that there was none. */
function countsWords(none: string, some: string, counts: Readonly<Record<string, number>>): string {
  const each = Object.entries(counts).map(([what, count]) => `${what} ${String(count)}`)
  return each.length === 0 ? none : `${some}: ${each.join(', ')}`
}

/** Natural or accelerated, and by how much. */
export function rateWords({ rate, municipalities, date, start, durationMs, kiosks }: Pick<LoadReport, 'rate' | 'municipalities' | 'date' | 'start' | 'durationMs' | 'kiosks'>): string {
  const { kind, arrivals, perSecond, perScenarioSecond, factor } = rate
  const way = arrivals === 'poisson' ? 'at random' : 'at equal distances'
  const there = `${municipalities.map(({ name }) => name).join(' and ')} on a ${WEEKDAYS[weekdayOf(date)] ?? ''} at ${start}`
  const beside = factor === null ? `nobody comes by nature in ${there}` : `${number(factor)} times the natural rate of ${there}`
  return (
    `Open loop: ${number(perSecond)} sessions a second of real time, begun ${way} for ${number(durationMs / 1_000)} s on ${String(kiosks)} kiosks. ` +
    `That is ${number(perScenarioSecond)} a second of the scenario: ${kind}, ${beside}.`
  )
}

function countWords({ sessions, papers, sheets, refused, gaveUp, broken }: LoadReport): string {
  return `${String(sessions)} sessions, ${String(papers)} papers of ${String(sheets)} sheets; ${countsWords('nobody refused', 'refused', refused)}; ${String(gaveUp)} waited in vain${broken.length === 0 ? '' : `; broken: ${broken.join(', ')}`}`
}

function latencyTable({ latencyMs, serviceMs, waitForKioskMs }: LoadReport): string {
  const row = (words: string, { p50, p90, p99, max, n }: Percentiles): string[] => [words, ...[p50, p90, p99, max].map(number), String(n)]
  const rows = [
    ['real ms, from the intended start', 'p50', 'p90', 'p99', 'max', 'n'],
    ...PHASES.map((phase) => row(PHASE_WORDS[phase], latencyMs[phase])),
    ['real ms, the phase by itself', '', '', '', '', ''],
    ...PHASES.map((phase) => row(PHASE_WORDS[phase], serviceMs[phase])),
    row('wait for a free kiosk', waitForKioskMs),
  ]
  return table(rows, new Set([1, 2, 3, 4]))
}

function faultTable({ perMillion, ...counts }: LoadReport): string {
  const rows = FAULTS.map((fault) => [FAULT_WORDS[fault], String(counts[fault]), millionWords(perMillion[fault]) + (fault === 'wrong' ? `; ${perMillion.of2023.toFixed(1)} in 2023` : '')])
  return table([['papers', '', 'in a million papers'], ...rows], new Set([1]))
}

export function millionWords(rate: PerMillion | null): string {
  if (rate === null) return 'no paper came out'
  return `${number(rate.estimate)} (${number(rate.low)} to ${number(rate.high)})`
}

function clientWords({ client: { lateMs, loopDelayMs, limited, why } }: LoadReport): string {
  if (limited) return `CLIENT-LIMITED: ${why ?? ''}. The times say more of the driver than of the system, and what would be clean is unknown. Lower --rate, or run it on a faster machine.`
  return `The driver kept to its schedule: 99 of 100 sessions were begun within ${number(lateMs.p99)} ms, its event loop was held up for ${number(loopDelayMs.p99)} ms at p99.`
}

/** Three digits, thousands apart; what was not measured is a dash. */
function number(value: number | null): string {
  if (value === null) return '-'
  const digits = Math.abs(value) >= 100 || Number.isInteger(value) ? value.toFixed(0) : value.toPrecision(3)
  return digits.replace(/\B(?=(?:\d{3})+$)/g, ',')
}
