import { kindOf, kioskOf, type Ordering, StepCounts, type StepPoint } from '../orderings.ts'
import type { Clock, Timer } from '../ports.ts'

export interface GatesReport {
  /** Orderings in which `first` had completed when `then` went on. */
  readonly reached: readonly Ordering[]
  /** `timed-out`: `first` did not complete in time. `not-seen`: one of the two never came. */
  readonly missed: readonly { readonly ordering: Ordering; readonly why: 'timed-out' | 'not-seen' }[]
}

/** One ordering while the run goes on. It is decided once and then holds nobody any more. */
class Gate {
  thenSeen = false
  firstCompleted = false
  outcome: 'open' | 'reached' | 'timed-out' = 'open'
  private timer: Timer | undefined
  private readonly held: (() => void)[] = []

  constructor(readonly ordering: Ordering) {}

  /** Resolves when `then` may go on. */
  hold(clock: Clock): Promise<void> {
    const { withinMs, first, then } = this.ordering
    this.timer ??= clock.after(withinMs, `gate: "${then.step}" no longer waits for "${first.step}"`, () => {
      this.decide('timed-out')
    })
    return new Promise((resolve) => this.held.push(resolve))
  }

  decide(outcome: 'reached' | 'timed-out'): void {
    this.outcome = outcome
    this.timer?.cancel()
    for (const release of this.held.splice(0)) release()
  }
}

/**
 * Hold and release at step names: how the live world enforces the orderings that the simulated one found. A `then` call is
 * held until its `first` has completed, at most `withinMs`. The gates name no cause and change no data: they only make
 * somebody wait, as a slow disk or a busy machine would.
 */
export class Gates {
  private readonly firsts = new Map<string, Gate[]>()
  private readonly thens = new Map<string, Gate[]>()
  private readonly gates: readonly Gate[]
  private readonly begun = new StepCounts()
  private readonly ended = new StepCounts()

  /** @param clock of the run, not of a task: its timers must not be held themselves. */
  constructor(
    orderings: readonly Ordering[],
    private readonly clock: Clock,
  ) {
    this.gates = orderings.map((ordering) => new Gate(ordering))
    for (const gate of this.gates) {
      append(this.firsts, gate.ordering.first, gate)
      append(this.thens, gate.ordering.then, gate)
    }
  }

  /** To be awaited before the call; `undefined` where nothing holds it. */
  before(step: string, application: string | undefined): Promise<void> | undefined {
    const kiosk = kioskOf(application)
    const gates = this.thens.get(pointKey({ step, kiosk, nth: this.begun.add(step, kiosk) }))
    if (gates === undefined) return undefined
    const holds: Promise<void>[] = []
    for (const gate of gates) {
      gate.thenSeen = true
      if (gate.outcome !== 'open') continue
      if (gate.firstCompleted) gate.decide('reached')
      else holds.push(gate.hold(this.clock))
    }
    return holds.length === 0 ? undefined : Promise.all(holds).then(() => undefined)
  }

  /** To be called when the call has completed, well or badly. */
  after(step: string, application: string | undefined): void {
    const kiosk = kioskOf(application)
    for (const gate of this.firsts.get(pointKey({ step, kiosk, nth: this.ended.add(step, kiosk) })) ?? []) {
      gate.firstCompleted = true
      if (gate.outcome === 'open' && gate.thenSeen) gate.decide('reached')
    }
  }

  /** What came of the orderings so far. */
  report(): GatesReport {
    const missed = this.gates.flatMap(({ ordering, outcome }) =>
      outcome === 'reached' ? [] : [{ ordering, why: outcome === 'open' ? ('not-seen' as const) : outcome }],
    )
    return { reached: this.gates.filter(({ outcome }) => outcome === 'reached').map(({ ordering }) => ordering), missed }
  }
}

const pointKey = ({ step, kiosk, nth = 1 }: StepPoint): string => `${kindOf(step, kiosk)}\n${String(nth)}`

function append(index: Map<string, Gate[]>, point: StepPoint, gate: Gate): void {
  const key = pointKey(point)
  index.set(key, [...(index.get(key) ?? []), gate])
}
