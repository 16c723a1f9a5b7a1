import type { HistoryEvent } from '../contract/index.ts'
import type { Metrics } from '../world/live/metrics.ts'
import type { Askers } from './askers.ts'
import { type Asker, ownershipOf } from './ownership.ts'

/** How many wrong papers were counted while a load went on, and how many the judge then found in the whole history. */
export interface WrongPrintCounts {
  readonly counted: number
  readonly judged: number
}

/**
 * Holds every paper against who asked for it when it comes out, so that `wrong_prints_total` is right while the load goes on
 * and not only when its history is judged. Everything it needs it sees at the kiosks.
 */
export class WrongPrints {
  private counted = 0
  private readonly asked = new Map<string, Asker>()

  constructor(
    private readonly askers: Askers,
    private readonly metrics: Metrics,
  ) {}

  /** Takes the next event of the history. */
  readonly take = (event: HistoryEvent): void => {
    if (event.type === 'invoke' && event.f === 'apply') this.asked.set(event.application, this.askers.asking(event.applicant, event.wish))
    if (event.f !== 'print' || event.type === 'invoke' || event.sheets.length === 0) return
    const asker = this.asked.get(event.application)
    // A paper that nobody asked for is nobody's own.
    if (asker === undefined || !ownershipOf(event.sheets, asker).owned) this.count(1)
  }

  /**
   * Holds the count against the judge's, which has the last word: papers that only the judge found wrong are counted now. A
   * counter cannot be taken back, so that one counted too much stays, and is seen in the report.
   */
  reconcile(judged: number): WrongPrintCounts {
    const { counted } = this
    if (judged > counted) this.count(judged - counted)
    return { counted, judged }
  }

  private count(papers: number): void {
    this.counted += papers
    this.metrics.countWrongPrint(papers)
  }
}
