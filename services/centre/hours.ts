import { Refusal } from '../../contract/index.ts'
import type { Clock } from '../../world/ports.ts'

const HOUR_MS = 3_600_000
const OPENS_MS = 6.5 * HOUR_MS
const CLOSES_MS = 23 * HOUR_MS

/**
 * Service hours: 06:30 to 23:00 every day but 29 December to 3 January (`domain.md`, section 2).
 * @throws Refusal OUT_OF_HOURS, YEAR_END
 */
export function refuseOutOfHours(clock: Clock): void {
  const day = clock.today().slice(5)
  if (day >= '12-29' || day <= '01-03') throw new Refusal('YEAR_END')
  const timeOfDayMs = clock.now() % (24 * HOUR_MS)
  if (timeOfDayMs < OPENS_MS || timeOfDayMs >= CLOSES_MS) throw new Refusal('OUT_OF_HOURS')
}
