import type { FaultKind } from '../../world/simulated/faults.ts'
import type { Choice, Deviation, Strategy } from '../../world/simulated/strategy.ts'

/**
 * A deviation told in a way that survives when others are left out: after the `count`th step of `after` it is `process`'s turn
 * with the step `name`. At the very beginning nobody has made a step.
 */
export interface Turn {
  readonly after: string
  readonly count: number
  readonly process: string
  readonly name: string
  readonly fault?: FaultKind
}

/** Counts whose step was the last, and the how many-th of theirs: no two places of a run have the same. */
export class Places {
  private readonly counts = new Map<string, number>()
  private last = ''

  /** Where a run stands now. */
  get now(): string {
    return place(this.last, this.counts.get(this.last) ?? 0)
  }

  made(process: string): void {
    this.last = process
    this.counts.set(process, (this.counts.get(process) ?? 0) + 1)
  }

  turn({ process, name, fault }: Deviation): Turn {
    const after = this.last
    return { after, count: this.counts.get(after) ?? 0, process, name, ...(fault === undefined ? {} : { fault }) }
  }
}

const place = (process: string, count: number): string => `${process} ${String(count)}`

/** The deviations of a run as turns. @param processes whose each of its steps was */
export function turnsOf(deviations: readonly Deviation[], processes: readonly string[]): Turn[] {
  const places = new Places()
  let step = 0
  return deviations.map((deviation) => {
    for (; step < deviation.step; step += 1) places.made(processes[step] ?? '')
    return places.turn(deviation)
  })
}

/** Follows the default schedule but for the turns given, and holds what they pass over; a turn that cannot be had is left out. */
export function guidedStrategy(turns: readonly Turn[]): Strategy {
  const byPlace = new Map(turns.map((turn) => [place(turn.after, turn.count), turn]))
  const places = new Places()
  let now: Turn | undefined
  return {
    timeJumps: turns.length,
    holds: true,
    choose: (choice) => {
      now = byPlace.get(places.now)
      const wanted = now === undefined ? -1 : placeOf(choice, now)
      if (wanted < 0) now = undefined
      const taken = wanted < 0 ? choice.byDefault : wanted
      places.made(choice.ready[taken]?.process.name ?? choice.timer?.process.name ?? '')
      return taken
    },
    fault: (offered) => (now?.fault !== undefined && offered.includes(now.fault) ? now.fault : undefined),
  }
}

/** Where in a choice the step of a turn is; -1 where it is not to be had. */
function placeOf({ ready, timer, timeIsOpen }: Choice, { process, name }: Turn): number {
  const at = ready.findIndex((step) => step.name === name && step.process.name === process)
  if (at >= 0 || timer === undefined || !timeIsOpen) return at
  return timer.words === name && timer.process.name === process ? ready.length : -1
}
