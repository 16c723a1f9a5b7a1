import type { Application, Stop } from '../application.ts'
import type { Checker, Finding } from '../checker.ts'
import type { HistoryIndex } from '../index-of-history.ts'
import { askedFor, listed, proof, timeOf } from '../words.ts'

/**
 * STOPPED: an application that timed out, failed or was cancelled yields no paper and keeps no charge.
 *
 * What stops one: a logged error or a passed turn limit (inside), a refusal at the kiosk, a cancellation. Money refused and
 * then paid after all is no stop. What came after the paper was out does not count, because nothing was left to stop. Nor does
 * a job that failed where another job of the same application did not: a queue may hand one out twice, and one is enough.
 */
export const stopped: Checker = {
  name: 'STOPPED',
  needs: 'kiosk',
  *check(index) {
    const jobs = jobsByApplication(index)
    for (const application of index.applications.values()) yield* judgeApplication(index, application, jobs.get(application.id) ?? NOBODY)
  },
}

function jobsByApplication({ work }: HistoryIndex): ReadonlyMap<string, ReadonlySet<string>> {
  const jobs = new Map<string, Set<string>>()
  for (const event of work) {
    if (event.f !== 'job') continue
    const { application, job } = event
    const known = jobs.get(application)
    if (known === undefined) jobs.set(application, new Set([job]))
    else known.add(job)
  }
  return jobs
}

const NOBODY: ReadonlySet<string> = new Set()

/** @param jobs those that worked for it */
function* judgeApplication(index: HistoryIndex, application: Application, jobs: ReadonlySet<string>): Iterable<Finding> {
  const { id, stops, delivered, pays, refunds, apply } = application
  if (stops.length === 0) return
  const firstPaperI = delivered[0]?.i ?? Number.POSITIVE_INFINITY
  const before = stops.filter(({ i }) => i < firstPaperI)
  const stop = before.find((each) => !paidAfterAll(application, each) && !(jobs.has(each.process) && anotherDid(jobs, before)))
  if (stop === undefined) return
  const [paper] = delivered
  if (paper !== undefined) {
    yield {
      application: id,
      events: proof(apply, stop, paper),
      explanation: `${askedFor(index, application)}. ${stopWords(stop)} Yet kiosk ${paper.kiosk} printed ${String(paper.sheets.length)} sheets for it at ${timeOf(paper)}.`,
    }
  }
  if (pays.length > refunds.length) {
    yield {
      application: id,
      events: proof(apply, stop, ...pays, ...refunds),
      explanation: `${askedFor(index, application)}. ${stopWords(stop)} Yet the fee paid at ${listed(pays.map(timeOf))} was kept.`,
      absent: 'later',
    }
  }
}

const paidAfterAll = ({ pays }: Application, stop: Stop): boolean =>
  stop.f === 'pay' && pays.some(({ i }) => i > stop.i)

/** Whether one of the jobs neither failed nor ran into its limit. */
const anotherDid = (jobs: ReadonlySet<string>, stops: readonly Stop[]): boolean =>
  [...jobs].some((job) => !stops.some(({ process }) => process === job))

function stopWords(stop: Stop): string {
  const at = timeOf(stop)
  if (stop.f === 'outcome') return `At ${at} it was cancelled.`
  if (stop.f !== 'log') return `At ${at} the kiosk was told ${stop.code}.`
  return stop.level === 'error' ? `At ${at} its job failed (${stop.code}).` : `At ${at} its job ran into the limit of its turn (${stop.code}).`
}
