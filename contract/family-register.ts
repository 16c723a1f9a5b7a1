import Type, { type Static } from 'typebox'
import { IsoDate, Sex } from './resident.ts'

/** A matter of a person in a family register, with its day: 出生 birth, 婚姻 marriage. */
export const FamilyMatter = Type.Object({ what: Type.Enum(['出生', '婚姻']), on: IsoDate })
export type FamilyMatter = Static<typeof FamilyMatter>

/**
 * One person in a family register. `id` is the key in the resident register of somebody who lives in the municipality, and of
 * others a key of the family register's own; it is never printed. `bornAs` is the relation to the parents (続柄): 長男, 二女.
 */
export const FamilyMember = Type.Object({
  id: Type.String(),
  name: Type.String(),
  birthDate: IsoDate,
  sex: Sex,
  father: Type.String(),
  mother: Type.String(),
  bornAs: Type.String(),
  matters: Type.Array(FamilyMatter, { minItems: 1 }),
  /** Where the person has lived since the register was made, the present address last: what the supplement (戸籍の附票) says. */
  addresses: Type.Array(Type.Object({ address: Type.String(), since: IsoDate }), { minItems: 1 }),
})
export type FamilyMember = Static<typeof FamilyMember>

/**
 * One family register (戸籍): registered domicile and head (筆頭者), by which it is asked for, and everybody in it, the head first.
 * `madeOn` is the day on which it was made (編製日). `version` is the only order between two states of it.
 */
export const FamilyRegister = Type.Object({
  id: Type.String(),
  municipality: Type.String(),
  domicile: Type.String(),
  head: Type.String(),
  madeOn: IsoDate,
  members: Type.Array(FamilyMember, { minItems: 1 }),
  version: Type.Integer({ minimum: 1 }),
})
export type FamilyRegister = Static<typeof FamilyRegister>
