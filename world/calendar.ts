/** Calendar arithmetic on ISO dates by day numbers, so that neither time zones nor `Date` come into it. */
const DAY_MS = 86_400_000

/** Days since 1970-01-01 of a civil date (Howard Hinnant's algorithm, public domain). */
export function dayNumber(iso: string): number {
  const month = Number(iso.slice(5, 7))
  const year = Number(iso.slice(0, 4)) - (month <= 2 ? 1 : 0)
  const era = Math.floor(year / 400)
  const yearOfEra = year - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + Number(iso.slice(8, 10)) - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

/** The inverse of {@link dayNumber}. */
export function isoDate(days: number): string {
  const shifted = days + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return `${String(year)}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

/** Full years of age on a day. */
export const ageOn = (birthDate: string, day: string): number =>
  Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4)) - (day.slice(5) < birthDate.slice(5) ? 1 : 0)

/** The date `ms` after midnight of `date`. */
export const dateAfter = (date: string, ms: number): string => (ms < DAY_MS ? date : isoDate(dayNumber(date) + Math.floor(ms / DAY_MS)))

/** Saturday or Sunday; 1970-01-01 was a Thursday. */
export const isWeekend = (iso: string): boolean => [2, 3].includes(((dayNumber(iso) % 7) + 7) % 7)

/** `2023-06-28 14:50` of a clock, as a slip shows it. */
export function timeWords(clock: { today(): string; now(): number }): string {
  const minutes = Math.floor((clock.now() % DAY_MS) / 60_000)
  return `${clock.today()} ${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}
