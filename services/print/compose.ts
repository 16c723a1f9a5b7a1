import { type FamilyQuestion, isFamilyType, isTaxType, type Municipality, Refusal, type Resident, type Sheet } from '../../contract/index.ts'
import type { Row, World } from '../../world/ports.ts'
import type { Requests } from '../exchange/request/request.ts'
import type { Application } from '../issuing/applications.ts'
import { applicantInReplica, entitledPersons } from '../issuing/entitlement.ts'
import { taxRecord } from '../issuing/taxes.ts'
import { familyRegisterForm } from './family-register.ts'
import type { Forms } from './forms/forms.ts'
import { itemsForm, residenceRecordForm } from './residence-record.ts'
import { sealCertificateForm } from './seal-certificate.ts'
import { taxForm } from './taxes.ts'
import type { SheetFrame, SheetStamp, Unstamped } from './sheet-frame.ts'

/** What is to be printed: the sheets of all copies, and whose records are on them (register keys). */
export interface Composition {
  readonly sheets: readonly Sheet[]
  readonly persons: readonly string[]
}

/** What laying out rests on besides the replica. */
export interface Sources {
  readonly forms: Forms
  readonly requests: Requests
}

/**
 * Looks the people up in the replica, and in the family registers where it is a certificate of those, and lays the certificate out.
 * The card's face has to agree with the replica: an address changed at the counter reaches the replica late, and until then
 * what would be printed is not what the person has just registered.
 * The link carries a household over person by person, so that everybody on the paper has to live where the paper says.
 * @throws Refusal REGISTER_BEING_UPDATED where they differ, and what `entitledPersons` throws
 */
export async function compose(world: World, municipality: Municipality, sources: Sources, { key, data: application }: Row<Application>): Promise<Composition> {
  const { applicant, wish, issueNumber } = application
  const record = await applicantInReplica(world, applicant.resident)
  if (record.address !== applicant.face.address || record.name !== applicant.face.name) throw new Refusal('REGISTER_BEING_UPDATED')
  const persons = await entitledPersons(world, record, wish)
  if (persons.some(({ address }) => address !== record.address)) throw new Refusal('REGISTER_BEING_UPDATED')
  const form = await formOf(world, municipality, sources, { key, application, record, persons })
  const stamp: SheetStamp = {
    certifiedOn: world.clock.today(),
    issueNumber,
    provenance: `${key} ${world.process}`,
  }
  const copy = form.map((sheet): Sheet => ({ ...sheet, ...stamp }))
  return { sheets: Array.from({ length: wish.copies }, () => copy).flat(), persons: persons.map((person) => person.id) }
}

/** An application, and whom it is about. */
interface Matter {
  readonly key: string
  readonly application: Application
  readonly record: Resident
  readonly persons: readonly Resident[]
}

/** One copy, laid out. */
async function formOf(world: World, municipality: Municipality, { forms, requests }: Sources, { key, application, record, persons }: Matter): Promise<readonly Unstamped<Sheet>[]> {
  const { wish, attempt } = application
  const frame: SheetFrame = { municipality: municipality.name, mayor: municipality.mayor }
  if (wish.type === 'seal-certificate') return sealCertificateForm(world, frame, record)
  if (isTaxType(wish.type)) return taxForm(frame, wish.type, await taxRecord(world, record, wish))
  if (wish.type === 'certificate-of-items') return itemsForm(world, frame, record, persons, wish)
  if (!isFamilyType(wish.type)) return residenceRecordForm(world, frame, forms, record, persons, wish)
  const register = await requests.ask(world, municipality.code, { application: key, attempt, question: familyQuestion(record) })
  return familyRegisterForm(frame, wish.type, register, record, wish.scope)
}

/** @throws Refusal NOT_IN_REGISTER for somebody without a registered domicile, as foreign nationals are */
function familyQuestion({ domicile, domicileHead: head, name, birthDate }: Resident): FamilyQuestion {
  if (domicile === undefined || head === undefined) throw new Refusal('NOT_IN_REGISTER')
  return { domicile, head, name, birthDate }
}
