import { FAMILY_PER_SHEET, type FamilyMember, type FamilyRegister, type FamilyRegisterSheet, Refusal, type Resident, type Wish } from '../../contract/index.ts'
import type { SheetFrame, Unstamped } from './sheet-frame.ts'

/**
 * One copy of a family register's certificate.
 * @throws Refusal NOT_ENTITLED where somebody was chosen who does not stand in it
 */
export function familyRegisterForm(
  frame: SheetFrame,
  type: FamilyRegisterSheet['type'],
  { domicile, head, madeOn, members }: FamilyRegister,
  applicant: Resident,
  scope: Wish['scope'],
): readonly Unstamped<FamilyRegisterSheet>[] {
  const persons = chosenOf(members, applicant, scope).map(({ id: _never, ...person }) => person)
  const of = Math.ceil(persons.length / FAMILY_PER_SHEET)
  return Array.from({ length: of }, (_, index) => ({
    type,
    k: index + 1,
    of,
    ...frame,
    domicile,
    head,
    madeOn,
    persons: persons.slice(index * FAMILY_PER_SHEET, (index + 1) * FAMILY_PER_SHEET),
  }))
}

/** The other system knows no keys of ours, so that the applicant is who has the name and the birth date. */
function chosenOf(members: readonly FamilyMember[], { name, birthDate }: Resident, scope: Wish['scope']): readonly FamilyMember[] {
  if (scope === 'household') return members
  const chosen = members.filter((member) => (scope === 'applicant' ? member.name === name && member.birthDate === birthDate : scope.includes(member.id)))
  if (chosen.length !== (scope === 'applicant' ? 1 : scope.length)) throw new Refusal('NOT_ENTITLED')
  return chosen
}
