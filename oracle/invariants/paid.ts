import type { Application } from '../application.ts'
import type { Breach, Checker } from '../checker.ts'
import type { HistoryIndex } from '../index-of-history.ts'
import { askedFor, listed, proof, timeOf } from '../words.ts'

/**
 * PAID: at most one paper a fee, at most one fee an application, and a fee without paper has a refund ticket.
 *
 * A paper here is a print that ended well with at least one sheet; a jam is none and is refunded. Only where the kiosk
 * restarted while feeding (`paper-unknown`) may refund and paper both exist, and then nothing is printed again.
 */
export const paid: Checker = {
  name: 'PAID',
  needs: 'kiosk',
  *check(index) {
    for (const application of index.applications.values()) {
      const { pays, delivered, refunds } = application
      if (pays.length === 1 && delivered.length === 1 && refunds.length === 0 && isOrdinary(application)) continue
      if (pays.length + delivered.length === 0) continue
      yield* papersWithoutFee(index, application)
      yield* feesWithoutPaper(index, application)
      yield* paperAndRefund(index, application)
    }
  },
}

/** The one paper came after the one payment and nothing about it is unknown: by far the most applications. */
const isOrdinary = ({ pays, delivered, outcomes }: Application): boolean =>
  (pays[0]?.i ?? 0) < (delivered[0]?.i ?? 0) && !outcomes.some(({ outcome }) => outcome === 'paper-unknown')

const unknownPaper = ({ outcomes }: Application) => outcomes.find(({ outcome }) => outcome === 'paper-unknown')

function* papersWithoutFee(index: HistoryIndex, application: Application): Iterable<Breach> {
  const { id, pays, delivered, apply } = application
  const free = apply !== undefined && index.register.municipality(apply.municipality)?.feesYen[apply.wish.type] === 0
  for (const [at, paper] of delivered.entries()) {
    if (free && at === 0) continue
    if (!free && pays.filter(({ i }) => i < paper.i).length > at) continue
    const said = at === 0 ? 'no fee had been paid for it' : `it was paper number ${String(at + 1)} for ${free ? 'one application' : 'fees paid ' + times(pays.length)}`
    yield {
      application: id,
      events: proof(apply, ...pays, ...delivered.slice(0, at + 1)),
      explanation: `${askedFor(index, application)}. At ${timeOf(paper)} kiosk ${paper.kiosk} printed a paper, and ${said}.`,
      absent: 'earlier',
    }
  }
  const unknown = unknownPaper(application)
  const reprint = unknown === undefined ? undefined : delivered.find(({ i }) => i > unknown.i)
  if (unknown === undefined || reprint === undefined) return
  yield {
    application: id,
    events: proof(apply, unknown, reprint),
    explanation: `${askedFor(index, application)}. At ${timeOf(unknown)} nobody could say whether the paper had come out; at ${timeOf(reprint)} it was printed again instead of being refunded.`,
  }
}

function* feesWithoutPaper(index: HistoryIndex, application: Application): Iterable<Breach> {
  const { id, pays, delivered, refunds, apply } = application
  const kept = pays.length - refunds.length
  if (kept > 1) {
    yield {
      application: id,
      events: proof(apply, ...pays, ...refunds),
      explanation: `${askedFor(index, application)}. The fee was taken ${times(pays.length)} (${listed(pays.map(timeOf))}) and refunded ${times(refunds.length)}.`,
      absent: 'later',
    }
  } else if (kept === 1 && delivered.length === 0) {
    yield {
      application: id,
      events: proof(apply, ...pays, ...refunds),
      explanation: `${askedFor(index, application)}. The fee was paid at ${listed(pays.map(timeOf))}; no paper came out and no refund ticket was given.`,
      absent: 'later',
    }
  }
}

function* paperAndRefund(index: HistoryIndex, application: Application): Iterable<Breach> {
  const { id, pays, delivered, refunds, apply } = application
  if (delivered.length === 0 || refunds.length === 0 || refunds.length < pays.length) return
  if (unknownPaper(application) !== undefined) return
  yield {
    application: id,
    events: proof(apply, ...delivered, ...refunds),
    explanation: `${askedFor(index, application)}. The paper came out at ${listed(delivered.map(timeOf))}, and the fee was refunded at ${listed(refunds.map(timeOf))} all the same.`,
    // The kiosk's outcome that would excuse it may come after the refund.
    absent: 'later',
  }
}

const times = (count: number): string => (count === 1 ? 'once' : `${String(count)} times`)
