import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { defaultStrategy } from '../../../explore/strategies/default.ts'
import { virtualMs } from '../../../world/ports.ts'
import { Scheduler, type SchedulerOptions } from '../../../world/simulated/scheduler.ts'
import type { RunEnd } from '../../../world/simulated/scheduling.ts'
import type { Choice } from '../../../world/simulated/strategy.ts'

/** A task that can be made to die. */
const owner = (name: string) => ({ name, node: { name }, application: undefined, alive: true })
const begin = (options: Partial<SchedulerOptions> = {}) => new Scheduler({ startMs: virtualMs(0), strategy: defaultStrategy(), ...options })

/** A step of `process` as a promise. */
const step = (scheduler: Scheduler, process: ReturnType<typeof owner>, name = 'step'): Promise<void> =>
  new Promise((perform) => {
    scheduler.submit({ process, name, touch: {}, perform })
  })
const forMs = (scheduler: Scheduler, process: ReturnType<typeof owner>, ms: number): Promise<void> =>
  new Promise((fire) => void scheduler.after(ms, 'wait', process, fire))
const errorOf = (end: RunEnd): unknown => (end.end === 'failed' ? end.error : undefined)

describe('a scheduler', () => {
  it('performs what was asked of it before its run', async () => {
    const scheduler = begin()
    const task = owner('task')
    const waited = Promise.all([step(scheduler, task), forMs(scheduler, task, 5)])

    expect(await scheduler.run(async () => { await waited })).toEqual({ end: 'finished' })
    expect([scheduler.nowMs, scheduler.stepCount]).toEqual([5, 2])
  })

  it('waits for a run that takes its time before it asks for the first step', async () => {
    const scheduler = begin()

    const end = await scheduler.run(async () => {
      for (let n = 0; n < 5; n++) await Promise.resolve()
      await step(scheduler, owner('task'))
    })

    expect(end).toEqual({ end: 'finished' })
  })

  it('takes no step of the dead, asked for before or after, and goes on with the others', async () => {
    const scheduler = begin()
    const [living, dying] = [owner('living'), owner('dying')]
    const performed: string[] = []
    const noted = (process: typeof living, name: string) => void step(scheduler, process, name).then(() => performed.push(name))

    await scheduler.run(async () => {
      noted(living, 'one')
      noted(dying, 'before')
      dying.alive = false
      scheduler.dropDead()
      noted(dying, 'after')
      await forMs(scheduler, living, 10)
    })

    expect(performed).toEqual(['one'])
  })

  it('keeps the first failure, whatever follows', async () => {
    const thrown = new Error('later')
    const leak = (): void => {
      try {
        setTimeout(() => undefined, 1)
      } catch {
        // A careless body goes on.
      }
    }
    const finishing = await begin().run(() => Promise.resolve(leak()))
    const throwing = await begin().run(async () => {
      await Promise.resolve(leak())
      throw thrown
    })

    expect(errorOf(finishing)).toMatchObject({ code: 'REAL_IO' })
    expect(errorOf(throwing)).toMatchObject({ code: 'REAL_IO' })
  })

  it('fails of a timer that something from outside sets between two slices', async () => {
    const scheduler = begin()
    const task = owner('task')

    const end = await scheduler.run(async () => {
      void readFile(import.meta.filename).then(() => scheduler.after(1, 'wait', task, () => undefined))
      for (let n = 0; n < 1_000_000; n++) await step(scheduler, task)
    })

    expect(errorOf(end)).toMatchObject({ code: 'REAL_IO', detail: expect.stringContaining('"wait" was set') as string })
  })

  it('tells its guard of the beginning and the end of each slice, and leaves the program as it was', async () => {
    const told: string[] = []
    const listeners = process.rawListeners('unhandledRejection')
    const scheduler = begin({ guard: { enter: () => told.push('enter'), leave: () => told.push('leave') } })

    await scheduler.run(async () => { await step(scheduler, owner('task')) })

    expect(told.length).toBeGreaterThan(0)
    expect(told).toEqual(told.map((_, at) => (at % 2 === 0 ? 'enter' : 'leave')))
    expect(told.at(-1)).toBe('leave')
    expect(process.rawListeners('unhandledRejection')).toEqual(listeners)
    expect(() => { clearTimeout(setTimeout(() => undefined, 1)) }).not.toThrow()
  })

  it('leaves time open where nothing else is, with a budget of no jumps', async () => {
    const offered: Pick<Choice, 'timeIsOpen' | 'ready'>[] = []
    const choose = ({ timeIsOpen, ready, byDefault }: Choice): number => {
      offered.push({ timeIsOpen, ready: [...ready] })
      return byDefault
    }
    const scheduler = begin({ strategy: { timeJumps: 0, choose } })
    const task = owner('task')

    await scheduler.run(async () => {
      await Promise.all([step(scheduler, task), forMs(scheduler, task, 5)])
    })

    expect(offered.map(({ timeIsOpen, ready }) => [timeIsOpen, ready.length])).toEqual([[false, 1], [true, 0]])
  })

  it('fails, and says so, where time is chosen and no timer is set', async () => {
    const scheduler = begin({ strategy: { timeJumps: 9, choose: ({ ready }) => ready.length } })

    const end = await scheduler.run(() => step(scheduler, owner('task')))

    expect(errorOf(end)).toMatchObject({ message: 'time was chosen, and no timer is set' })
  })
})
