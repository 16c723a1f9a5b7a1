import { describe, expect, it } from 'vitest'
import { clientFigures, LoopWatch, TOLERANCE } from '../../load/client-limit.ts'
import type { Begun } from '../../load/open-loop.ts'

const calm = { p50: 0, p99: 1, max: 2 }
/** A hundred sessions, so many of them reached by the driver that late; real milliseconds. */
const hundred = (late: number, lateMs: number, clockFactor = 20): Begun[] =>
  Array.from({ length: 100 }, (_, index) => ({ index, kiosk: 'shop-1', intendedMs: 1_000, reachedMs: 1_000 + (index < late ? lateMs : 0) * clockFactor }))

describe('the client', () => {
  it('is no limit where it keeps to its schedule', () => {
    expect(clientFigures(hundred(0, 0), 20, calm)).toEqual({ lateMs: { p50: 0, p99: 0, max: 0 }, loopDelayMs: calm, limited: false })
  })

  it('is no limit by one late session in a hundred, and is one by two', () => {
    expect(clientFigures(hundred(1, 500), 20, calm).limited).toBe(false)
    expect(clientFigures(hundred(2, 500), 20, calm)).toMatchObject({ limited: true, why: expect.stringMatching(/began one session in a hundred (499|500|501) ms or more after its time, and 250 ms/) as string })
  })

  it('is tolerated up to the tolerance and not beyond', () => {
    expect(clientFigures(hundred(50, TOLERANCE.lateMs - 1), 20, calm).limited).toBe(false)
    expect(clientFigures(hundred(50, TOLERANCE.lateMs + 1), 20, calm).limited).toBe(true)
  })

  it('is one where its event loop was held up', () => {
    expect(clientFigures(hundred(0, 0), 20, { p50: 1, p99: 251, max: 400 })).toMatchObject({ limited: true, why: expect.stringContaining('event loop') as string })
  })
})

describe('the watch over the event loop', () => {
  it('sees that it was held up, without the distance at which it looks', async () => {
    const watch = new LoopWatch()
    watch.start()
    // It counts from its first look on.
    await new Promise((resolve) => setTimeout(resolve, 30))
    const until = performance.now() + 200
    while (performance.now() < until);
    await new Promise((resolve) => setTimeout(resolve, 30))
    const { p50, max } = watch.end()

    expect(max!).toBeGreaterThan(150)
    expect(p50!).toBeLessThan(max!)
  })
})
