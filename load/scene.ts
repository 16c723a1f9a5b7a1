import { TorichigaeError } from '../contract/index.ts'
import type { Catalogue } from '../scenario/catalogue.ts'
import { timeOfDayMs } from '../scenario/script.ts'
import type { Scene } from '../scenario/setting.ts'

/** Where a load is put on, which is no incident of anybody's. */
export interface LoadPlace {
  readonly municipality: string
  /** Residents. */
  readonly size: number
  readonly seed: number
  /** Scenario milliseconds to one real millisecond: touches, engine times and limits pass so much faster. */
  readonly clockFactor: number
  /** Real milliseconds in which sessions begin. */
  readonly durationMs: number
}

/** A Monday at the busiest hour, in the busiest season, when people move. Ours (`docs/parameters.md`). */
const DATE = '2023-03-27'
const START = '12:00:00'
/** Nothing changes at the counter under load, so that the links have nothing to carry. */
const LINK_EVERY_MS = 3_600_000

/**
 * The scene of a load: a municipality of so many people on an ordinary day.
 * @throws TorichigaeError USAGE for a municipality that is not in the seeds, or a load that would outlast the day
 */
export function loadScene({ municipality, size, seed, clockFactor, durationMs }: LoadPlace, { municipalities, profile }: Catalogue): Scene {
  if (!municipalities.has(municipality)) throw new TorichigaeError('USAGE', `--municipality is a code in seeds/municipalities.json, and "${municipality}" is none`)
  const endMs = timeOfDayMs(START) + durationMs * clockFactor
  if (endMs > timeOfDayMs(profile.hours.closes)) throw new TorichigaeError('USAGE', `--duration times --clock-factor goes on after ${profile.hours.closes}, when the service closes`)
  return {
    id: `load-${municipality}`,
    date: DATE,
    start: START,
    municipality,
    people: { seed, size, cast: {} },
    link: { everyMs: LINK_EVERY_MS },
    live: { clockFactor },
  }
}
