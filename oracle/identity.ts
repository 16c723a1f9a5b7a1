import type { Resident, Sheet, SheetPerson } from '../contract/index.ts'
import { possibleFrom, type Register, type RegisterState } from './register.ts'

/** One person's block on a sheet, with every register state up to the print that fits all it visibly says. */
export interface Block {
  readonly sheet: Sheet
  readonly person: SheetPerson
  readonly fitting: readonly RegisterState[]
}

/** One visible field: what a clerk calls it, and whether paper and register agree where the paper shows it. */
interface Field {
  readonly label: string
  agrees(sheet: Sheet, person: SheetPerson, record: Resident): boolean
}

const FIELDS: readonly Field[] = [
  { label: 'name', agrees: (_, person, record) => person.name === record.name },
  { label: 'birth date', agrees: (_, person, record) => person.birthDate === record.birthDate },
  { label: 'address', agrees: (sheet, _, record) => sheet.address === record.address },
  { label: 'kana', agrees: (_, person, record) => person.kana === record.kana },
  { label: 'sex', agrees: (_, person, record) => person.sex === record.sex },
  { label: 'relation', agrees: (_, { relation }, record) => relation === undefined || relation === record.relation },
  { label: 'date of becoming a resident', agrees: (_, person, record) => person.becameResident === record.becameResident },
  { label: 'date of fixing the address', agrees: (_, person, record) => person.addressFixed === record.addressFixed },
  { label: 'date of notification', agrees: (_, person, record) => person.notified === record.notified },
  { label: 'previous address', agrees: (_, person, record) => person.previousAddress === record.previousAddress },
  {
    label: 'domicile',
    agrees: (_, { domicile, domicileHead }, record) =>
      domicile === undefined || (domicile === record.domicile && domicileHead === record.domicileHead),
  },
  {
    label: 'individual number',
    agrees: (_, { individualNumber }, record) => individualNumber === undefined || individualNumber === record.individualNumber,
  },
  { label: 'record code', agrees: (_, { recordCode }, record) => recordCode === undefined || recordCode === record.recordCode },
  { label: 'foreign items', agrees: (_, { foreign }, record) => foreign === undefined || sameForeignItems(foreign, record.foreign) },
]

function sameForeignItems(shown: NonNullable<SheetPerson['foreign']>, recorded: Resident['foreign']): boolean {
  return (
    shown.nationality === recorded?.nationality &&
    shown.residenceStatus === recorded.residenceStatus &&
    shown.periodOfStay === recorded.periodOfStay &&
    shown.cardNumber === recorded.cardNumber
  )
}

/** Labels of the visible fields in which a block differs from a record. The head of household is not among them. */
export const differences = (sheet: Sheet, person: SheetPerson, record: Resident): string[] =>
  FIELDS.filter((field) => !field.agrees(sheet, person, record)).map(({ label }) => label)

/** Whether a record says all that the block visibly says, the head of household apart. */
export const fitsRecord = (sheet: Sheet, person: SheetPerson, record: Resident): boolean =>
  FIELDS.every((field) => field.agrees(sheet, person, record))

/**
 * Whose block this may be: each register state, possible before the print, of which every visible field agrees, with the
 * household's head and the municipality as they were then. The provenance line is never looked at.
 */
export function identify(register: Register, sheet: Sheet, person: SheetPerson, printedI: number): Block {
  const fitting = register.statesNamed(person.name).filter(
    (state) =>
      possibleFrom(state) < printedI &&
      fitsRecord(sheet, person, state.resident) &&
      register.isNameOf(sheet.municipality, state.resident.municipality) &&
      (sheet.headOfHousehold === undefined || register.hadHead(state, sheet.headOfHousehold)),
  )
  return { sheet, person, fitting }
}

/** The people among whom a block leaves the choice. */
export const peopleFitting = (block: Block): ReadonlySet<string> => new Set(block.fitting.map(({ resident }) => resident.id))
