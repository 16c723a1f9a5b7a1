import { type ItemsPerson, type ItemsSheet, PERSONS_PER_SHEET, type ResidenceRecordSheet, type Resident, type SheetPerson, type ShownItems, type Wish } from '../../contract/index.ts'
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
  const head = await headAmong(world, applicant, persons)
  const people = head === undefined ? persons : [...persons, head]
  return forms.formOf({ resident: applicant.id, wish, people }, world.clock.now(), () => sheetsOf(frame, applicant.address, persons, head, wish))
}

/** One copy of a certificate of items: what was chosen, and by what people are told apart. */
export async function itemsForm(world: World, frame: SheetFrame, applicant: Resident, persons: readonly Resident[], { show }: Wish): Promise<readonly Unstamped<ItemsSheet>[]> {
  const head = await headAmong(world, applicant, persons)
  const of = Math.ceil(persons.length / PERSONS_PER_SHEET)
  return Array.from({ length: of }, (_, index) => ({
    type: 'certificate-of-items',
    k: index + 1,
    of,
    ...frame,
    address: applicant.address,
    ...(show.relation && head !== undefined ? { headOfHousehold: head.name } : {}),
    persons: persons.slice(index * PERSONS_PER_SHEET, (index + 1) * PERSONS_PER_SHEET).map((person) => chosenItems(person, show)),
  }))
}

/** Of a whole household the head is among those who were just read, and reading again might find another. */
const headAmong = async (world: World, applicant: Resident, persons: readonly Resident[]): Promise<Resident | undefined> =>
  persons.find(isHead) ?? (await householdOf(world, applicant.household)).find(isHead)

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
  const { kana, becameResident, addressFixed, notified, previousAddress } = person
  return { ...chosenItems(person, show), kana, becameResident, addressFixed, notified, previousAddress }
}

/** Name, birth date and sex, and the items that were chosen. */
function chosenItems({ name, birthDate, sex, relation, domicile, domicileHead, individualNumber, recordCode, foreign }: Resident, show: ShownItems): ItemsPerson {
  return {
    name,
    birthDate,
    sex,
    ...(show.relation ? { relation } : {}),
    ...(show.domicile && domicile !== undefined && domicileHead !== undefined ? { domicile, domicileHead } : {}),
    ...(show.individualNumber ? { individualNumber } : {}),
    ...(show.recordCode ? { recordCode } : {}),
    ...(show.foreignItems && foreign !== undefined ? { foreign } : {}),
  }
}
