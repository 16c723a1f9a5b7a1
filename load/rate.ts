import type { ArrivalProfile } from '../scenario/arrival-profile.ts'
import { naturalPerSecond } from '../scenario/natural-rate.ts'

/** A load's rate beside the natural one. */
export interface Rate {
  /** `accelerated`: more people than come by nature. */
  readonly kind: 'natural' | 'accelerated'
  readonly arrivals: 'constant' | 'poisson'
  /** Sessions a second of real time. */
  readonly perSecond: number
  /** Sessions a second of scenario time, in which engines work and limits pass. */
  readonly perScenarioSecond: number
  /** Sessions a second of scenario time that come by nature there and then; 0 while the service is closed. */
  readonly naturalPerScenarioSecond: number
  /** How many times the natural rate it is; null where that is 0. */
  readonly factor: number | null
}

/** What a chosen rate is held against. */
export interface Chosen extends Pick<Rate, 'arrivals' | 'perSecond'> {
  /** Codes of those from which people come. */
  readonly municipalities: readonly string[]
  readonly date: string
  readonly clockFactor: number
  /** Time of day, milliseconds since midnight. */
  readonly atMs: number
}

/** Holds a rate against the natural one of its municipalities together, at that day and time. */
export function rateOf(profile: ArrivalProfile, { arrivals, perSecond, clockFactor, atMs, municipalities, date }: Chosen): Rate {
  const perScenarioSecond = perSecond / clockFactor
  const natural = municipalities.reduce((sum, municipality) => sum + naturalPerSecond(profile, { municipality, date }, atMs), 0)
  const factor = natural === 0 ? null : perScenarioSecond / natural
  const kind = factor === null || factor > 1 ? 'accelerated' : 'natural'
  return { kind, arrivals, perSecond, perScenarioSecond, naturalPerScenarioSecond: natural, factor }
}
