import type { History } from '../contract/index.ts'
import { clockTime, narrate } from './narrative.ts'

/** A statement about what really happened, as an incident's file has it. */
export interface StatedFact {
  /** When: a day, or a day with one time or several (`2023-06-28T14:30, 14:35+09:00`); may be empty. */
  readonly at: string
  readonly says: string
  readonly publisher: string
  readonly published: string
  readonly where: string
  /** Published, derived from what was, or ours. */
  readonly kind: string
}

/** One line of a timeline: at a time of the day, what is known and what the replay did. */
export interface TimelineEntry {
  /** Milliseconds since midnight; absent for a fact of which no time of that day is known. */
  readonly atMs?: number
  /** Number of the fact in the list of sources, from 1. */
  readonly fact?: number
  readonly process?: string
  readonly sentence: string
}

/**
 * What was published and what a replay did, against the clock of the day: facts of which no time is known first, then all by their
 * time, a fact before what happened in the replay at the same minute. A fact is never more than what its source says, and the replay
 * never more than a reconstruction; the two stand beside each other and are not merged.
 * @param date the day of the replay
 */
export function timelineOf(facts: readonly StatedFact[], history: History, date: string): TimelineEntry[] {
  const stated = facts.map(({ at, says }, index): TimelineEntry => {
    const atMs = timeOn(at, date)
    return { ...(atMs === undefined ? {} : { atMs }), fact: index + 1, sentence: says }
  })
  const played = narrate(history).map(({ atMs, process, sentence }): TimelineEntry => ({ atMs, process, sentence }))
  return [...stated, ...played].sort((one, other) => (one.atMs ?? -1) - (other.atMs ?? -1))
}

const TIME_OF_DAY = /T(\d{2}):(\d{2})/

/** The first time that is stated of that day. */
function timeOn(at: string, date: string): number | undefined {
  const [, hours, minutes] = at.startsWith(date) ? (TIME_OF_DAY.exec(at) ?? []) : []
  return hours === undefined || minutes === undefined ? undefined : (Number(hours) * 60 + Number(minutes)) * 60_000
}

/** Rows of a table: time, what is known with the number of its source, what the replay did. */
export const timelineRows = (entries: readonly TimelineEntry[]): string[][] =>
  entries.map(({ atMs, fact, process, sentence }) => [
    atMs === undefined ? '' : clockTime(atMs).slice(0, 8),
    fact === undefined ? '' : `[${String(fact)}] ${sentence}`,
    fact === undefined ? `${process ?? ''}: ${sentence}` : '',
  ])

/** The sources by their numbers, and what kind of statement each is. */
export const sourceLines = (facts: readonly StatedFact[]): string[] =>
  facts.map(({ kind, publisher, published, where, at }, index) => {
    const source = kind === 'ours' ? 'ours: nobody published it' : `${kind}: ${[publisher, published, where].filter((part) => part !== '').join(', ')}`
    return `[${String(index + 1)}] ${source}${at === '' ? '' : ` (of ${at})`}`
  })
