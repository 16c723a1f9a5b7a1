import type { EventOf } from '../../contract/index.ts'
import type { Checker } from '../checker.ts'
import type { HistoryIndex } from '../index-of-history.ts'
import { proof, timeOf } from '../words.ts'
import { siteOf } from '../work.ts'

/**
 * UNIQUE: a key means one thing, over nodes, threads and time. A key that was given at one site stands for the application it was
 * given to first, and for no other ever after. Told once for each further application.
 */
export const unique: Checker = {
  name: 'UNIQUE',
  needs: 'inside',
  *check(index) {
    const firsts = new Map<string, EventOf<'info', 'key'>>()
    const told = new Set<string>()
    for (const given of index.keys) {
      const name = `${siteOf(given.process)}\n${given.what}\n${given.key}`
      const first = firsts.get(name) ?? given
      firsts.set(name, first)
      const again = `${name}\n${given.application}`
      if (first.application === given.application || told.has(again)) continue
      told.add(again)
      yield {
        application: given.application,
        events: proof(first, given),
        explanation: `At ${timeOf(given)} the ${given.what} ${given.key} was given to ${ofWhom(index, given)}. It had stood for ${ofWhom(index, first)} since ${timeOf(first)}.`,
      }
    }
  },
}

function ofWhom(index: HistoryIndex, { application }: EventOf<'info', 'key'>): string {
  const applicant = index.applications.get(application)?.apply?.applicant
  return applicant === undefined ? `application ${application}` : `${index.nameOf(applicant)}'s application`
}
