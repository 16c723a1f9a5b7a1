import type { EventOf } from '../../contract/index.ts'
import type { Checker } from '../checker.ts'
import type { HistoryIndex } from '../index-of-history.ts'
import { proof, timeOf } from '../words.ts'
import { siteOf } from '../work.ts'

/**
 * UNIQUE: a key means one thing, over nodes, threads and time. A key that was given at one site stands for one application, and for
 * no other ever after. Told once for each further application, in the order of their ids: which of them was given it first may be a
 * matter of nothing.
 */
export const unique: Checker = {
  name: 'UNIQUE',
  needs: 'inside',
  *check(index) {
    for (const given of givenUnder(index.keys).values()) {
      const [one, ...others] = [...given.values()].sort((a, b) => (a.application < b.application ? -1 : 1))
      if (one === undefined) continue
      for (const other of others) {
        yield {
          application: other.application,
          events: proof(one, other),
          explanation: `The ${other.what} ${other.key} was given to ${ofWhom(index, one)} at ${timeOf(one)} and to ${ofWhom(index, other)} at ${timeOf(other)}.`,
        }
      }
    }
  },
}

type Given = EventOf<'info', 'key'>

/** By key, the first event of each application that it was given to. */
function givenUnder(keys: readonly Given[]): ReadonlyMap<string, ReadonlyMap<string, Given>> {
  const given = new Map<string, Map<string, Given>>()
  for (const event of keys) {
    const name = `${siteOf(event.process)}\n${event.what}\n${event.key}`
    const applications = given.get(name) ?? new Map<string, Given>()
    given.set(name, applications)
    if (!applications.has(event.application)) applications.set(event.application, event)
  }
  return given
}

function ofWhom(index: HistoryIndex, { application }: Given): string {
  const applicant = index.applications.get(application)?.apply?.applicant
  return applicant === undefined ? `application ${application}` : `${index.nameOf(applicant)}'s application`
}
