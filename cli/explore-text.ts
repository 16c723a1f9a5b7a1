import type { History } from '../contract/index.ts'
import type { Arena } from '../explore/arena.ts'
import type { Minimal, ToldDeviation } from '../explore/minimal.ts'
import { COMPLETIONS } from '../explore/completions.ts'
import type { SearchEnd, Tally } from '../explore/search.ts'
import type { Verdict } from '../oracle/index.ts'
import { outOfOrderWords, storyOf } from '../report/story.ts'
import type { ScriptEntry } from '../scenario/script.ts'
import type { StepPoint } from '../world/orderings.ts'
import { FAULT_KINDS, type FaultKind } from '../world/simulated/faults.ts'
import { columns, paragraph } from './terminal.ts'

/** A search that has ended, and what came of it. */
export interface Explored {
  readonly arena: Arena
  readonly seed: number
  readonly end: SearchEnd
  readonly minimal: Minimal | undefined
  readonly searchedS: number
}

/** Of the runs, so many may fail to end or to be decided before a search that found nothing is no pass. */
const UNKNOWN_SHARE_MAX = 0.001

/** A search that found nothing passes as far as it went, unless too many of its runs could not be decided. */
export function verdictOf({ end: { tally, failing } }: Explored): Verdict {
  if (failing !== undefined) return 'violation'
  return tally.schedules === 0 || unknowns(tally.unknown) > tally.schedules * UNKNOWN_SHARE_MAX ? 'unknown' : 'pass'
}

/** In one order, whichever thread met which kind first. */
const faultCounts = ({ faults }: Tally): [FaultKind, number][] => FAULT_KINDS.flatMap((kind) => (faults.has(kind) ? [[kind, faults.get(kind) ?? 0]] : []))

const unknowns = (counts: ReadonlyMap<string, number>): number => [...counts.values()].reduce((sum, count) => sum + count, 0)

/** What `--json` prints. */
export function exploreJson(explored: Explored): object {
  const { arena, seed, end, minimal, searchedS } = explored
  const { tally, failing } = end
  const found = {
    verdict: verdictOf(explored),
    build: arena.named.name,
    scenario: arena.scenario.id,
    seed,
    goal: arena.named.goal,
    schedules: tally.schedules,
    steps: tally.steps,
    seconds: Math.round(searchedS * 10) / 10,
    distinctTraces: tally.traces.size,
    stepNames: tally.stepNames.size,
    faults: Object.fromEntries(faultCounts(tally)),
    unknown: Object.fromEntries(tally.unknown),
  }
  if (failing === undefined || minimal === undefined) return found
  const { invariant, application, explanation } = minimal.found.violation
  const { script } = minimal.arena.scenario
  return {
    ...found,
    drawn: failing.draw,
    violation: { invariant, application, explanation, broken: minimal.found.broken },
    minimal: {
      people: peopleOf(script).length,
      kiosks: kiosksOf(script).length,
      script,
      faults: minimal.deviations.filter(({ fault }) => fault !== undefined).length,
      deviations: minimal.deviations,
      steps: minimal.attempt.steps,
      says: outOfOrderWords(minimal.deviations, minimal.attempt.steps),
      orderings: minimal.orderings,
      completions: { failed: minimal.completionsFailed, of: COMPLETIONS, ...minimal.completing },
    },
    token: minimal.token,
  }
}

const peopleOf = (script: readonly ScriptEntry[]): string[] => [...new Set(script.flatMap((entry) => ('who' in entry ? [entry.who] : [])))]
const kiosksOf = (script: readonly ScriptEntry[]): string[] => [...new Set(script.flatMap((entry) => ('kiosk' in entry ? [entry.kiosk] : [])))]

/** What a reader is told. */
export function exploreText(explored: Explored): string {
  const { minimal } = explored
  const parts = [summary(explored)]
  if (minimal === undefined) parts.push(`${verdictOf(explored)}: nothing was found in these schedules.`)
  else parts.push(...minimalText(minimal), minimal.token)
  return `${parts.join('\n\n')}\n`
}

function summary({ arena, seed, end: { tally, failing }, searchedS }: Explored): string {
  const rate = searchedS > 0 ? tally.schedules / searchedS : 0
  const faults = faultCounts(tally).map(([kind, count]) => `${kind} ${count.toLocaleString('en')}`)
  const lines = [
    `build ${arena.named.name}, scenario ${arena.scenario.id}, seed ${String(seed)}; looked for: ${arena.named.goal.length === 0 ? 'anything broken' : arena.named.goal.join(' with ')}`,
    `${tally.schedules.toLocaleString('en')} schedules of ${tally.steps.toLocaleString('en')} steps, ${rate.toFixed(0)} a second; ${tally.traces.size.toLocaleString('en')} distinct traces, ${String(tally.stepNames.size)} step names`,
    `faults that happened: ${faults.length === 0 ? 'none' : faults.join(', ')}`,
    `not decided: ${unknowns(tally.unknown) === 0 ? 'none' : [...tally.unknown].map(([why, count]) => `${why} ${String(count)}`).join(', ')}`,
  ]
  if (failing !== undefined) {
    const { strategy, depth, delays, timeChance, faults: kinds } = failing.draw
    const of = [strategy, ...(depth === undefined ? [] : [`depth ${String(depth)}`]), ...(delays === undefined ? [] : [`${String(delays)} delays`]), ...(timeChance === undefined ? [] : [`time ${String(timeChance)}`])]
    lines.push(`drawn for run ${String(failing.run)}: ${of.join(', ')}; faults on: ${kinds.length === 0 ? 'none' : kinds.join(', ')}`)
  }
  return lines.map((line) => paragraph(line)).join('\n')
}

function minimalText(minimal: Minimal): string[] {
  const { attempt, arena, found, deviations } = minimal
  const { script } = arena.scenario
  const small = `${outOfOrderWords(deviations, attempt.steps)}. People ${String(peopleOf(script).length)}, kiosks ${String(kiosksOf(script).length)}, entries of the script ${String(script.length)}.`
  return [
    paragraph(`${found.violation.invariant}: ${found.violation.explanation}`),
    storyText(attempt.history, deviations),
    paragraph(small),
    orderingText(minimal),
  ]
}

/** A history in columns, person by person. */
export function storyText(history: History, deviations: readonly ToldDeviation[]): string {
  const { heads, rows } = storyOf(history, deviations)
  return columns([heads, ...rows])
}

function orderingText({ orderings, completionsFailed: failed, completing: { withLatency, obeying } }: Minimal): string {
  const of = String(COMPLETIONS)
  if (failed < COMPLETIONS) return paragraph(`No orderings between steps were found that suffice by themselves: of ${of} random completions ${String(failed)} failed alike.`)
  const which = withLatency ? 'calls taking time in every other one' : 'where no call takes time; where calls do, some go well'
  const lines = orderings.map(({ first, then }) => paragraph(`${pointWords(first)}, before ${pointWords(then)}`, 2))
  if (lines.length === 0) return paragraph(`It needs no ordering: all of ${of} random completions failed alike, ${which}.`)
  return [paragraph(`This suffices (${of} of ${of} random completions ${obeying ? 'that obey it' : 'under it, which may be no more than a delay,'} failed alike, ${which}):`), ...lines].join('\n')
}

function pointWords({ kiosk, step, nth }: StepPoint): string {
  const which = nth === undefined ? '' : ` (number ${String(nth)} of its kind)`
  return `${step}${kiosk === undefined ? '' : ` for ${kiosk}`}${which}`
}
