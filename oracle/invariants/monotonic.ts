import type { EventOf } from '../../contract/index.ts'
import type { Checker } from '../checker.ts'
import type { HistoryIndex } from '../index-of-history.ts'
import { timeOf } from '../words.ts'

/**
 * MONOTONIC: a replica's version of a person never goes back. Writing the same version again is no step back.
 *
 * Unknown for a municipality in which a link run began after a change at the counter and completed, while nothing was
 * recorded of its replica: there was something to carry over, and nobody saw whether it was.
 */
export const monotonic: Checker = {
  name: 'MONOTONIC',
  needs: 'inside',
  *check(index) {
    const latest = new Map<string, EventOf<'info', 'replica'>>()
    const seen = new Set<string>()
    for (const event of index.replicas) {
      seen.add(event.municipality)
      const key = `${event.municipality}\n${event.resident}`
      const before = latest.get(key)
      if (before !== undefined && before.version > event.version) {
        yield {
          events: [before.i, event.i],
          explanation:
            `The replica of ${event.municipality} held version ${String(before.version)} of ${index.nameOf(event.resident)} from ${timeOf(before)} ` +
            `and went back to version ${String(event.version)} at ${timeOf(event)}. What the counter had changed in between was undone in it.`,
        }
      }
      latest.set(key, event)
    }
    for (const municipality of carried(index)) {
      if (!seen.has(municipality)) yield { unknown: `The link of ${municipality} ran after changes at the counter, and nothing was recorded of its replica.` }
    }
  },
}

/** Municipalities with a completed link run that began after a change at their counter. */
function carried(index: HistoryIndex): ReadonlySet<string> {
  const changedI = new Map<string, number>()
  for (const { ok } of index.counters) {
    for (const { municipality } of ok.residents) if (!changedI.has(municipality)) changedI.set(municipality, ok.i)
  }
  const runs = index.linkRuns.filter(({ municipality, invokedI }) => (changedI.get(municipality) ?? Number.POSITIVE_INFINITY) < invokedI)
  return new Set(runs.map(({ municipality }) => municipality))
}
