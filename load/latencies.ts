import type { History } from '../contract/index.ts'
import type { Begun } from './open-loop.ts'
import { LatencyHistogram, type Percentiles } from './percentiles.ts'
import { type Phase, PHASES, type SessionTimes, sessionTimes } from './phases.ts'

/** Percentiles in real milliseconds, phase by phase. */
export type PhaseLatencies = Readonly<Record<Phase, Percentiles>>

export interface Latencies {
  /** From the intended start on: how late a session began is added to each of its phases. */
  readonly corrected: PhaseLatencies
  /** As long as the phase itself took. */
  readonly service: PhaseLatencies
  /** How long people waited for a free kiosk. */
  readonly waitForKiosk: Percentiles
  /** Sessions in which the certificate never came; how long they waited is among `applyToDocument`. */
  readonly gaveUp: number
}

/**
 * Measures a run by its history, in real milliseconds. A load that waits until the system has time for it would measure only
 * the good moments (coordinated omission); so each phase also counts from when it would have begun had the session begun
 * at its intended start.
 * @param begun what the driver saw; a session it knows nothing of has begun when it was meant to
 */
export function latenciesOf({ header, events }: History, begun: readonly Begun[]): Latencies {
  const seen = new Map<string, Begun[]>()
  for (const each of begun) seen.set(each.kiosk, [...(seen.get(each.kiosk) ?? []), each])
  const nth = new Map<string, number>()
  const sessions = sessionTimes(events)
  const service = new Gathered()
  const corrected = new Gathered()
  const waits = new LatencyHistogram()
  for (const session of sessions) {
    const at = nth.get(session.kiosk) ?? 0
    nth.set(session.kiosk, at + 1)
    const driven = seen.get(session.kiosk)?.[at]
    const lateMs = driven === undefined ? 0 : Math.max(0, session.beganMs - driven.intendedMs)
    if (driven !== undefined) waits.record((session.beganMs - driven.reachedMs) / header.clockFactor)
    service.add(session, 0, header.clockFactor)
    corrected.add(session, lateMs, header.clockFactor)
  }
  return {
    corrected: corrected.percentiles,
    service: service.percentiles,
    waitForKiosk: waits.percentiles,
    gaveUp: sessions.filter(({ gaveUp }) => gaveUp).length,
  }
}

class Gathered {
  private readonly histograms = new Map(PHASES.map((phase) => [phase, new LatencyHistogram()]))

  add({ tookMs }: SessionTimes, lateMs: number, clockFactor: number): void {
    for (const [phase, ms] of tookMs) this.histograms.get(phase)?.record((ms + lateMs) / clockFactor)
  }

  get percentiles(): PhaseLatencies {
    // `fromEntries` forgets which keys it was given; they are exactly the phases.
    return Object.fromEntries([...this.histograms].map(([phase, { percentiles }]) => [phase, percentiles])) as PhaseLatencies
  }
}
