const DAY_MS = 86_400_000

/** Average days of a calendar year; ages are drawn in these. */
export const YEAR_DAYS = 365.2425

/** A number of days since 1970-01-01. */
export type CivilDay = number

/**
 * `2023-03-27` as a number of days since 1970-01-01.
 * @throws RangeError for what is no date of the calendar.
 */
export function civilDay(iso: string): CivilDay {
  const day = Date.UTC(Number(iso.slice(0, 4)), Number(iso.slice(5, 7)) - 1, Number(iso.slice(8))) / DAY_MS
  if (!/^\d{4}-\d{2}-\d{2}$/.test(iso) || isoDay(day) !== iso) throw new RangeError(`"${iso}" is no date (YYYY-MM-DD)`)
  return day
}

/**
 * The inverse of {@link civilDay}, for years 0 to 9999. Arithmetic on March-based years (Howard Hinnant's algorithm, public
 * domain), because half of a population's making was spent in `Date` before.
 */
export function isoDay(day: CivilDay): string {
  const shifted = day + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const leapDays = Math.floor(dayOfEra / 1_460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096)
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365)
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153)
  const dayOfMonth = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(dayOfMonth)}`
}

function twoDigits(number: number): string {
  return number < 10 ? `0${String(number)}` : String(number)
}

/** So many whole days in so many years. */
export function daysOfYears(years: number): number {
  return Math.floor(years * YEAR_DAYS)
}
