import { type CertificateType, type Municipality, Refusal } from '../../contract/index.ts'
import { isWeekend, timeWords } from '../../world/calendar.ts'
import type { Clock } from '../../world/ports.ts'

const OPENS = '06:30'
const CLOSES = '23:00'

/**
 * Service hours: 06:30 to 23:00 every day but 29 December to 3 January (`domain.md`, section 2).
 * @throws Refusal OUT_OF_HOURS, YEAR_END
 */
export function refuseOutOfHours(clock: Clock): void {
  const day = clock.today().slice(5)
  if (day >= '12-29' || day <= '01-03') throw new Refusal('YEAR_END')
  if (!isBetween(timeOfDay(clock), OPENS, CLOSES)) throw new Refusal('OUT_OF_HOURS')
}

/**
 * A municipality's own closing days, its announced maintenance and, once a type is chosen, that type's hours.
 * @throws Refusal OUT_OF_HOURS, MAINTENANCE
 */
export function refuseClosed(clock: Clock, { closedDays = [], maintenance = [], hours = {} }: Municipality, type?: CertificateType): void {
  const today = clock.today()
  const now = `${today}T${timeOfDay(clock)}`
  if (maintenance.some(({ from, to }) => now >= from && now < to)) throw new Refusal('MAINTENANCE')
  if (closedDays.includes(today)) throw new Refusal('OUT_OF_HOURS')
  const own = type === undefined ? undefined : hours[type]
  if (own === undefined) return
  if (!isBetween(timeOfDay(clock), own.opens, own.closes)) throw new Refusal('OUT_OF_HOURS')
  if (own.weekdaysOnly === true && isWeekend(today)) throw new Refusal('OUT_OF_HOURS')
}

/** `HH:MM`, which sorts. */
const timeOfDay = (clock: Clock): string => timeWords(clock).slice(-5)

const isBetween = (time: string, opens: string, closes: string): boolean => time >= opens && time < closes
