import fc from 'fast-check'
import type { Municipality } from '../contract/index.ts'
import type { PopulationOptions } from '../seeds/people/index.ts'

/** What a population is made from (`generatePopulation`): smaller ones first, and any seed. @param sizeMax 1,000 by default */
export const populations = (municipality: Municipality, sizeMax = 1_000): fc.Arbitrary<Required<PopulationOptions>> =>
  fc.record({
    seed: fc.integer(),
    size: fc.integer({ min: 0, max: sizeMax }),
    municipality: fc.constant(municipality),
    today: fc.date({ min: new Date('1990-01-01'), max: new Date('2040-12-31'), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10)),
  })
