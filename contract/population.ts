import Type, { type Static } from 'typebox'
import { IsoDate, Resident } from './resident.ts'
import { SealRegistration } from './seal.ts'

/**
 * The most people of one municipality: beyond some 3.6 million two households could share an address, and only one city of
 * Japan is larger.
 */
export const POPULATION_SIZE_MAX = 3_000_000

/** The first line of a population file: what made these people, and whose register it is. */
export const PopulationHeader = Type.Object({
  schema: Type.Literal('torichigae-population/1'),
  /** The version of torichigae that wrote it. */
  tool: Type.String(),
  seed: Type.Integer(),
  /** How many people. */
  size: Type.Integer({ minimum: 0, maximum: POPULATION_SIZE_MAX }),
  /** Its code. */
  municipality: Type.String(),
  /** The day on which the registers are as they stand here. */
  day: IsoDate,
})
export type PopulationHeader = Static<typeof PopulationHeader>

/** All that is registered of one household (世帯): its residents, the head first, and their seals. */
export const Household = Type.Object({
  household: Type.String(),
  residents: Type.Array(Resident, { minItems: 1 }),
  seals: Type.Array(SealRegistration),
})
export type Household = Static<typeof Household>

/** The last line of a population file. */
export const PopulationFooter = Type.Object({
  footer: Type.Literal(true),
  households: Type.Integer({ minimum: 0 }),
  people: Type.Integer({ minimum: 0 }),
  seals: Type.Integer({ minimum: 0 }),
  /** SHA-256 over every line before it, each with its line feed. */
  digest: Type.String({ pattern: '^sha256:[0-9a-f]{64}$' }),
})
export type PopulationFooter = Static<typeof PopulationFooter>
