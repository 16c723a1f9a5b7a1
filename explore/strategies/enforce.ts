import { kioskOf, type Ordering, type StepPoint } from '../../world/orderings.ts'
import type { PendingStep } from '../../world/simulated/step.ts'
import type { Strategy } from '../../world/simulated/strategy.ts'

/** More holds than this, and the orderings are taken to be impossible: the step goes on. */
const TIME_JUMPS = 10_000

/**
 * Follows `inner` (the default schedule, or a random one) but holds back what orderings say has to wait, as the live
 * world's gates do. A step is held for at most `withinMs` of scenario time.
 */
export function enforceOrderings(orderings: readonly Ordering[], inner: Strategy): Strategy {
  const open = new Set(orderings)
  const heldSinceMs = new Map<Ordering, number>()
  let innerJumps = inner.timeJumps
  return {
    timeJumps: TIME_JUMPS + inner.timeJumps,
    choose: (choice) => {
      const { ready, timer } = choice
      const nowMs = timer?.atMs ?? 0
      const mayGo = ready.map((step) => !isHeld(step, open, heldSinceMs, nowMs))
      const wanted = inner.choose({ ...choice, timeIsOpen: choice.timeIsOpen && innerJumps > 0 })
      if (wanted === ready.length) innerJumps -= 1
      const taken = mayGo[wanted] === false ? mayGo.indexOf(true) : wanted
      const chosen = taken >= 0 && taken < ready.length ? taken : timer === undefined ? 0 : ready.length
      const step = ready[chosen]
      if (step !== undefined) for (const ordering of open) if (isAt(ordering.first, step)) open.delete(ordering)
      return chosen
    },
  }
}

function isHeld(step: PendingStep, open: Set<Ordering>, heldSinceMs: Map<Ordering, number>, nowMs: number): boolean {
  let held = false
  for (const ordering of open) {
    if (!isAt(ordering.then, step)) continue
    const sinceMs = heldSinceMs.get(ordering) ?? nowMs
    heldSinceMs.set(ordering, sinceMs)
    if (nowMs - sinceMs > ordering.withinMs) open.delete(ordering)
    else held = true
  }
  return held
}

const isAt = (point: StepPoint, step: PendingStep): boolean =>
  step.name === point.step && kioskOf(step.process.application) === point.kiosk
