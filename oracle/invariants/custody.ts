import type { EventOf } from '../../contract/index.ts'
import type { Checker, Finding } from '../checker.ts'
import type { HistoryIndex } from '../index-of-history.ts'
import type { Paper } from '../paper.ts'
import { askedFor, printedAt, proof, timeOf } from '../words.ts'
import { runsOn } from '../work.ts'

/**
 * CUSTODY: paper comes out at the kiosk where it was asked for, while the person who asked stands there; a card or paper that
 * was forgotten is in somebody's keeping before the next person comes; and no work file is left when all is over, unless the
 * node that wrote it crashed afterwards.
 */
export const custody: Checker = {
  name: 'CUSTODY',
  needs: 'kiosk',
  *check(index) {
    for (const paper of index.papers) yield* judgePaper(index, paper)
    for (const { alarm, session } of index.alarmed) {
      yield {
        events: [alarm.i, session.i],
        explanation: `At ${timeOf(alarm)} kiosk ${alarm.kiosk} sounded the alarm over a forgotten ${alarm.about}. It had not been stopped when ${index.nameOf(session.resident)} came at ${timeOf(session)}.`,
        absent: 'earlier',
      }
    }
    for (const written of leftBehind(index)) {
      yield {
        ...(written.application === '' ? {} : { application: written.application }),
        events: [written.i],
        explanation: `At ${timeOf(written)} the print job ${written.job} wrote the work file ${written.name}. It was never removed, so a certificate stayed behind after everybody had gone.`,
        absent: 'later',
      }
    }
  },
}

function* judgePaper(index: HistoryIndex, paper: Paper): Iterable<Finding> {
  const { application, print, session } = paper
  const { apply } = application
  if (apply === undefined) return
  const fault = (words: string, absent: boolean): Finding => ({
    application: application.id,
    events: proof(apply, session?.begun, print),
    explanation: `${printedAt(paper)} a certificate. ${askedFor(index, application)}. ${words}`,
    ...(absent ? { absent: 'earlier' as const } : {}),
  })
  if (print.kiosk !== apply.kiosk) yield fault('It came out at another kiosk.', false)
  else if (session === undefined) yield fault('Nobody had a session at the kiosk when it came out.', true)
  else if (session.begun.resident !== apply.applicant || session !== application.session) {
    const { begun } = session
    yield fault(`It came out in another session, that of ${index.nameOf(begun.resident)}, begun at ${timeOf(begun)}.`, begun.resident === apply.applicant)
  }
}

/** The last write of each work file that nobody removed and no crash excuses. */
function leftBehind(index: HistoryIndex): Iterable<EventOf<'info', 'work-file'>> {
  const left = new Map<string, EventOf<'info', 'work-file'>>()
  for (const event of index.work) {
    if (event.f === 'work-file' && event.op === 'write') left.set(event.name, event)
    else if (event.f === 'work-file' && event.op === 'remove') left.delete(event.name)
    else if (event.f === 'node' && event.op === 'crash') {
      for (const [name, written] of left) if (runsOn(written.process, event.node)) left.delete(name)
    }
  }
  return left.values()
}
