import type { Municipality, Resident } from '../../contract/index.ts'
import { planBlock } from './deck.ts'
import { makeHousehold, registerOf } from './household.ts'

/** Which people to invent. */
export interface PopulationOptions {
  /** Any safe integer; the same seed gives the same people for ever. */
  readonly seed: number
  /**
   * How many people, exactly; default 1000. Any 200 in a row have all that a block of `deck.ts` promises. Eight-person
   * households and protected families come about every 720 people, the first of them among the first 94.
   */
  readonly size?: number
  readonly municipality: Municipality
  /** ISO day on which the register is as generated; nothing in it is later. */
  readonly today: string
}

const DEFAULT_SIZE = 1_000

/** The whole register as a list, household by household, heads first. @throws RangeError as {@link populationStream}. */
export function generatePopulation(options: PopulationOptions): Resident[] {
  const population: Resident[] = []
  for (const household of populationStream(options)) population.push(...household)
  return population
}

/**
 * The same register household by household, in flat memory. A smaller size gives the beginning of a larger one, except
 * that a last household too large for the people left is replaced by people living alone.
 * @throws RangeError where size is no natural number, seed no safe integer or today no date.
 */
export function* populationStream(options: PopulationOptions): Generator<readonly Resident[], void, undefined> {
  const { seed, size = DEFAULT_SIZE, municipality } = options
  if (!Number.isSafeInteger(size) || size < 0) throw new RangeError(`size ${String(size)} is no natural number`)
  if (!Number.isSafeInteger(seed)) throw new RangeError(`seed ${String(seed)} is no safe integer`)
  const register = registerOf(seed, municipality, options.today)
  let ordinal = 1
  for (let block = 0; ordinal <= size; block += 1) {
    for (const plan of planBlock(seed, municipality.code, block)) {
      const left = size - ordinal + 1
      if (left === 0) return
      const planned = makeHousehold(register, plan, ordinal)
      const alone = { number: plan.number, kind: 'single', restricted: false } as const
      const household = planned.length <= left ? planned : makeHousehold(register, alone, ordinal)
      yield household
      ordinal += household.length
    }
  }
}
