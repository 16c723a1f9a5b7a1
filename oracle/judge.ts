import type { History } from '../contract/index.ts'
import type { HistoryProblem } from '../contract/history-file.ts'
import type { Breach, Checker, Finding } from './checker.ts'
import { type HistoryIndex, indexHistory } from './index-of-history.ts'
import { CHECKERS } from './invariants/index.ts'
import { type Invariant, INVARIANTS, type Judgement, type Unknown, type Verdict, type Violation } from './judgement.ts'

/**
 * Says of a history whether what must hold held.
 *
 * 1. Each checker runs over the prepared history. A crash in one, or in preparing, is unknown and never a pass.
 * 2. A breach that rests on an event not being there counts only where the history cannot have lost that event.
 * 3. A violation outweighs everything. Without one, an unknown, a problem of the file or a run that did not end keeps the
 *    verdict from being a pass.
 * 4. On a black-box target the invariants that need events from inside are not observable; they are listed apart.
 *
 * @param problems what {@link readHistory} found wrong with the file; none by default.
 * @param checkers all invariants by default; others only to test the judge itself.
 */
export function judge(history: History, problems: readonly HistoryProblem[] = [], checkers: readonly Checker[] = CHECKERS): Judgement {
  const proceedings = new Proceedings(history, problems)
  const notObservable = history.header.world === 'target' ? checkers.filter(({ needs }) => needs === 'inside') : []
  const index = proceedings.prepare(history)
  for (const checker of checkers) {
    if (index !== undefined && !notObservable.includes(checker)) proceedings.hear(checker, index)
  }
  return proceedings.judgement(notObservable.map(({ name }) => name))
}

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error))

class Proceedings {
  private readonly violations: Violation[] = []
  private readonly unknowns: Unknown[] = []
  private readonly heard = new Set<Invariant>()
  /** Whether an event may be missing between the first and the last that were read. */
  private readonly mayHaveLost: { readonly earlier: boolean; readonly later: boolean }

  constructor(history: History, problems: readonly HistoryProblem[]) {
    const complete = history.footer?.complete === true
    const earlier = problems.some(({ kind }) => kind !== 'cut' && kind !== 'missing-footer')
    this.mayHaveLost = { earlier, later: earlier || problems.length > 0 || !complete }
    for (const { sentence } of problems) this.unknown('HISTORY', sentence)
    if (history.footer === undefined && problems.length === 0) this.unknown('HISTORY', 'The history has no footer, so its end may be missing.')
    if (history.footer?.complete === false) this.unknown('HISTORY', 'The run was interrupted, so what would have followed is not known.')
  }

  prepare(history: History): HistoryIndex | undefined {
    try {
      return indexHistory(history)
    } catch (error) {
      this.unknown('HISTORY', `Preparing the history for judging failed: ${reason(error)}.`)
      return undefined
    }
  }

  hear(checker: Checker, index: HistoryIndex): void {
    this.heard.add(checker.name)
    try {
      for (const finding of checker.check(index)) this.take(checker.name, finding)
    } catch (error) {
      this.unknown(checker.name, `The check failed: ${reason(error)}.`)
    }
  }

  judgement(notObservable: readonly Invariant[]): Judgement {
    const { violations, unknowns } = this
    const verdict: Verdict = violations.length > 0 ? 'violation' : unknowns.length > 0 ? 'unknown' : 'pass'
    const wrongPapers = violations.filter(({ invariant }) => invariant === 'SUBJECT').length
    const stalePapers = new Set(violations.filter(({ invariant }) => invariant === 'FRESH').map(({ application }) => application)).size
    return { verdict, violations, unknowns, checks: this.checks(), notObservable, wrongPapers, stalePapers }
  }

  private take(invariant: Invariant, finding: Finding): void {
    if ('unknown' in finding) this.unknown(invariant, finding.unknown)
    else if (finding.absent !== undefined && this.mayHaveLost[finding.absent]) this.unknown(invariant, this.withDoubt(finding))
    else {
      const { application, events, explanation } = finding
      this.violations.push({ invariant, ...(application === undefined ? {} : { application }), events, explanation })
    }
  }

  private withDoubt({ explanation, absent }: Breach): string {
    return `${explanation} But ${absent === 'earlier' ? 'events are missing from the history' : 'the history does not go on to the end'}, which may explain it.`
  }

  private checks(): Record<Invariant, Verdict> {
    const found = (list: readonly { readonly invariant: string }[]) => new Set(list.map(({ invariant }) => invariant))
    const violated = found(this.violations)
    const undecided = found(this.unknowns)
    const verdictOf = (name: Invariant): Verdict =>
      violated.has(name) ? 'violation' : undecided.has(name) || !this.heard.has(name) ? 'unknown' : 'pass'
    // `fromEntries` forgets which keys it was given; they are exactly the invariants.
    return Object.fromEntries(INVARIANTS.map((name) => [name, verdictOf(name)])) as Record<Invariant, Verdict>
  }

  private unknown(invariant: Unknown['invariant'], why: string): void {
    this.unknowns.push({ invariant, why })
  }
}
