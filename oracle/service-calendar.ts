import type { CertificateType, Municipality } from '../contract/index.ts'

const MINUTE_MS = 60_000
const DAY_MS = 1_440 * MINUTE_MS
const OPEN_MS = 6.5 * 3_600_000
const CLOSE_MS = 23 * 3_600_000

/** A calendar day of a run. */
interface Day {
  /** `2023-06-28`. */
  readonly date: string
  readonly weekend: boolean
}

/** When the service, and a municipality in it, was open on the days of a run. */
export class ServiceCalendar {
  private readonly days = new Map<number, Day>()
  /** @param date the run's first day */
  constructor(private readonly date: string) {}

  /** The day on which an event was. */
  dateOf(atMs: number): string {
    return this.after(Math.floor(atMs / DAY_MS)).date
  }

  /** Why nothing of that type should have been issued at that time, in a sentence; `undefined` where all was open. */
  closedWords(atMs: number, type: CertificateType, municipality: Municipality | undefined): string | undefined {
    const days = Math.floor(atMs / DAY_MS)
    const ofDay = atMs - days * DAY_MS
    if (ofDay < OPEN_MS || ofDay > CLOSE_MS) return 'That is outside the service hours, 06:30 to 23:00.'
    const day = this.after(days)
    const monthAndDay = day.date.slice(5)
    if (monthAndDay >= '12-29' || monthAndDay <= '01-03') return `That was on ${monthAndDay}, and the service is closed from 29 December to 3 January.`
    if (municipality === undefined) return undefined
    const { closedDays = [], maintenance = [], hours = {} } = municipality
    if (closedDays.includes(day.date)) return `${municipality.name} was closed on ${day.date}.`
    const now = `${day.date}T${timeOf(ofDay)}`
    if (maintenance.some(({ from, to }) => now >= from && now < to)) return `${municipality.name} had announced maintenance for that time.`
    const own = hours[type]
    if (own === undefined) return undefined
    if (own.weekdaysOnly === true && day.weekend) return `${municipality.name} issues that certificate on weekdays only.`
    const time = timeOf(ofDay)
    return time < own.opens || time >= own.closes ? `${municipality.name} issues that certificate from ${own.opens} to ${own.closes}.` : undefined
  }

  /** So many days after the first, each worked out once. */
  private after(days: number): Day {
    const known = this.days.get(days)
    if (known !== undefined) return known
    const instant = new Date(Date.parse(`${this.date}T00:00:00Z`) + days * DAY_MS)
    const day = { date: instant.toISOString().slice(0, 10), weekend: [0, 6].includes(instant.getUTCDay()) }
    this.days.set(days, day)
    return day
  }
}

/** `HH:MM`, which sorts. */
const timeOf = (ms: number): string => {
  const minutes = Math.floor(ms / MINUTE_MS)
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}
