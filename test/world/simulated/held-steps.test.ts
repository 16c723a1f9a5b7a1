import { describe, expect, it } from 'vitest'
import { virtualMs } from '../../../world/ports.ts'
import { HeldSteps } from '../../../world/simulated/held-steps.ts'
import { NOTHING, type PendingStep, type StepOwner } from '../../../world/simulated/step.ts'
import { HOLD_MS } from '../../../world/simulated/strategy.ts'
import { TimerHeap } from '../../../world/simulated/timers.ts'

const owner = (name: string): StepOwner => ({ name, node: { name }, application: undefined, alive: true })
const step = (name: string, process = owner(name)): PendingStep => ({ process, name, touch: NOTHING, perform: () => undefined })
const [one, two, three] = [step('one'), step('two'), step('three')]
const timerAt = (atMs: number) => new TimerHeap().set(virtualMs(atMs), 'rings', owner('clock'), () => undefined)

describe('what comes next where some are held', () => {
  it('is whoever is not held, first who ran last, else the longest waiting', () => {
    const held = new HeldSteps()
    held.hold(one, 0)

    expect(held.defaultChoice([one, two, three], undefined, 0, timerAt(5))).toBe(1)
    expect(held.defaultChoice([one, two, three], three.process, 0, timerAt(5))).toBe(2)
    expect(held.defaultChoice([one, two, three], one.process, 0, timerAt(5))).toBe(1)
  })

  it('is time, where all are held and a timer comes sooner, else the one that is held for the shortest', () => {
    const held = new HeldSteps()
    held.hold(one, 2_000)
    held.hold(two, 0)
    held.hold(three, 1_000)

    expect(held.defaultChoice([one, two, three], undefined, 2_000, timerAt(HOLD_MS - 1))).toBe(3)
    expect(held.defaultChoice([one, two, three], undefined, 2_000, timerAt(HOLD_MS))).toBe(1)
    expect(held.defaultChoice([one, two, three], undefined, 2_000, undefined)).toBe(1)
    expect(held.defaultChoice([one, three], undefined, 2_000, undefined)).toBe(1)
    expect(held.defaultChoice([three, one], undefined, 2_000, undefined)).toBe(0)
  })

  it('of two held until the same time is the one that has waited longer', () => {
    const held = new HeldSteps()
    held.hold(one, 0)
    held.hold(two, 0)

    expect(held.defaultChoice([one, two], undefined, 0, undefined)).toBe(0)
    expect(held.defaultChoice([two, one], undefined, 0, undefined)).toBe(0)
  })

  it('is held until its time and no longer', () => {
    const held = new HeldSteps()
    held.hold(one, 0)

    expect(held.defaultChoice([one, two], one.process, HOLD_MS - 1, undefined)).toBe(1)
    expect(held.defaultChoice([one, two], one.process, HOLD_MS, undefined)).toBe(0)
  })

  it('is not held any more once it was taken', () => {
    const held = new HeldSteps()
    held.hold(one, 0)
    expect(held.size).toBe(1)

    held.release(one)

    expect(held.size).toBe(0)
    expect(held.defaultChoice([one, two], undefined, 0, undefined)).toBe(0)
  })
})
