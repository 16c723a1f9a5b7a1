import type { Checker } from '../checker.ts'
import { proof, timeOf } from '../words.ts'

/**
 * ECHO: an answer names the request that it answers, and the two were compared. An answer that names another is the other's; one
 * that names none, or that nobody compared, is taken on trust, which is a violation also where it happened to be the right one.
 */
export const echo: Checker = {
  name: 'ECHO',
  needs: 'inside',
  *check(index) {
    for (const answer of index.answers) {
      const { application, names, compared, key } = answer
      if (names === application && compared) continue
      const applicant = index.applications.get(application)?.apply?.applicant
      const forWhom = applicant === undefined ? `application ${application}` : `${index.nameOf(applicant)}'s application`
      const why = names === undefined ? 'It does not say which application it answers.' : names === application ? 'Nobody compared the two.' : 'It answers another application.'
      yield { application, events: proof(answer), explanation: `At ${timeOf(answer)} the answer under ${key} was taken for ${forWhom}. ${why}` }
    }
  },
}
