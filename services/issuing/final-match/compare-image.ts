import { type Image, isFamilyType, isOfFamily, isOfTaxes, isTaxType, type PersonOnSheet, personsOn, Refusal, readSheet, type Resident, type Sheet, type Wish } from '../../../contract/index.ts'
import type { World } from '../../../world/ports.ts'
import type { Application } from '../applications.ts'
import { domicileUserFor, type InFamilyRegister } from '../domicile-users.ts'
import { applicantInReplica, entitledPersons } from '../entitlement.ts'
import type { FinalMatchFactory } from './final-match.ts'

/**
 * The remedy announced in July 2023: compare print data with the applicant, and stop the print if they do not agree. It
 * reads the image that is about to be handed over, not what was meant to be in it: every sheet has to bear the
 * application's issue number and the address on the card, and the people on it have to be those who were chosen. A family register has
 * to be the one in which the replica, or the registration for use of somebody who lives elsewhere, says that the applicant stands, and the applicant in it; who else does, only the other system
 * knows. Taxes show the address of 1 January. What else is old about the right people's data it does not see.
 */
export const compareImage: FinalMatchFactory = () => ({
  async check(world, application, image) {
    const agreed = image !== undefined && (await agrees(world, application, image))
    if (world.application !== undefined) world.history.record({ type: 'info', f: 'comparison', application: world.application, agreed })
    if (!agreed) throw new Refusal('PRINT_MISMATCH')
  },
})

async function agrees(world: World, { applicant: { resident, face, elsewhere }, wish, issueNumber }: Application, image: Image): Promise<boolean> {
  const printed = await world.engine.read(image)
  const { applicant, chosen } = elsewhere === true ? { applicant: (await domicileUserFor(world, resident, wish)).user, chosen: [] } : await applicantWithChosen(world, resident, wish)
  const readings = printed.map(readSheet)
  const sheets = readings.flatMap((reading) => ('unreadable' in reading ? [] : [reading.sheet]))
  if (sheets.length < readings.length) return false
  if (!sheets.every((sheet) => sheet.issueNumber === issueNumber && sheet.type === wish.type && isOf(sheet, face.address, applicant))) return false
  return isFamilyType(wish.type) ? isThere(sheets, applicant) : samePeople(sheets, chosen, wish)
}

async function applicantWithChosen(world: World, resident: string, wish: Wish): Promise<{ applicant: Resident; chosen: readonly Resident[] }> {
  const applicant = await applicantInReplica(world, resident)
  return { applicant, chosen: await entitledPersons(world, applicant, wish) }
}

const isOf = (sheet: Sheet, address: string, { domicile, domicileHead }: InFamilyRegister): boolean =>
  isOfFamily(sheet) ? sheet.domicile === domicile && sheet.head === domicileHead : isOfTaxes(sheet) || sheet.address === address

const isThere = (sheets: readonly Sheet[], { name, birthDate }: InFamilyRegister): boolean =>
  sheets.flatMap(personsOn).some((person) => person.name === name && person.birthDate === birthDate)

/** Everyone chosen stands on the sheets once a copy, and nobody else does. */
function samePeople(sheets: readonly Sheet[], chosen: readonly Resident[], { type, copies }: Wish): boolean {
  const likeness = type === 'seal-certificate' || isTaxType(type) ? nameAndBirth : nameBirthAndSex
  const owed = new Map<string, number>()
  const count = (person: PersonOnSheet, by: number): unknown => owed.set(likeness(person), (owed.get(likeness(person)) ?? 0) + by)
  for (const person of chosen) count(person, copies)
  for (const person of sheets.flatMap(personsOn)) count(person, -1)
  return [...owed.values()].every((left) => left === 0)
}

/** By what the people on a certificate are told apart; those of seals and taxes do not show the sex. */
const nameAndBirth = ({ name, birthDate }: PersonOnSheet): string => `${name} ${birthDate}`
const nameBirthAndSex = ({ name, birthDate, sex }: PersonOnSheet): string => `${name} ${birthDate} ${sex ?? ''}`
