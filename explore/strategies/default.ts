import type { Strategy } from '../../world/simulated/strategy.ts'

/** The deterministic default schedule, run-to-block: no deviations at all. */
export const defaultStrategy = (): Strategy => ({ timeJumps: 0, choose: ({ byDefault }) => byDefault })
