import type { FamilyMember, FamilyRegister, FamilyRegisterSheet, PersonOnSheet, SupplementSheet } from '../contract/index.ts'
import { listIn } from './states.ts'

/** Somebody, and the family register in which he or she stands. */
export interface InFamily {
  readonly family: FamilyRegister
  readonly member: FamilyMember
}

/** The family registers as they stood at the beginning; no operation at the counter changes them. Filled once, then only read. */
export class Families {
  private readonly byMember = new Map<string, InFamily>()
  private readonly byName = new Map<string, InFamily[]>()

  add(family: FamilyRegister): void {
    for (const member of family.members) {
      const found = { family, member }
      this.byMember.set(member.id, found)
      listIn(this.byName, member.name).push(found)
    }
  }

  /** Keys of everybody in the register in which this person stands; nobody where the person stands in none. */
  circleOf(id: string): readonly string[] {
    return this.byMember.get(id)?.family.members.map((member) => member.id) ?? []
  }

  nameOf(id: string): string | undefined {
    return this.byMember.get(id)?.member.name
  }

  birthDateOf(id: string): string | undefined {
    return this.byMember.get(id)?.member.birthDate
  }

  /** Whose block this may be: everybody whose entry, and register, agree with all that the sheet visibly says. */
  fitting(sheet: FamilyRegisterSheet | SupplementSheet, person: PersonOnSheet): readonly InFamily[] {
    const fits = sheet.type === 'register-supplement' ? fitsSupplement : fitsMember
    return (this.byName.get(person.name) ?? []).filter(({ family, member }) => fitsRegister(sheet, family) && fits(person, member))
  }
}

const fitsRegister = (sheet: FamilyRegisterSheet | SupplementSheet, family: FamilyRegister): boolean =>
  sheet.domicile === family.domicile && sheet.head === family.head && (sheet.type === 'register-supplement' || sheet.madeOn === family.madeOn)

function fitsSupplement({ birthDate, sex, addresses = [] }: PersonOnSheet, member: FamilyMember): boolean {
  const agree = birthDate === member.birthDate && sex === member.sex && addresses.length === member.addresses.length
  return agree && addresses.every(({ address, since }, at) => address === member.addresses[at]?.address && since === member.addresses[at].since)
}

function fitsMember({ birthDate, father, mother, bornAs, matters = [] }: PersonOnSheet, member: FamilyMember): boolean {
  const agree = birthDate === member.birthDate && father === member.father && mother === member.mother && bornAs === member.bornAs
  return agree && matters.length === member.matters.length && matters.every(({ what, on }, at) => what === member.matters[at]?.what && on === member.matters[at].on)
}
