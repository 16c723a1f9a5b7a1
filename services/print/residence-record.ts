import { PERSONS_PER_SHEET, type ResidenceRecordSheet, type Resident, type SheetPerson, type ShownItems, type Wish } from '../../contract/index.ts'
import type { World } from '../../world/ports.ts'
import { householdOf, isHead } from '../link/replica.ts'
import type { SheetFrame } from './sheet-frame.ts'

/** The sheets of one copy of a residence record. */
export async function residenceRecordSheets(
  world: World,
  frame: SheetFrame,
  applicant: Resident,
  persons: readonly Resident[],
  { scope, show }: Wish,
): Promise<readonly ResidenceRecordSheet[]> {
  // Of a whole household the head is among those who were just read, and reading again might find another.
  const head = persons.find(isHead) ?? (await householdOf(world, applicant.household)).find(isHead)
  const form = scope === 'applicant' ? 'single' : 'household'
  const perSheet = form === 'single' ? 1 : PERSONS_PER_SHEET
  const of = Math.ceil(persons.length / perSheet)
  return Array.from({ length: of }, (_, index) => ({
    type: 'residence-record',
    form,
    k: index + 1,
    of,
    ...frame,
    ...(show.relation && head !== undefined ? { headOfHousehold: head.name } : {}),
    persons: persons.slice(index * perSheet, (index + 1) * perSheet).map((person) => sheetPerson(person, show)),
  }))
}

/** The items of one person that are shown; those left out are not on the paper at all. */
function sheetPerson(person: Resident, show: ShownItems): SheetPerson {
  const { name, kana, birthDate, sex, becameResident, addressFixed, notified, previousAddress } = person
  const { relation, domicile, domicileHead, individualNumber, recordCode, foreign } = person
  return {
    name,
    kana,
    birthDate,
    sex,
    ...(show.relation ? { relation } : {}),
    becameResident,
    addressFixed,
    notified,
    previousAddress,
    ...(show.domicile && domicile !== undefined && domicileHead !== undefined ? { domicile, domicileHead } : {}),
    ...(show.individualNumber ? { individualNumber } : {}),
    ...(show.recordCode ? { recordCode } : {}),
    ...(show.foreignItems && foreign !== undefined ? { foreign } : {}),
  }
}
