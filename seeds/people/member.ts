import type { Sex } from '../../contract/index.ts'
import type { CivilDay } from './civil-days.ts'
import type { Draw } from './keyed-random.ts'

/** Under whom a person stands in the family register (筆頭者): a member by index, or someone who does not live here. */
export type RegisteredUnder = number | 'absent'

/** How a member came to live here. */
export type Arrival = 'with-household' | 'by-marriage' | 'later'

/** A member of a household before names and dates of residence: who is what to the head, and how old. */
export interface Member {
  /** Relationship to the head of household (続柄) as the register writes it: a grandchild is 子の子. */
  readonly relation: string
  readonly sex: Sex
  readonly born: CivilDay
  /** Members with the same family share a family name (and, where `absent`, a family register). */
  readonly family: string
  /** `undefined` for foreign nationals. */
  readonly registeredUnder: RegisteredUnder | undefined
  readonly arrival: Arrival
}

/** What a household's composition is made from; the draw belongs to the household. */
export interface CompositionInput {
  readonly draw: Draw
  readonly today: CivilDay
}

/** The family whose name the household bears. */
export const HOUSE = 'house'

/** A member with the usual answers: of the house's family, registered under the first member, came with the household. */
export function member(
  relation: string,
  sex: Sex,
  born: CivilDay,
  other: { family?: string; registeredUnder?: RegisteredUnder; foreign?: boolean; arrival?: Arrival } = {},
): Member {
  return {
    relation,
    sex,
    born,
    family: other.family ?? HOUSE,
    registeredUnder: other.foreign === true ? undefined : (other.registeredUnder ?? 0),
    arrival: other.arrival ?? 'with-household',
  }
}
