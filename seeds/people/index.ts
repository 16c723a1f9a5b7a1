/** Invented people: a municipality's resident register made from a seed, and roles of an incident cast from it. */
export { castPeople, type Cast } from './cast.ts'
export { familyRegistersOf } from './families.ts'
export { keyedRandom, type Draw } from './keyed-random.ts'
export { individualNumberCheckDigit, recordCodeCheckDigits } from './numbers.ts'
export { DEFAULT_POPULATION_SIZE, generatePopulation, householdStream, populationStream, type PopulationOptions } from './population.ts'
export { NO_PREVIOUS_ADDRESS } from './residence.ts'
export { taxRecordsOf } from './taxes.ts'
export { otherImpression, sealsOf, sealsOfHousehold } from './seals.ts'
