import Type, { type Static } from 'typebox'
import { IsoDate } from './resident.ts'

/** Where a test system says of itself that it is one. A real centre has no such path, so that no load is sent to it by mistake. */
export const TEST_SYSTEM_PATH = '/v1/test-system'

/**
 * What a test system is: enough for a client to know that it is none of the real ones, and to make its people and their cards
 * anew from the seed.
 */
export const TestSystem = Type.Object({
  testSystem: Type.Literal(true),
  name: Type.Literal('torichigae'),
  seed: Type.Integer(),
  /** Residents of each municipality. */
  size: Type.Integer({ minimum: 1 }),
  /** The scenario's first day: the registers are as of then. */
  date: IsoDate,
  /** Scenario time when it was asked: milliseconds since midnight of `date`. */
  nowMs: Type.Number(),
  /** Scenario milliseconds to one real millisecond. */
  clockFactor: Type.Number({ exclusiveMinimum: 0 }),
  municipalities: Type.Array(Type.Object({ code: Type.String(), build: Type.String() })),
})
export type TestSystem = Static<typeof TestSystem>
