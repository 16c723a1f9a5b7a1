import { type Household, type Municipality, POPULATION_SIZE_MAX, type Resident } from '../../contract/index.ts'
import { planBlock } from './deck.ts'
import { makeHousehold, registerOf } from './household.ts'
import { sealsOfHousehold } from './seals.ts'

/** Which people to invent. */
export interface PopulationOptions {
  /** Any safe integer; the same seed gives the same people for ever. */
  readonly seed: number
  /**
   * How many people, exactly; default 10,000, at most {@link POPULATION_SIZE_MAX}. Any 200 in a row have all that a block of `deck.ts` promises. Eight-person
   * households and protected families come about every 720 people, the first of them among the first 94.
   */
  readonly size?: number
  readonly municipality: Municipality
  /** ISO day on which the register is as generated; nothing in it is later. */
  readonly today: string
}

/** People where no size is given: a small town. */
export const DEFAULT_POPULATION_SIZE = 10_000

/** The whole register as a list, household by household, heads first. @throws RangeError as {@link populationStream}. */
export function generatePopulation(options: PopulationOptions): Resident[] {
  const population: Resident[] = []
  for (const household of populationStream(options)) population.push(...household)
  return population
}

/**
 * The same register household by household, in flat memory. A smaller size gives the beginning of a larger one, except
 * that a last household too large for the people left is replaced by people living alone.
 * @throws RangeError where size is no natural number up to {@link POPULATION_SIZE_MAX}, seed no safe integer or today no date.
 */
export function* populationStream(options: PopulationOptions): Generator<readonly Resident[], void, undefined> {
  const { seed, size = DEFAULT_POPULATION_SIZE, municipality } = options
  if (!Number.isSafeInteger(size) || size < 0) throw new RangeError(`size ${String(size)} is no natural number`)
  if (size > POPULATION_SIZE_MAX) throw new RangeError(`size ${String(size)} is more than ${String(POPULATION_SIZE_MAX)}`)
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

/** The same with what each household has in the seal register: everything that is registered of a population, in flat memory. */
export function* householdStream(options: PopulationOptions): Generator<Household, void, undefined> {
  for (const residents of populationStream(options)) {
    const [head] = residents
    if (head === undefined) continue
    const seals = sealsOfHousehold(residents, options.seed, options.today)
    yield { household: head.household, residents: [...residents], seals }
  }
}
