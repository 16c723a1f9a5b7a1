import { TorichigaeError } from '../contract/index.ts'
import type { ArrivalProfile } from './arrival-profile.ts'
import { timeOfDayMs } from './script.ts'

const HOUR_MS = 3_600_000

/** A stretch of the day in which people come at one rate. */
export interface RatePiece {
  readonly fromMs: number
  readonly toMs: number
  /** Sessions in a millisecond of scenario time. */
  readonly perMs: number
}

/** Where and when people come: a municipality, and a day as `YYYY-MM-DD`. */
export interface PlaceAndDay {
  readonly municipality: string
  readonly date: string
}

/**
 * The natural rate of a municipality over a day, hour by hour while the service is open. What is published are certificates;
 * a session takes as many of them as copies are asked for.
 * @throws TorichigaeError BAD_FILE where `seeds/arrivals.json` has no figure for the municipality
 */
export function naturalPieces(profile: ArrivalProfile, { municipality, date }: PlaceAndDay): readonly RatePiece[] {
  const sessions = (naturalPerDay(profile, municipality) * weekdayFactor(profile, date)) / meanCopies(profile.mix.copies)
  const open = openHours(profile)
  const weightMs = open.reduce((sum, { fromMs, toMs, weight }) => sum + weight * (toMs - fromMs), 0)
  return open.map(({ fromMs, toMs, weight }) => ({ fromMs, toMs, perMs: (sessions * weight) / weightMs }))
}

/**
 * Certificates that a municipality issues in a day.
 * @throws TorichigaeError BAD_FILE where `seeds/arrivals.json` has no figure for it
 */
export function naturalPerDay({ certificatesPerDay }: ArrivalProfile, municipality: string): number {
  const perDay = certificatesPerDay[municipality]?.perDay
  if (perDay === undefined) throw new TorichigaeError('BAD_FILE', `seeds/arrivals.json at /certificatesPerDay: it has no figure for "${municipality}"`)
  return perDay
}

/** Sessions a second of scenario time that come there by nature at this time of day; 0 while the service is closed. */
export function naturalPerSecond(profile: ArrivalProfile, place: PlaceAndDay, atMs: number): number {
  const piece = naturalPieces(profile, place).find(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs)
  return (piece?.perMs ?? 0) * 1_000
}

/** Sessions that come there by nature between two times of the day. */
export const naturalSessions = (profile: ArrivalProfile, place: PlaceAndDay, fromMs: number, toMs: number): number =>
  naturalPieces(profile, place).reduce((sum, piece) => sum + piece.perMs * Math.max(0, Math.min(toMs, piece.toMs) - Math.max(fromMs, piece.fromMs)), 0)

/** Wrong papers in a million in 2023: what any rate found here is held against. */
export const wrongPerMillionOf2023 = ({ wrongOf2023: { papers, among } }: ArrivalProfile): number => (papers / among) * 1e6

/** Day of the week of an ISO date, 0 for Sunday. */
export const weekdayOf = (date: string): number => new Date(`${date}T00:00:00Z`).getUTCDay()

function weekdayFactor({ weekdays: { weights } }: ArrivalProfile, date: string): number {
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / weights.length
  return (weights[weekdayOf(date)] ?? mean) / mean
}

/** The mean number of copies, drawn by weights of 1, 2, 3, ... */
export function meanCopies(weights: readonly number[]): number {
  const sum = weights.reduce((total, weight) => total + weight, 0)
  return weights.reduce((total, weight, at) => total + weight * (at + 1), 0) / sum
}

function openHours({ hours: { opens, closes, from, weights } }: ArrivalProfile): { fromMs: number; toMs: number; weight: number }[] {
  const opensMs = timeOfDayMs(opens)
  const closesMs = timeOfDayMs(closes)
  return weights
    .map((weight, at) => ({ weight, fromMs: Math.max(opensMs, (from + at) * HOUR_MS), toMs: Math.min(closesMs, (from + at + 1) * HOUR_MS) }))
    .filter(({ fromMs, toMs }) => fromMs < toMs)
}
