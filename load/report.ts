import type { Judgement, Verdict } from '../oracle/index.ts'
import { wrongPerMillionOf2023 } from '../scenario/natural-rate.ts'
import type { ClientFigures } from './client-limit.ts'
import { latenciesOf, type PhaseLatencies } from './latencies.ts'
import { countsByMunicipality, linesOf, type MunicipalityLine } from './municipality-lines.ts'
import type { DrivenLoad } from './open-load.ts'
import type { Percentiles } from './percentiles.ts'
import type { Rate } from './rate.ts'
import { type Fault, type PerMillion, type Tally, tallyOf } from './tally.ts'
import { checkThresholds, type Limits, type Threshold } from './thresholds.ts'
import type { Venue } from './venue.ts'
import type { WrongPrintCounts } from './wrong-prints.ts'

/** What a load test found; `load --json` prints it as it is. Times are real milliseconds. */
export interface LoadReport extends Omit<Tally, 'perMillion'> {
  /** The judge's; where no paper came out there is nothing that a pass could be about, and it is unknown. */
  readonly verdict: Verdict
  readonly world: Venue['world']
  /** The target's server. */
  readonly target?: string
  /** Of a target what it says of itself. */
  readonly build: string
  /** Of who comes when, and for what; the people of a target have a seed of its own. */
  readonly seed: number
  readonly municipalities: readonly MunicipalityLine[]
  /** What people asked for, in a sentence. */
  readonly demand: string
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
  /** `wrong_prints_total` as papers came out, beside what the judge says of the whole history. */
  readonly wrongPrints: WrongPrintCounts
  readonly thresholds: readonly Threshold[]
  readonly client: ClientFigures
  readonly history: string
}

/** What a report needs to know of the run that its history does not say. */
export interface Ordered {
  readonly venue: Venue
  readonly seed: number
  readonly durationMs: number
  readonly kiosks: number
  readonly limits: Limits
}

/** Puts together what a judged load test found. */
export function loadReport({ history, begun, client, rate, wrongPrints, file }: DrivenLoad, judgement: Judgement, { venue, seed, durationMs, kiosks, limits }: Ordered): LoadReport {
  const { world, target, build, ground } = venue
  const { corrected, service, waitForKiosk, gaveUp } = latenciesOf(history, begun)
  const { perMillion, ...tally } = tallyOf(history, judgement)
  const { verdict, violations, unknowns } = judgement
  const first = violations.find(({ invariant }) => invariant === 'SUBJECT') ?? violations[0]
  const nothing = verdict === 'pass' && tally.papers === 0
  const unknown = nothing ? 'No paper came out, so that there was nothing to judge.' : unknowns[0]?.why
  return {
    verdict: nothing ? 'unknown' : verdict,
    world,
    ...(target === undefined ? {} : { target }),
    build,
    seed,
    demand: ground.profile.mix.source.says,
    municipalities: linesOf(ground, countsByMunicipality(history, judgement)),
    date: ground.date,
    start: ground.start,
    clockFactor: ground.clockFactor,
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
    ...(unknown === undefined ? {} : { unknown }),
    wrongPrints: wrongPrints.reconcile(tally.wrong),
    thresholds: checkThresholds(limits, { wrong: tally.wrong, p99Ms: corrected.applyToDocument.p99 }),
    client,
    history: file,
  }
}
