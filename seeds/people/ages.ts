import { daysOfYears, YEAR_DAYS, type CivilDay } from './civil-days.ts'
import { between, chance } from './draw.ts'
import type { Draw } from './keyed-random.ts'

/** The birth day of somebody `low` to `high` years old on `today`; the youngest possible is exactly `low`. */
export function bornAged(draw: Draw, today: CivilDay, low: number, high: number): CivilDay {
  return today - between(draw, Math.ceil(low * YEAR_DAYS), daysOfYears(high))
}

/** The birth day of a parent who was `low` to `high` years old when the child was born. */
export function parentBorn(draw: Draw, child: CivilDay, low: number, high: number): CivilDay {
  return child - between(draw, Math.ceil(low * YEAR_DAYS), daysOfYears(high))
}

/** A spouse's birth day: mostly within five years, and an adult of at least 20 years on `today`. */
export function spouseBorn(draw: Draw, born: CivilDay, today: CivilDay): CivilDay {
  const spread = daysOfYears(chance(draw, 0.8) ? 5 : 11)
  return Math.min(born + between(draw, -spread, spread), today - daysOfYears(20) - 1)
}

/**
 * The birth days of children of one mother, the eldest first: the youngest at most `youngestAge` years old, the others
 * 1.2 to 3 years before the next.
 */
export function childrenBorn(draw: Draw, today: CivilDay, count: number, youngestAge = 17): CivilDay[] {
  const days = [today - between(draw, 0, daysOfYears(youngestAge))]
  while (days.length < count) days.unshift((days[0] ?? today) - between(draw, 440, 1_100))
  return days
}
