import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ProcessorSharing } from '../../world/engine-sharing.ts'

const SEED = 20230327

/** Runs conversions to their ends and says when each was done. */
function ends(capacity: number, starts: readonly { readonly id: string; readonly atMs: number; readonly workMs: number }[]): Record<string, number> {
  const sharing = new ProcessorSharing(capacity)
  const waiting = [...starts].sort((a, b) => a.atMs - b.atMs)
  const done: Record<string, number> = {}
  for (let nowMs = 0; ; ) {
    const next = sharing.next(nowMs)
    const start = waiting[0]
    if (start !== undefined && (next === undefined || start.atMs <= next.atMs)) {
      nowMs = start.atMs
      sharing.start(start.id, start.workMs, nowMs)
      waiting.shift()
    } else if (next !== undefined) {
      nowMs = next.atMs
      done[next.id] = nowMs
      sharing.stop(next.id, nowMs)
    } else return done
  }
}

describe('processor sharing', () => {
  it('runs one conversion at full speed', () => {
    expect(ends(1, [{ id: 'a', atMs: 1_000, workMs: 300 }])).toEqual({ a: 1_300 })
  })

  it('halves the speed of two on an engine for one', () => {
    expect(ends(1, [{ id: 'a', atMs: 0, workMs: 300 }, { id: 'b', atMs: 0, workMs: 300 }])).toEqual({ a: 600, b: 600 })
  })

  it('gives the rest of the work full speed again', () => {
    // Halves until a is done at 400; b has 200 of 400 left then.
    expect(ends(1, [{ id: 'a', atMs: 0, workMs: 200 }, { id: 'b', atMs: 0, workMs: 400 }])).toEqual({ a: 400, b: 600 })
  })

  it('slows down a conversion that others join, by what is left of it', () => {
    // a alone until 100 (200 left), halves until 300 (100 left), thirds from then: a and b have 100 and 200 left.
    const starts = [{ id: 'a', atMs: 0, workMs: 300 }, { id: 'b', atMs: 100, workMs: 300 }, { id: 'c', atMs: 300, workMs: 300 }]
    expect(ends(1, starts)).toEqual({ a: 600, b: 800, c: 900 })
  })

  it('slows nobody down up to capacity, and shares evenly above', () => {
    expect(ends(2, [{ id: 'a', atMs: 0, workMs: 100 }, { id: 'b', atMs: 0, workMs: 200 }])).toEqual({ a: 100, b: 200 })
    expect(ends(2, ['a', 'b', 'c'].map((id) => ({ id, atMs: 0, workMs: 200 })))).toEqual({ a: 300, b: 300, c: 300 })
  })

  it('puts the one started first before another that is done at the same instant', () => {
    const sharing = new ProcessorSharing(1)
    sharing.start('z', 100, 0)
    sharing.start('a', 100, 0)

    expect(sharing.next(0)).toEqual({ id: 'z', atMs: 200 })
    sharing.stop('z', 200)
    expect(sharing.next(200)).toEqual({ id: 'a', atMs: 200 })
  })

  it('frees the share of a conversion that is killed', () => {
    const sharing = new ProcessorSharing(1)
    sharing.start('a', 400, 0)
    sharing.start('b', 400, 0)

    sharing.stop('a', 100)

    expect(sharing.next(100)).toEqual({ id: 'b', atMs: 450 })
  })

  it('is done at once with a conversion of no work, and knows of none when there is none', () => {
    const sharing = new ProcessorSharing(1)
    expect(sharing.next(5)).toBeUndefined()

    sharing.start('a', 0, 5)

    expect(sharing.next(7)).toEqual({ id: 'a', atMs: 7 })
  })

  it('does not mind being told to stop what is not under way', () => {
    const sharing = new ProcessorSharing(1)
    sharing.start('a', 100, 0)

    sharing.stop('b', 50)

    expect(sharing.next(50)).toEqual({ id: 'a', atMs: 100 })
    expect(sharing.active).toBe(1)
  })

  it('refuses an engine for nobody, and one conversion twice', () => {
    expect(() => new ProcessorSharing(0)).toThrow(RangeError)
    expect(() => new ProcessorSharing(Number.NaN)).toThrow(RangeError)
    const sharing = new ProcessorSharing(1)
    sharing.start('a', 100, 0)
    expect(() => { sharing.start('a', 100, 0) }).toThrow(RangeError)
  })

  const someStarts = fc
    .array(fc.record({ atMs: fc.integer({ min: 0, max: 2_000 }), workMs: fc.integer({ min: 1, max: 1_000 }) }), { minLength: 1, maxLength: 12 })
    .map((starts) => starts.map((start, n) => ({ ...start, id: `c${String(n)}` })))

  it(`conserves work: an engine for one is busy for exactly as long as there is work (seed ${String(SEED)})`, () => {
    fc.assert(
      fc.property(someStarts, (starts) => {
        let busyUntilMs = 0
        for (const { atMs, workMs } of [...starts].sort((a, b) => a.atMs - b.atMs)) busyUntilMs = Math.max(busyUntilMs, atMs) + workMs
        expect(Math.max(...Object.values(ends(1, starts)))).toBeCloseTo(busyUntilMs, 5)
      }),
      { seed: SEED },
    )
  })

  it(`is never faster than full speed, nor slower than everybody at once for ever (seed ${String(SEED)})`, () => {
    fc.assert(
      fc.property(someStarts, fc.integer({ min: 1, max: 4 }), (starts, capacity) => {
        const done = ends(capacity, starts)
        for (const { id, atMs, workMs } of starts) {
          const tookMs = (done[id] ?? NaN) - atMs
          expect(tookMs).toBeGreaterThanOrEqual(workMs - 1e-6)
          expect(tookMs).toBeLessThanOrEqual(workMs * Math.max(1, starts.length / capacity) + 1e-6)
        }
      }),
      { seed: SEED },
    )
  })

  it(`comes to the same ends however often it is asked in between (seed ${String(SEED)})`, () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 2, maxLength: 6 }), fc.array(fc.integer({ min: 0, max: 200 })), (works, looks) => {
        const [asked, left] = [new ProcessorSharing(1), new ProcessorSharing(1)]
        works.forEach((workMs, n) => {
          asked.start(String(n), workMs, 0)
          left.start(String(n), workMs, 0)
        })
        const untilMs = Math.min(...works) * works.length
        for (const look of [...looks].sort((a, b) => a - b)) if (look <= untilMs) asked.next(look)
        expect(asked.next(0)?.id).toBe(left.next(0)?.id)
        expect(asked.next(0)?.atMs).toBeCloseTo(left.next(0)?.atMs ?? NaN, 6)
      }),
      { seed: SEED },
    )
  })
})
