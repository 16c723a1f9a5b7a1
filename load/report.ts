import type { Judgement, Verdict } from '../oracle/index.ts'
import { wrongPerMillionOf2023 } from '../scenario/natural-rate.ts'
import type { Ground, Scene } from '../scenario/setting.ts'
import type { ClientFigures } from './client-limit.ts'
import { latenciesOf, type PhaseLatencies } from './latencies.ts'
import type { DrivenLoad } from './live-load.ts'
import type { Percentiles } from './percentiles.ts'
import type { Rate } from './rate.ts'
import { type Fault, type PerMillion, type Tally, tallyOf } from './tally.ts'
import { checkThresholds, type Limits, type Threshold } from './thresholds.ts'

/** What a load test found; `load --json` prints it as it is. Times are real milliseconds. */
export interface LoadReport extends Omit<Tally, 'perMillion'> {
  readonly verdict: Verdict
  readonly world: 'live'
  readonly build: string
  readonly seed: number
  readonly municipality: { readonly code: string; readonly name: string }
  readonly date: string
  readonly start: string
  readonly clockFactor: number
  readonly durationMs: number
  readonly kiosks: number
  readonly rate: Rate
  /** From the intended start on. */
  readonly latencyMs: PhaseLatencies
  /** Each phase by itself. */
  readonly serviceMs: PhaseLatencies
  readonly waitForKioskMs: Percentiles
  readonly gaveUp: number
  /** In a million papers, each with its exact 95 % Poisson interval; `of2023` is what really happened. */
  readonly perMillion: Readonly<Record<Fault, PerMillion | null>> & { readonly of2023: number }
  /** Invariants that did not hold. */
  readonly broken: readonly string[]
  /** The first violation, explained; of a wrong paper if there is one. */
  readonly explained?: string
  /** Why something could not be decided. */
  readonly unknown?: string
  readonly thresholds: readonly Threshold[]
  readonly client: ClientFigures
  readonly history: string
}

/** What a report needs to know of the run that its history does not say. */
export interface Ordered {
  readonly ground: Ground<Scene>
  readonly durationMs: number
  readonly kiosks: number
  readonly limits: Limits
}

/** Puts together what a judged load test found. */
export function loadReport({ history, begun, client, rate, file }: DrivenLoad, judgement: Judgement, { ground, durationMs, kiosks, limits }: Ordered): LoadReport {
  const { corrected, service, waitForKiosk, gaveUp } = latenciesOf(history, begun)
  const { perMillion, ...tally } = tallyOf(history, judgement)
  const { build, seed, date, clockFactor } = history.header
  const { verdict, violations, unknowns } = judgement
  const first = violations.find(({ invariant }) => invariant === 'SUBJECT') ?? violations[0]
  const [unknown] = unknowns
  return {
    verdict,
    world: 'live',
    build,
    seed,
    municipality: { code: ground.municipality.code, name: ground.municipality.name },
    date,
    start: ground.incident.start,
    clockFactor,
    durationMs,
    kiosks,
    rate,
    ...tally,
    latencyMs: corrected,
    serviceMs: service,
    waitForKioskMs: waitForKiosk,
    gaveUp,
    perMillion: { ...perMillion, of2023: wrongPerMillionOf2023(ground.profile) },
    broken: [...new Set(violations.map(({ invariant }) => invariant))],
    ...(first === undefined ? {} : { explained: `${first.invariant}: ${first.explanation}` }),
    ...(unknown === undefined ? {} : { unknown: unknown.why }),
    thresholds: checkThresholds(limits, { wrong: tally.wrong, p99Ms: corrected.applyToDocument.p99 }),
    client,
    history: file,
  }
}
