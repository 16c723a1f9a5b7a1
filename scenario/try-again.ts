import type { RefusalCode } from '../contract/index.ts'
import type { KioskHall, VisitEnd } from '../kiosk-sim/hall.ts'
import type { Visit } from '../kiosk-sim/session.ts'
import type { Person } from '../world/stage.ts'

/** What a kiosk shows where the system has failed; the person has done nothing wrong. */
const ERRORS: ReadonlySet<RefusalCode> = new Set<RefusalCode>(['SERVER_ERROR', 'SERVER_TIMEOUT', 'CENTRE_TIMEOUT'])

/** A visit of somebody who begins anew, up to `triesAgain` times, where an error of the system was the answer. */
export async function visitAgain(hall: Pick<KioskHall, 'visit'>, person: Person, visit: Visit, triesAgain: number): Promise<VisitEnd> {
  for (let left = triesAgain; ; left -= 1) {
    const end = await hall.visit(person, visit)
    if (left === 0 || end.end !== 'refused' || !ERRORS.has(end.code)) return end
  }
}
