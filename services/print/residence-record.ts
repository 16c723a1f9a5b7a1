import { PERSONS_PER_SHEET, type ResidenceRecordSheet, type Resident, type SheetPerson, type ShownItems, type Wish } from '../../contract/index.ts'
import type { World } from '../../world/ports.ts'
import { householdOf, isHead } from '../link/replica.ts'
import type { Form, Forms } from './forms/forms.ts'
import type { SheetFrame, Unstamped } from './sheet-frame.ts'

/** One copy of a residence record: laid out, or as it was kept. */
export async function residenceRecordForm(
  world: World,
  frame: SheetFrame,
  forms: Forms,
  applicant: Resident,
  persons: readonly Resident[],
  wish: Wish,
): Promise<Form> {
  // Of a whole household the head is among those who were just read, and reading again might find another.
  const head = persons.find(isHead) ?? (await householdOf(world, applicant.household)).find(isHead)
  const people = head === undefined ? persons : [...persons, head]
  return forms.formOf({ resident: applicant.id, wish, people }, world.clock.now(), () => sheetsOf(frame, applicant.address, persons, head, wish))
}

function sheetsOf(
  frame: SheetFrame,
  address: string,
  persons: readonly Resident[],
  head: Resident | undefined,
  { scope, show }: Wish,
): readonly Unstamped<ResidenceRecordSheet>[] {
  const form = scope === 'applicant' ? 'single' : 'household'
  const perSheet = form === 'single' ? 1 : PERSONS_PER_SHEET
  const of = Math.ceil(persons.length / perSheet)
  return Array.from({ length: of }, (_, index) => ({
    type: 'residence-record',
    form,
    k: index + 1,
    of,
    ...frame,
    address,
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
