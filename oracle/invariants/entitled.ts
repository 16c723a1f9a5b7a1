import { type CertificateType, type EventOf, isFamilyType, type Municipality } from '../../contract/index.ts'
import type { Application } from '../application.ts'
import type { Checker } from '../checker.ts'
import type { HistoryIndex } from '../index-of-history.ts'
import type { Register } from '../register.ts'
import { ServiceCalendar } from '../service-calendar.ts'
import { askedFor, proof } from '../words.ts'

/**
 * ENTITLED: no document reaches a kiosk and no paper comes out unless, before the application was made,
 *
 * 1. a card of the applicant had passed with its PIN, in the same session and at the same kiosk, its certificate neither
 *    revoked nor suspended when it was placed, and
 * 2. the service was open: from 06:30 to 23:00, both included to the millisecond, and not from 29 December to 3 January; and
 *    the municipality too, by its own hours, closing days and maintenance. The issuing side asks when the application
 *    arrives, so closed is only what was closed when it was sent and when it had been taken in; and
 * 3. the type is offered there, and the applicant old enough; and
 * 4. who lives elsewhere asks for the family register, and had been registered for using it, for that day or one before.
 *
 * Restrictions that the register brings later are judged by FRESH, which knows when they became known.
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

function faultOf(index: HistoryIndex, { apply, accepted, session, fetches, firstPaper }: Application, calendar: ServiceCalendar): Fault | undefined {
  if (apply === undefined) return { words: 'The application itself is not in the history.', rests: true }
  const municipality = index.register.municipality(apply.municipality)
  const takenInMs = (accepted ?? fetches[0]?.ready ?? firstPaper ?? apply).atMs
  const closed = calendar.closedWords(apply.atMs, apply.wish.type, municipality)
  if (closed !== undefined && calendar.closedWords(takenInMs, apply.wish.type, municipality) !== undefined) return { words: closed, rests: false }
  const barred = barredWords(index, apply, { date: calendar.dateOf(apply.atMs), untilI: (fetches[0]?.ready ?? firstPaper ?? apply).i }, municipality)
  if (barred !== undefined) return { words: barred, rests: false }
  const { applicant, kiosk } = apply
  const passed = session?.authenticated.filter(({ asked }) => asked.resident === applicant && asked.kiosk === kiosk) ?? []
  if (passed.length === 0) return { words: `No card of ${index.nameOf(applicant)} had passed with its PIN in that session at kiosk ${kiosk}.`, rests: true }
  const stopped = passed.map(({ asked }) => index.certificates.stoppedAt(applicant, asked.i))
  if (stopped.some((status) => status === undefined)) return undefined
  return { words: `The certificate of that card had been ${stopped[0] ?? ''} before it was placed.`, rests: false }
}

/** Where a municipality sets none (`domain.md`, section 2). */
const MINIMUM_AGE = 15

/** The day on which it was asked for, and the number of the event by which it had to be allowed. */
interface Asked {
  readonly date: string
  readonly untilI: number
}

/** Why nobody there, or not this person, may have it at all. */
function barredWords({ register }: HistoryIndex, { applicant, wish }: EventOf<'invoke', 'apply'>, asked: Asked, municipality: Municipality | undefined): string | undefined {
  if (municipality === undefined) return undefined
  if (municipality.feesYen[wish.type] === undefined) return `${municipality.name} does not offer that certificate.`
  const record = register.statesOf(applicant).at(-1)?.record
  const born = record?.birthDate ?? register.families.birthDateOf(applicant)
  const minimumAge = municipality.minimumAge ?? MINIMUM_AGE
  if (born !== undefined && yearsBetween(born, asked.date) < minimumAge) return `${register.nameOf(applicant)} was under ${String(minimumAge)}.`
  // Of somebody of whom no register says anything nothing is known.
  const livesElsewhere = record === undefined ? register.families.circleOf(applicant).length > 0 : record.municipality !== municipality.code
  return livesElsewhere ? elsewhereWords(register, applicant, wish.type, asked) : undefined
}

/** Why somebody who does not live there may not have it. */
function elsewhereWords(register: Register, applicant: string, type: CertificateType, { date, untilI }: Asked): string | undefined {
  const name = register.nameOf(applicant)
  if (!isFamilyType(type)) return `${name} does not live there.`
  const registered = (register.domicileUsers.get(applicant) ?? []).filter(({ i }) => i < untilI)
  if (registered.some(({ from }) => from <= date)) return undefined
  const last = registered.at(-1)
  if (last === undefined) return `${name} does not live there, and had not been registered for use of the family registers.`
  return `${name} does not live there, and is registered for use of the family registers from ${last.from} on.`
}

const yearsBetween = (born: string, date: string): number =>
  Number(date.slice(0, 4)) - Number(born.slice(0, 4)) - (date.slice(5) < born.slice(5) ? 1 : 0)
