import { type Municipality, TorichigaeError } from '../contract/index.ts'
import type { Catalogue } from '../scenario/catalogue.ts'
import { naturalPieces } from '../scenario/natural-rate.ts'
import { timeOfDayMs } from '../scenario/script.ts'
import type { Build } from '../services/build.ts'

/** Where a load is to be put on, in a system of this process. */
export interface LoadPlaces {
  /** Codes of municipalities, and of the builds that run there. */
  readonly municipalities: readonly { readonly code: string; readonly build: string }[]
  /** Residents of each. */
  readonly size: number
  readonly seed: number
  /** Scenario milliseconds to one real millisecond: touches, engine times and limits pass so much faster. */
  readonly clockFactor: number
  /** Real milliseconds in which sessions begin. */
  readonly durationMs: number
}

/** The scene of a load, which is no incident of anybody's. */
export interface LoadScene extends Pick<LoadPlaces, 'size' | 'seed' | 'clockFactor'> {
  readonly id: string
  readonly date: string
  readonly start: string
  readonly sites: readonly { readonly municipality: Municipality; readonly build: Build }[]
}

/** A Monday at the busiest hour, in the busiest season, when people move. Ours (`docs/parameters.md`). */
const DATE = '2023-03-27'
const START = '12:00:00'
/** Nothing changes at the counter under load, so that the links have nothing to carry. */
export const QUIET_LINK = { everyMs: 3_600_000, seals: { everyMs: 3_600_000, pageMs: 0, transferMs: 0 } }
/** A run's folder is named after its municipalities, as long as the name is a short one. */
const NAMED_MAX = 3

/**
 * The scene of a load: municipalities of so many people each on an ordinary day.
 * @throws TorichigaeError UNKNOWN_MUNICIPALITY, UNKNOWN_BUILD; BAD_FILE for a municipality where nobody knows how many come;
 * USAGE for a load that would outlast the day
 */
export function loadScene({ municipalities, size, seed, clockFactor, durationMs }: LoadPlaces, catalogue: Catalogue): LoadScene {
  const { profile } = catalogue
  const sites = municipalities.map(({ code, build }) => {
    const municipality = catalogue.municipalities.get(code)
    if (municipality === undefined) throw new TorichigaeError('UNKNOWN_MUNICIPALITY', code)
    naturalPieces(profile, { municipality: code, date: DATE })
    return { municipality, build: catalogue.build(build) }
  })
  const endMs = timeOfDayMs(START) + durationMs * clockFactor
  if (endMs > timeOfDayMs(profile.hours.closes)) throw new TorichigaeError('USAGE', `--duration times --clock-factor goes on after ${profile.hours.closes}, when the service closes`)
  const codes = municipalities.map(({ code }) => code)
  const id = `load-${codes.length > NAMED_MAX ? `${String(codes.length)}-municipalities` : codes.join('+')}`
  return { id, date: DATE, start: START, size, seed, clockFactor, sites }
}
