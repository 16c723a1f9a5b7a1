import type { History, HistoryEvent } from '../contract/index.ts'
import { type HistoryIndex, indexHistory, type Judgement, sealStopReason } from '../oracle/index.ts'
import { poissonInterval } from './poisson.ts'

/** What can go wrong with papers, in the order in which reports show it. */
export const FAULTS = ['wrong', 'stale', 'revoked', 'lost', 'double'] as const
export type Fault = (typeof FAULTS)[number]

/** A count in a million papers, with its exact 95 % Poisson interval; null where no paper came out. */
export interface PerMillion {
  readonly estimate: number
  readonly low: number
  readonly high: number
}

/** What came out of a run. */
export interface Tally extends Readonly<Record<Fault, number>> {
  readonly sessions: number
  readonly applications: number
  /** Prints that put at least one sheet into the tray. */
  readonly papers: number
  readonly sheets: number
  /** Every refusal at a kiosk by its code: a wrong PIN that was mended counts too. */
  readonly refused: Readonly<Record<string, number>>
  readonly perMillion: Readonly<Record<Fault, PerMillion | null>>
}

/**
 * Counts what a judged history holds.
 *
 * - `wrong`: papers of somebody whom the applicant may not request (SUBJECT)
 * - `stale`: papers of the right person with what was no longer so (FRESH)
 * - `revoked`: those of them that are seal certificates of a registration revoked before (a part of `stale`)
 * - `lost`: fees without paper and without ticket, and applications that never ended
 * - `double`: papers beyond one a fee
 */
export function tallyOf(history: History, judgement: Judgement): Tally {
  const index = indexHistory(history)
  const counts: Record<Fault, number> = {
    wrong: judgement.wrongPapers,
    stale: judgement.stalePapers,
    revoked: revokedPapers(index, judgement),
    lost: 0,
    double: 0,
  }
  for (const application of index.applications.values()) {
    const { pays, refunds, delivered, stops, outcomes, apply } = application
    const feeKept = pays.length > refunds.length && delivered.length === 0
    const ended = delivered.length + refunds.length + stops.length + outcomes.length > 0
    if (feeKept || (apply !== undefined && !ended)) counts.lost += 1
    counts.double += Math.max(0, delivered.length - Math.max(1, pays.length))
  }
  const papers = index.papers.length
  return {
    sessions: countOf(history, (event) => event.type === 'invoke' && event.f === 'session'),
    applications: index.applications.size,
    papers,
    sheets: index.papers.reduce((sum, { print }) => sum + print.sheets.length, 0),
    refused: refusals(history),
    ...counts,
    // `fromEntries` forgets which keys it was given; they are exactly the faults.
    perMillion: Object.fromEntries(FAULTS.map((fault) => [fault, perMillion(fault, counts[fault], papers)])) as Tally['perMillion'],
  }
}

/** Faults that are papers themselves, so that no more than all of them can have one. */
const OF_PAPERS: ReadonlySet<Fault> = new Set(['wrong', 'stale', 'revoked'])

/** So many in a million papers. */
export function perMillion(fault: Fault, count: number, papers: number): PerMillion | null {
  if (papers === 0) return null
  const { low, high } = poissonInterval(count)
  const scale = 1e6 / papers
  const most = OF_PAPERS.has(fault) ? 1e6 : Infinity
  return { estimate: count * scale, low: low * scale, high: Math.min(most, high * scale) }
}

const countOf = ({ events }: History, counts: (event: HistoryEvent) => boolean): number => events.filter(counts).length

/** A session that the kiosk gave up by itself has no code of anybody's and is not among them. */
function refusals({ events }: History): Record<string, number> {
  const refused = new Map<string, number>()
  for (const event of events) {
    if (event.type === 'fail' && 'code' in event) refused.set(event.code, (refused.get(event.code) ?? 0) + 1)
  }
  return Object.fromEntries([...refused].sort(([one], [other]) => (one < other ? -1 : 1)))
}

function revokedPapers(index: HistoryIndex, { violations }: Judgement): number {
  const stale = new Set(violations.flatMap(({ invariant, application }) => (invariant === 'FRESH' && application !== undefined ? [application] : [])))
  const revoked = index.papers.filter(({ isSealCertificate, application, print }) => {
    const fetched = application.fetchedBefore(print.i)?.invoke
    const applicant = application.apply?.applicant
    return stale.has(application.id) && isSealCertificate && fetched !== undefined && applicant !== undefined && sealStopReason(index.register, applicant, fetched.i) !== undefined
  })
  return new Set(revoked.map(({ application }) => application.id)).size
}
