import { describe, expect, it } from 'vitest'
import { type VirtualMs, virtualMs } from '../../../world/ports.ts'
import { runIn, type Subject } from './subject.ts'

export interface ClockSetting {
  readonly date: string
  readonly startMs: VirtualMs
}

const NOON: ClockSetting = { date: '2023-03-27', startMs: virtualMs(12 * 3_600_000) }
const LAST_TENTH_OF_THE_DAY = virtualMs(24 * 3_600_000 - 100)

/** What every `Clock` has to do. */
export function describeClockContract(name: string, makeSubject: (setting: ClockSetting) => Subject | Promise<Subject>): void {
  describe(`the clock of ${name}`, () => {
    it('begins at the time and day of the setting', () =>
      runIn(makeSubject(NOON), async ({ clock }) => {
        expect(clock.now()).toBeGreaterThanOrEqual(NOON.startMs)
        expect(clock.now()).toBeLessThan(NOON.startMs + 60_000)
        expect(clock.today()).toBe(NOON.date)
        await Promise.resolve()
      }))

    it('never ends a sleep early', () =>
      runIn(makeSubject(NOON), async ({ clock }) => {
        for (const ms of [0, 1, 7, 100]) {
          const before = clock.now()
          await clock.sleep(ms)
          expect(clock.now() - before).toBeGreaterThanOrEqual(ms)
        }
      }))

    it('never fires a timer early, and fires it once', () =>
      runIn(makeSubject(NOON), async ({ clock }) => {
        const before = clock.now()
        const firedAt: number[] = []
        clock.after(50, 'fire', () => firedAt.push(clock.now() - before))
        await clock.sleep(500)
        expect(firedAt).toHaveLength(1)
        expect(firedAt[0]).toBeGreaterThanOrEqual(50)
      }))

    it('fires timers in the order of their times, whatever the order of setting', () =>
      runIn(makeSubject(NOON), async ({ clock }) => {
        const fired: string[] = []
        clock.after(300, 'late', () => fired.push('late'))
        clock.after(100, 'early', () => fired.push('early'))
        clock.after(200, 'middle', () => fired.push('middle'))
        await clock.sleep(600)
        expect(fired).toEqual(['early', 'middle', 'late'])
      }))

    it('fires timers of one instant in the order of setting', () =>
      runIn(makeSubject(NOON), async ({ clock }) => {
        const fired: number[] = []
        for (let n = 0; n < 10; n += 1) clock.after(100, `timer ${String(n)}`, () => fired.push(n))
        await clock.sleep(300)
        expect(fired).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
      }))

    it('does not fire a cancelled timer', () =>
      runIn(makeSubject(NOON), async ({ clock }) => {
        const fired: string[] = []
        const cancelled = clock.after(100, 'cancelled', () => fired.push('cancelled'))
        clock.after(100, 'kept', () => fired.push('kept'))
        cancelled.cancel()
        await clock.sleep(300)
        cancelled.cancel()
        expect(fired).toEqual(['kept'])
      }))

    it('does not fire a timer that an earlier one of the same instant cancelled', () =>
      runIn(makeSubject(NOON), async ({ clock }) => {
        const fired: string[] = []
        const first = clock.after(100, 'first', () => {
          fired.push('first')
          second.cancel()
        })
        const second = clock.after(100, 'second', () => fired.push('second'))
        await clock.sleep(300)
        first.cancel()
        expect(fired).toEqual(['first'])
      }))

    it('lets tasks sleep side by side', async () => {
      const woken: string[] = []
      await runIn(
        makeSubject(NOON),
        async ({ clock }) => {
          await clock.sleep(400)
          woken.push('long')
        },
        async ({ clock }) => {
          await clock.sleep(100)
          woken.push('short')
        },
      )
      expect(woken).toEqual(['short', 'long'])
    })

    it.each([
      ['2023-03-27', '2023-03-28'],
      ['2023-12-31', '2024-01-01'],
      ['2023-02-28', '2023-03-01'],
      ['2024-02-28', '2024-02-29'],
    ])('turns from %s to %s at midnight', (date, next) =>
      runIn(makeSubject({ date, startMs: LAST_TENTH_OF_THE_DAY }), async ({ clock }) => {
        expect(clock.today()).toBe(date)
        await clock.sleep(100)
        expect(clock.today()).toBe(next)
      }),
    )
  })
}
