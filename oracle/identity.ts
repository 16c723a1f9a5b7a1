import { type FamilyRegisterSheet, type IncomeTaxSheet, isOfFamily, isOfRecord, isOfTaxes, type PersonOnSheet, type Resident, type Sheet, type SheetPerson, type SupplementSheet, type TaxPaymentSheet } from '../contract/index.ts'
import type { Register, RegisterState } from './register.ts'
import { possibleFrom } from './states.ts'

/**
 * One person's block on a sheet, with everybody whose it may be, and every state of theirs in the resident register up to the print
 * that fits all it visibly says. A block of a family register or of taxes is held against those registers, and has no such states.
 */
export interface Block<S extends Sheet = Sheet> {
  readonly sheet: S
  readonly person: PersonOnSheet
  readonly fitting: readonly RegisterState[]
  readonly people: ReadonlySet<string>
}

/** A sheet that rests on the resident register, and not on that of families or of taxes. */
export type ResidentSheet = Exclude<Sheet, FamilyRegisterSheet | SupplementSheet | IncomeTaxSheet | TaxPaymentSheet>

/** Whether it is one. */
export const isOfResidents = (sheet: Sheet): sheet is ResidentSheet => !isOfFamily(sheet) && !isOfTaxes(sheet)

/** One visible field: what a clerk calls it, and whether paper and register agree. What the paper does not show agrees. */
interface Field {
  readonly label: string
  agrees(sheet: ResidentSheet, person: PersonOnSheet, record: Resident): boolean
}

const FIELDS: readonly Field[] = [
  { label: 'name', agrees: (_, person, record) => person.name === record.name },
  { label: 'birth date', agrees: (_, person, record) => person.birthDate === record.birthDate },
  { label: 'address', agrees: (sheet, _, record) => sheet.address === record.address },
  same('kana', 'kana'),
  same('sex', 'sex'),
  same('relation', 'relation'),
  same('date of becoming a resident', 'becameResident'),
  same('date of fixing the address', 'addressFixed'),
  same('date of notification', 'notified'),
  same('previous address', 'previousAddress'),
  {
    label: 'domicile',
    agrees: (_, { domicile, domicileHead }, record) => domicile === undefined || (domicile === record.domicile && domicileHead === record.domicileHead),
  },
  same('individual number', 'individualNumber'),
  same('record code', 'recordCode'),
  { label: 'foreign items', agrees: (_, { foreign }, record) => foreign === undefined || sameForeignItems(foreign, record.foreign) },
]

function same(label: string, key: keyof SheetPerson & keyof Resident): Field {
  return { label, agrees: (_, person, record) => person[key] === undefined || person[key] === record[key] }
}

function sameForeignItems(shown: NonNullable<SheetPerson['foreign']>, recorded: Resident['foreign']): boolean {
  return (
    shown.nationality === recorded?.nationality &&
    shown.residenceStatus === recorded.residenceStatus &&
    shown.periodOfStay === recorded.periodOfStay &&
    shown.cardNumber === recorded.cardNumber
  )
}

/** The head of household that a sheet names, if it does. */
export const headOn = (sheet: Sheet): string | undefined => (isOfRecord(sheet) ? sheet.headOfHousehold : undefined)

/** Labels of the visible fields in which a block differs from a record. The head of household is not among them. */
export const differences = (sheet: ResidentSheet, person: PersonOnSheet, record: Resident): string[] =>
  FIELDS.filter((field) => !field.agrees(sheet, person, record)).map(({ label }) => label)

/** Whether a record says all that the block visibly says, the head of household apart. */
export const fitsRecord = (sheet: ResidentSheet, person: PersonOnSheet, record: Resident): boolean =>
  FIELDS.every((field) => field.agrees(sheet, person, record))

/**
 * Whose block this may be: each register state, possible before the print, of which every visible field agrees, with the
 * household's head and the municipality as they were then. On a seal certificate it has to be somebody who by the print had
 * registered a seal with that impression, be it revoked. The provenance line is never looked at.
 */
export function identify(register: Register, sheet: Sheet, person: PersonOnSheet, printedI: number): Block {
  if (isOfFamily(sheet)) {
    const found = register.families.fitting(sheet, person).filter(({ family }) => register.isNameOf(sheet.municipality, family.municipality))
    return { sheet, person, fitting: [], people: new Set(found.map(({ member }) => member.id)) }
  }
  if (isOfTaxes(sheet)) {
    const found = register.taxes.fitting(sheet).filter(({ municipality }) => register.isNameOf(sheet.municipality, municipality))
    return { sheet, person, fitting: [], people: new Set(found.map(({ resident }) => resident)) }
  }
  const head = headOn(sheet)
  const fitting = register.statesNamed(person.name).filter(
    (state) =>
      possibleFrom(state) < printedI &&
      fitsRecord(sheet, person, state.record) &&
      register.isNameOf(sheet.municipality, state.record.municipality) &&
      (head === undefined || register.hadHead(state, head)) &&
      (sheet.type !== 'seal-certificate' || hadSeal(register, state.record.id, sheet.impression, printedI)),
  )
  return { sheet, person, fitting, people: new Set(fitting.map(({ record }) => record.id)) }
}

const hadSeal = (register: Register, id: string, impression: string, printedI: number): boolean =>
  register.sealStatesOf(id).some((state) => possibleFrom(state) < printedI && state.record.impression === impression)
