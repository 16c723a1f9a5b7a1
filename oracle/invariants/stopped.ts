import type { Application, Stop } from '../application.ts'
import type { Checker, Finding } from '../checker.ts'
import type { HistoryIndex } from '../index-of-history.ts'
import { askedFor, listed, proof, timeOf } from '../words.ts'

/**
 * STOPPED: an application that timed out, failed or was cancelled yields no paper and keeps no charge.
 *
 * What stops one: a logged error or a passed turn limit (inside), a refusal at the kiosk, a cancellation. Money refused and
 * then paid after all is no stop. What came after the paper was out does not count, because nothing was left to stop.
 */
export const stopped: Checker = {
  name: 'STOPPED',
  needs: 'kiosk',
  *check(index) {
    for (const application of index.applications.values()) yield* judgeApplication(index, application)
  },
}

function* judgeApplication(index: HistoryIndex, application: Application): Iterable<Finding> {
  const { id, stops, delivered, pays, refunds, apply } = application
  if (stops.length === 0) return
  const firstPaperI = delivered[0]?.i ?? Number.POSITIVE_INFINITY
  const stop = stops.find((each) => each.i < firstPaperI && !paidAfterAll(application, each))
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

function stopWords(stop: Stop): string {
  const at = timeOf(stop)
  if (stop.f === 'outcome') return `At ${at} it was cancelled.`
  if (stop.f !== 'log') return `At ${at} the kiosk was told ${stop.code}.`
  return stop.level === 'error' ? `At ${at} its job failed (${stop.code}).` : `At ${at} its job ran into the limit of its turn (${stop.code}).`
}
