import { FAMILY_PER_SHEET, type FamilyMember, type FamilyPerson, type FamilyRegister, type FamilyRegisterSheet, type FamilyType, Refusal, type SupplementPerson, type SupplementSheet, type Wish } from '../../contract/index.ts'
import type { InFamilyRegister } from '../issuing/domicile-users.ts'
import type { SheetFrame, Unstamped } from './sheet-frame.ts'

/**
 * One copy of a certificate of a family register, or of its supplement.
 * @throws Refusal NOT_ENTITLED where somebody was chosen who does not stand in it
 */
export function familyRegisterForm(
  frame: SheetFrame,
  type: FamilyType,
  { domicile, head, madeOn, members }: FamilyRegister,
  applicant: InFamilyRegister,
  scope: Wish['scope'],
): readonly Unstamped<FamilyRegisterSheet | SupplementSheet>[] {
  const chosen = chosenOf(members, applicant, scope)
  const of = Math.ceil(chosen.length / FAMILY_PER_SHEET)
  const onSheet = (index: number): readonly FamilyMember[] => chosen.slice(index * FAMILY_PER_SHEET, (index + 1) * FAMILY_PER_SHEET)
  if (type === 'register-supplement') return Array.from({ length: of }, (_, index) => ({ type, k: index + 1, of, ...frame, domicile, head, persons: onSheet(index).map(inSupplement) }))
  return Array.from({ length: of }, (_, index) => ({
    type,
    k: index + 1,
    of,
    ...frame,
    domicile,
    head,
    madeOn,
    persons: onSheet(index).map(inRegister),
  }))
}

const inRegister = ({ name, birthDate, father, mother, bornAs, matters }: FamilyMember): FamilyPerson => ({ name, birthDate, father, mother, bornAs, matters })
const inSupplement = ({ name, birthDate, sex, addresses }: FamilyMember): SupplementPerson => ({ name, birthDate, sex, addresses })

/** The other system knows no keys of ours, so that the applicant is who has the name and the birth date. */
function chosenOf(members: readonly FamilyMember[], { name, birthDate }: InFamilyRegister, scope: Wish['scope']): readonly FamilyMember[] {
  if (scope === 'household') return members
  const chosen = members.filter((member) => (scope === 'applicant' ? member.name === name && member.birthDate === birthDate : scope.includes(member.id)))
  if (chosen.length !== (scope === 'applicant' ? 1 : scope.length)) throw new Refusal('NOT_ENTITLED')
  return chosen
}
