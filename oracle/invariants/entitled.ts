import type { EventOf } from '../../contract/index.ts'
import type { Application } from '../application.ts'
import type { Checker } from '../checker.ts'
import type { HistoryIndex } from '../index-of-history.ts'
import { askedFor, proof } from '../words.ts'

/**
 * ENTITLED: no document reaches a kiosk and no paper comes out unless, before the application was made,
 *
 * 1. a card of the applicant had passed with its PIN, in the same session and at the same kiosk, and
 * 2. the service was open: from 06:30 to 23:00, both included to the millisecond, and not from 29 December to 3 January.
 *
 * Restrictions of the register are judged by FRESH, which knows when they became known.
 */
export const entitled: Checker = {
  name: 'ENTITLED',
  needs: 'kiosk',
  *check(index) {
    const calendar = new ServiceDays(index.history.header.date)
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

function faultOf(index: HistoryIndex, { apply, session }: Application, calendar: ServiceDays): Fault | undefined {
  if (apply === undefined) return { words: 'The application itself is not in the history.', rests: true }
  const hours = outsideHours(calendar, apply)
  if (hours !== undefined) return { words: hours, rests: false }
  const passed = session?.authenticated.some(({ resident, kiosk }) => resident === apply.applicant && kiosk === apply.kiosk)
  if (passed === true) return undefined
  return { words: `No card of ${index.nameOf(apply.applicant)} had passed with its PIN in that session at kiosk ${apply.kiosk}.`, rests: true }
}

const DAY_MS = 86_400_000
const OPEN_MS = 6.5 * 3_600_000
const CLOSE_MS = 23 * 3_600_000

/** The calendar days on which a run goes on, each worked out once. */
class ServiceDays {
  private readonly monthAndDay = new Map<number, string>()
  constructor(private readonly date: string) {}

  /** `12-29`, so many days after the first. */
  after(days: number): string {
    const known = this.monthAndDay.get(days)
    if (known !== undefined) return known
    const day = new Date(Date.parse(`${this.date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(5, 10)
    this.monthAndDay.set(days, day)
    return day
  }
}

function outsideHours(calendar: ServiceDays, { atMs }: EventOf<'invoke', 'apply'>): string | undefined {
  const days = Math.floor(atMs / DAY_MS)
  const ofDay = atMs - days * DAY_MS
  if (ofDay < OPEN_MS || ofDay > CLOSE_MS) return 'That is outside the service hours, 06:30 to 23:00.'
  const day = calendar.after(days)
  return day >= '12-29' || day <= '01-03' ? `That was on ${day}, and the service is closed from 29 December to 3 January.` : undefined
}
