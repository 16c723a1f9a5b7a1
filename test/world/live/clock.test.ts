import { describe, expect, it } from 'vitest'
import { createLiveClock, type LiveClock, taskClock } from '../../../world/live/clock.ts'
import { NodeLife } from '../../../world/live/task.ts'
import { virtualMs } from '../../../world/ports.ts'
import { type ClockSetting, describeClockContract } from '../contract/clock.ts'
import type { Subject } from '../contract/subject.ts'
import { DATE, NOON, onSkippedClock, printTask, worldWith } from './live-subject.ts'

/** On a clock that really runs. */
function running(setting: ClockSetting): Subject {
  const clock = createLiveClock({ ...setting, factor: 10 })
  return {
    run: async (...bodies) => {
      await Promise.all(bodies.map((body, index) => {
        const task = printTask(index)
        return body(worldWith(task, { clock: taskClock(clock, task) }))
      }))
    },
    close: () => {
      clock.close()
      return Promise.resolve()
    },
  }
}

describeClockContract('the live world, running', running)
describeClockContract('the live world, skipped from timer to timer', (setting) => onSkippedClock(() => ({}), setting))

describe('the live clock', () => {
  const standing = (settled?: () => Promise<void>): LiveClock =>
    createLiveClock({ startMs: NOON, date: DATE, factor: 1e-9, ...(settled === undefined ? {} : { settled }) })

  it('runs by its factor', async () => {
    const clock = createLiveClock({ startMs: NOON, date: DATE, factor: 50 })
    const began = performance.now()

    await clock.sleep(1_000)

    expect(performance.now() - began).toBeGreaterThanOrEqual(19)
    expect(clock.now()).toBeGreaterThanOrEqual(NOON + 1_000)
    clock.close()
  })

  it('is exactly where it was skipped to', async () => {
    const clock = standing()

    await clock.skipTo(virtualMs(NOON + 86_400_000))

    expect(clock.now()).toBe(NOON + 86_400_000)
    expect(clock.today()).toBe('2023-03-28')
  })

  it('does nothing when skipped to a time that is past', async () => {
    const clock = standing()

    await clock.skipTo(virtualMs(NOON - 1_000))

    expect(clock.now()).toBe(NOON)
  })

  it('fires the timers on the way at their times, also those that these set', async () => {
    const clock = standing()
    const fired: [string, number][] = []
    const note = (word: string) => (): unknown => fired.push([word, clock.now() - NOON])
    clock.after(3_600_000, 'hourly', () => {
      note('hourly')()
      clock.after(3_600_000, 'hourly again', note('hourly again'))
    })
    clock.after(5_400_000, 'between', note('between'))
    clock.after(9_000_000, 'beyond', note('beyond'))

    await clock.skipTo(virtualMs(NOON + 8_000_000))

    expect(fired).toEqual([['hourly', 3_600_000], ['between', 5_400_000], ['hourly again', 7_200_000]])
    expect(clock.now()).toBe(NOON + 8_000_000)
    clock.close()
  })

  it('lets what a timer set off settle before it goes on', async () => {
    const order: string[] = []
    const clock = standing(() => Promise.resolve().then(() => void order.push('settled')))
    clock.after(100, 'one', () => order.push('one'))
    clock.after(200, 'two', () => order.push('two'))

    await clock.skipTo(virtualMs(NOON + 1_000))

    expect(order).toEqual(['one', 'settled', 'two', 'settled'])
  })

  it('does not fire a task\'s timers and sleeps once its node has crashed', async () => {
    const clock = standing()
    const life = new NodeLife()
    const fired: string[] = []
    const { after, sleep } = taskClock(clock, printTask(1, undefined, life))
    after(100, 'limit', () => fired.push('timer'))
    void sleep(100).then(() => fired.push('sleep'))

    life.crash()
    await clock.skipTo(virtualMs(NOON + 1_000))

    expect(fired).toEqual([])
  })

  it('refuses a factor that is not above 0', () => {
    expect(() => createLiveClock({ startMs: NOON, date: DATE, factor: 0 })).toThrow(RangeError)
  })
})
