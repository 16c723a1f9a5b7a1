import { type Municipality, Refusal, type Sheet } from '../../contract/index.ts'
import type { World } from '../../world/ports.ts'
import type { Application } from '../issuing/applications.ts'
import { applicantInReplica, entitledPersons } from '../issuing/entitlement.ts'
import type { Form, Forms } from './forms/forms.ts'
import { residenceRecordForm } from './residence-record.ts'
import { sealCertificateForm } from './seal-certificate.ts'
import type { SheetFrame, SheetStamp } from './sheet-frame.ts'

/** What is to be printed: the sheets of all copies, and whose records are on them (register keys). */
export interface Composition {
  readonly sheets: readonly Sheet[]
  readonly persons: readonly string[]
}

/**
 * Looks the people up in the replica and lays the certificate out.
 * The card's face has to agree with the replica: an address changed at the counter reaches the replica late, and until then
 * what would be printed is not what the person has just registered.
 * The link carries a household over person by person, so that everybody on the paper has to live where the paper says.
 * @throws Refusal REGISTER_BEING_UPDATED where they differ, and what `entitledPersons` throws
 */
export async function compose(world: World, municipality: Municipality, forms: Forms, id: string, application: Application): Promise<Composition> {
  const { applicant, wish, issueNumber } = application
  const record = await applicantInReplica(world, applicant.resident)
  if (record.address !== applicant.face.address || record.name !== applicant.face.name) throw new Refusal('REGISTER_BEING_UPDATED')
  const persons = await entitledPersons(world, record, wish)
  if (persons.some(({ address }) => address !== record.address)) throw new Refusal('REGISTER_BEING_UPDATED')
  const frame: SheetFrame = { municipality: municipality.name, mayor: municipality.mayor, address: record.address }
  const form: Form =
    wish.type === 'seal-certificate'
      ? await sealCertificateForm(world, frame, record)
      : await residenceRecordForm(world, frame, forms, record, persons, wish)
  const stamp: SheetStamp = {
    certifiedOn: world.clock.today(),
    issueNumber,
    provenance: `${id} ${world.process}`,
  }
  const copy = form.map((sheet): Sheet => ({ ...sheet, ...stamp }))
  return { sheets: Array.from({ length: wish.copies }, () => copy).flat(), persons: persons.map((person) => person.id) }
}
