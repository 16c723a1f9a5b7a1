import { describe, expect, it } from 'vitest'
import { createLiveClock, type LiveClock } from '../../../world/live/clock.ts'
import { Gates } from '../../../world/live/gates.ts'
import { LiveTask, NodeLife } from '../../../world/live/task.ts'
import type { Ordering } from '../../../world/orderings.ts'
import { virtualMs } from '../../../world/ports.ts'
import { DATE, NOON } from './live-subject.ts'

const WRITE = 'print: write work file print.img'
const READ = 'print: read work file print.img'
const B_WRITES_BEFORE_A_READS: Ordering = {
  first: { kiosk: 'b', step: WRITE },
  then: { kiosk: 'a', step: READ },
  withinMs: 10_000,
}

class Stage {
  readonly clock: LiveClock = createLiveClock({ startMs: NOON, date: DATE, factor: 1e-9 })
  readonly done: string[] = []
  readonly gates: Gates

  constructor(orderings: readonly Ordering[]) {
    this.gates = new Gates(orderings, this.clock)
  }

  /** Makes one step for an application of `kiosk`, noted in `done` when performed. */
  step(kiosk: string, step: string, perform: () => Promise<void> | void = () => undefined): Promise<void> {
    const application = `application-${kiosk}-1`
    const task = new LiveTask({ role: 'print', process: `print#${kiosk}`, application, gates: this.gates })
    return task.step(step, async () => {
      await perform()
      this.done.push(`${kiosk} ${step}`)
    })
  }

  pass(ms: number): Promise<void> {
    return this.clock.skipTo(virtualMs(this.clock.now() + ms))
  }
}

describe('a gate', () => {
  it('holds a step until the one before it has completed', async () => {
    const stage = new Stage([B_WRITES_BEFORE_A_READS])

    const read = stage.step('a', READ)
    await stage.pass(5_000)
    expect(stage.done).toEqual([])
    await stage.step('b', WRITE)
    await read

    expect(stage.done).toEqual([`b ${WRITE}`, `a ${READ}`])
    expect(stage.gates.report()).toEqual({ reached: [B_WRITES_BEFORE_A_READS], missed: [] })
  })

  it('holds until the other step is through, not until it begins', async () => {
    const stage = new Stage([B_WRITES_BEFORE_A_READS])
    let finish = (): void => undefined
    const slow = new Promise<void>((resolve) => {
      finish = resolve
    })

    const write = stage.step('b', WRITE, () => slow)
    const read = stage.step('a', READ)
    await stage.pass(5_000)
    expect(stage.done).toEqual([])
    finish()
    await Promise.all([write, read])

    expect(stage.done).toEqual([`b ${WRITE}`, `a ${READ}`])
  })

  it('lets a step pass whose predecessor has completed before', async () => {
    const stage = new Stage([B_WRITES_BEFORE_A_READS])

    await stage.step('b', WRITE)
    await stage.step('a', READ)

    expect(stage.gates.report().reached).toEqual([B_WRITES_BEFORE_A_READS])
  })

  it('is satisfied by a predecessor that failed: it is over all the same', async () => {
    const stage = new Stage([B_WRITES_BEFORE_A_READS])
    const read = stage.step('a', READ)

    await expect(stage.step('b', WRITE, () => Promise.reject(new Error('disk full')))).rejects.toThrow('disk full')
    await read

    expect(stage.done).toEqual([`a ${READ}`])
  })

  it('lets go when its time is over, and says that the ordering was missed', async () => {
    const stage = new Stage([B_WRITES_BEFORE_A_READS])

    const read = stage.step('a', READ)
    await stage.pass(9_999)
    expect(stage.done).toEqual([])
    await stage.pass(1)
    await read
    await stage.step('b', WRITE)

    expect(stage.gates.report()).toEqual({ reached: [], missed: [{ ordering: B_WRITES_BEFORE_A_READS, why: 'timed-out' }] })
  })

  it('holds nobody a second time once it is decided', async () => {
    const stage = new Stage([B_WRITES_BEFORE_A_READS])
    const read = stage.step('a', READ)
    await stage.pass(10_000)
    await read

    await stage.step('a', READ)

    expect(stage.done).toEqual([`a ${READ}`, `a ${READ}`])
  })

  it('holds neither other steps nor other kiosks', async () => {
    const stage = new Stage([B_WRITES_BEFORE_A_READS])

    await stage.step('a', WRITE)
    await stage.step('c', READ)

    expect(stage.done).toEqual([`a ${WRITE}`, `c ${READ}`])
    expect(stage.gates.report()).toEqual({ reached: [], missed: [{ ordering: B_WRITES_BEFORE_A_READS, why: 'not-seen' }] })
  })

  it('holds a step until all that have to come first are through', async () => {
    const alsoC: Ordering = { ...B_WRITES_BEFORE_A_READS, first: { kiosk: 'c', step: WRITE } }
    const stage = new Stage([B_WRITES_BEFORE_A_READS, alsoC])

    const read = stage.step('a', READ)
    await stage.step('b', WRITE)
    await stage.pass(100)
    expect(stage.done).toEqual([`b ${WRITE}`])
    await stage.step('c', WRITE)
    await read

    expect(stage.gates.report().reached).toHaveLength(2)
  })
})

describe('a task', () => {
  it('never learns of what it asked for before its node crashed', async () => {
    const life = new NodeLife()
    const task = new LiveTask({ role: 'print', process: 'print#1', life })
    const heard: string[] = []
    let finish = (): void => undefined
    const slow = new Promise<void>((resolve) => {
      finish = resolve
    })
    void task.step(READ, () => slow).finally(() => heard.push('read'))
    const failing = task.step(WRITE, () => slow.then(() => Promise.reject(new Error('disk full'))))
    failing.finally(() => heard.push('write')).catch(() => undefined)

    life.crash()
    finish()
    await new Promise((resolve) => setImmediate(resolve))
    void task.step(READ, () => heard.push('performed')).finally(() => heard.push('read again'))
    await new Promise((resolve) => setImmediate(resolve))

    expect(heard).toEqual([])
  })

  it('has undone what lies outside its memory when its node crashes, once, and unless it is done with', () => {
    const life = new NodeLife()
    const undone: string[] = []
    life.onDeath(() => undone.push('transaction'))
    life.onDeath(() => undone.push('finished conversion'))()

    life.crash()
    life.crash()

    expect(undone).toEqual(['transaction'])
  })
})
