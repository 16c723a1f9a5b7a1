import type { CounterOperation } from '../../oracle/states.ts'

/** An operation at the counter that began at one event and ended at another. */
export const operation = (invokedI: number, endedI: number): CounterOperation => ({
  invokedI,
  ended: { i: endedI, atMs: endedI * 1000, process: 'counter', type: 'ok', f: 'counter', operation: 'correct', residents: [] },
})
