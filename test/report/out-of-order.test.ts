import { describe, expect, it } from 'vitest'
import { outOfOrderWords } from '../../report/story.ts'

const waits = { insteadOf: { process: 'kiosk:shop-1', name: 'kiosk: wait' } }

describe('how far a schedule is from the default one', () => {
  it.each([
    ['nothing', [], '0 of 214 steps had to be out of order'],
    ['somebody who waits, and time that passes early', [waits, {}], '2 of 214 steps had to be out of order'],
    ['a fault in its place', [{ fault: 'late-link' }], '0 of 214 steps had to be out of order, and 1 had to go wrong'],
    ['a fault for which somebody waits besides', [{ fault: 'stall', ...waits }, waits], '2 of 214 steps had to be out of order, and 1 had to go wrong'],
  ])('is told: %s', (_what, deviations, words) => {
    expect(outOfOrderWords(deviations, 214)).toBe(words)
  })
})
