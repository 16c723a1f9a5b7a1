import { PERSONS_PER_SHEET, Refusal, type Municipality, type Resident, type Sheet, type SheetPerson, type ShownItems } from '../../contract/index.ts'
import type { World } from '../../world/ports.ts'
import type { Application } from '../issuing/applications.ts'
import { applicantInReplica, entitledPersons } from '../issuing/entitlement.ts'
import { householdOf, isHead } from '../link/replica.ts'

/** What is to be printed: the sheets of all copies, and whose records are on them (register keys). */
export interface Composition {
  readonly sheets: readonly Sheet[]
  readonly persons: readonly string[]
}

/**
 * Looks the people up in the replica and lays the certificate out.
 * The card's face has to agree with the replica: an address changed at the counter reaches the replica late, and until then
 * what would be printed is not what the person has just registered.
 * @throws Refusal REGISTER_BEING_UPDATED where they differ, and what `entitledPersons` throws
 */
export async function compose(world: World, municipality: Municipality, id: string, application: Application): Promise<Composition> {
  const { applicant, wish } = application
  const record = await applicantInReplica(world, applicant.resident)
  if (record.address !== applicant.face.address || record.name !== applicant.face.name) throw new Refusal('REGISTER_BEING_UPDATED')
  const persons = await entitledPersons(world, record, wish.scope)
  const head = (await householdOf(world, record.household)).find(isHead)
  const form = wish.scope === 'applicant' ? 'single' : 'household'
  const perSheet = form === 'single' ? 1 : PERSONS_PER_SHEET
  const of = Math.ceil(persons.length / perSheet)
  const sheets: Sheet[] = []
  for (let copy = 0; copy < wish.copies; copy += 1) {
    for (let k = 1; k <= of; k += 1) {
      sheets.push({
        type: 'residence-record',
        form,
        municipality: municipality.name,
        mayor: municipality.mayor,
        k,
        of,
        address: record.address,
        ...(wish.show.relation && head !== undefined ? { headOfHousehold: head.name } : {}),
        persons: persons.slice((k - 1) * perSheet, k * perSheet).map((person) => sheetPerson(person, wish.show)),
        certifiedOn: world.clock.today(),
        issueNumber: application.issueNumber,
        provenance: `${id} ${world.process}`,
      })
    }
  }
  return { sheets, persons: persons.map((person) => person.id) }
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
