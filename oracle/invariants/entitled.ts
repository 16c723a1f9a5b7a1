import type { Application } from '../application.ts'
import type { Checker } from '../checker.ts'
import type { HistoryIndex } from '../index-of-history.ts'
import { ServiceCalendar } from '../service-calendar.ts'
import { askedFor, proof } from '../words.ts'

/**
 * ENTITLED: no document reaches a kiosk and no paper comes out unless, before the application was made,
 *
 * 1. a card of the applicant had passed with its PIN, in the same session and at the same kiosk, its certificate neither
 *    revoked nor suspended when it was placed, and
 * 2. the service was open: from 06:30 to 23:00, both included to the millisecond, and not from 29 December to 3 January; and
 *    the municipality too, by its own hours, closing days and maintenance.
 *
 * Restrictions of the register are judged by FRESH, which knows when they became known.
 */
export const entitled: Checker = {
  name: 'ENTITLED',
  needs: 'kiosk',
  *check(index) {
    const calendar = new ServiceCalendar(index.history.header.date)
    for (const application of index.applications.values()) {
      const got = application.fetches[0]?.ready ?? application.firstPaper
      if (got === undefined) continue
      const fault = faultOf(index, application, calendar)
      if (fault === undefined) continue
      yield {
        application: application.id,
        events: proof(application.session?.begun, application.apply, got),
        explanation: `${askedFor(index, application)}. ${fault.words} Yet ${got.f === 'print' ? 'a paper came out' : 'the certificate was handed to the kiosk'}.`,
        ...(fault.rests ? { absent: 'earlier' as const } : {}),
      }
    }
  },
}

/** What was wrong, and whether that rests on an event not being there. */
interface Fault {
  readonly words: string
  readonly rests: boolean
}

function faultOf(index: HistoryIndex, { apply, session }: Application, calendar: ServiceCalendar): Fault | undefined {
  if (apply === undefined) return { words: 'The application itself is not in the history.', rests: true }
  const closed = calendar.closedWords(apply, index.register.municipality(apply.municipality))
  if (closed !== undefined) return { words: closed, rests: false }
  const { applicant, kiosk } = apply
  const passed = session?.authenticated.filter(({ asked }) => asked.resident === applicant && asked.kiosk === kiosk) ?? []
  if (passed.length === 0) return { words: `No card of ${index.nameOf(applicant)} had passed with its PIN in that session at kiosk ${kiosk}.`, rests: true }
  const stopped = passed.map(({ asked }) => index.certificates.stoppedAt(applicant, asked.i))
  if (stopped.some((status) => status === undefined)) return undefined
  return { words: `The certificate of that card had been ${stopped[0] ?? ''} before it was placed.`, rests: false }
}
