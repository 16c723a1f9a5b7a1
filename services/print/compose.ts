import { type FamilyQuestion, type FamilyType, isFamilyType, isTaxType, type Municipality, Refusal, type Resident, type Sheet } from '../../contract/index.ts'
import type { Row, World } from '../../world/ports.ts'
import type { Requests } from '../exchange/request/request.ts'
import type { Application } from '../issuing/applications.ts'
import { domicileUserFor, type InFamilyRegister } from '../issuing/domicile-users.ts'
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
 * Looks the people up, and the family register where it is a certificate of that, and lays the certificate out.
 * @throws Refusal what {@link ofResident} and {@link ofDomicileUser} throw
 */
export async function compose(world: World, municipality: Municipality, sources: Sources, row: Row<Application>): Promise<Composition> {
  const { applicant, wish, issueNumber } = row.data
  const matter: Matter = { row, municipality, frame: { municipality: municipality.name, mayor: municipality.mayor }, sources }
  const { form, persons } = applicant.elsewhere === true ? await ofDomicileUser(world, matter) : await ofResident(world, matter)
  const stamp: SheetStamp = {
    certifiedOn: world.clock.today(),
    issueNumber,
    provenance: `${row.key} ${world.process}`,
  }
  const copy = form.map((sheet): Sheet => ({ ...sheet, ...stamp }))
  return { sheets: Array.from({ length: wish.copies }, () => copy).flat(), persons }
}

/** An application, and what its certificate is made with. */
interface Matter {
  readonly row: Row<Application>
  readonly municipality: Municipality
  readonly frame: SheetFrame
  readonly sources: Sources
}

/** One copy, and whose records are on it (register keys). */
interface LaidOut {
  readonly form: readonly Unstamped<Sheet>[]
  readonly persons: readonly string[]
}

/**
 * The card's face has to agree with the replica: an address changed at the counter reaches the replica late, and until then
 * what would be printed is not what the person has just registered.
 * The link carries a household over person by person, so that everybody on the paper has to live where the paper says.
 * @throws Refusal REGISTER_BEING_UPDATED where they differ, and what `entitledPersons` throws
 */
async function ofResident(world: World, matter: Matter): Promise<LaidOut> {
  const { applicant, wish } = matter.row.data
  const record = await applicantInReplica(world, applicant.resident)
  if (record.address !== applicant.face.address || record.name !== applicant.face.name) throw new Refusal('REGISTER_BEING_UPDATED')
  const persons = await entitledPersons(world, record, wish)
  if (persons.some(({ address }) => address !== record.address)) throw new Refusal('REGISTER_BEING_UPDATED')
  return { form: await formOf(world, matter, record, persons), persons: persons.map(({ id }) => id) }
}

/**
 * Where somebody lives who lives elsewhere nobody here knows; the name has to be the one that was registered for use.
 * @throws Refusal REGISTER_BEING_UPDATED, DOMICILE_USE_NOT_REGISTERED, NOT_IN_REGISTER, NOT_ENTITLED
 */
async function ofDomicileUser(world: World, matter: Matter): Promise<LaidOut> {
  const { applicant, wish } = matter.row.data
  const { user, type } = await domicileUserFor(world, applicant.resident, wish)
  if (user.name !== applicant.face.name) throw new Refusal('REGISTER_BEING_UPDATED')
  return { form: await familyForm(world, matter, type, user), persons: [user.id] }
}

/** One copy, laid out. */
async function formOf(world: World, matter: Matter, record: Resident, persons: readonly Resident[]): Promise<readonly Unstamped<Sheet>[]> {
  const { frame, sources, row } = matter
  const { wish } = row.data
  if (wish.type === 'seal-certificate') return sealCertificateForm(world, frame, record)
  if (isTaxType(wish.type)) return taxForm(frame, wish.type, await taxRecord(world, record, wish))
  if (wish.type === 'certificate-of-items') return itemsForm(world, frame, record, persons, wish)
  if (isFamilyType(wish.type)) return familyForm(world, matter, wish.type, record)
  return residenceRecordForm(world, frame, sources.forms, record, persons, wish)
}

async function familyForm(world: World, { row, municipality, frame, sources }: Matter, type: FamilyType, applicant: InFamilyRegister): Promise<readonly Unstamped<Sheet>[]> {
  const { attempt, wish } = row.data
  const register = await sources.requests.ask(world, municipality.code, { application: row.key, attempt, question: familyQuestion(applicant) })
  return familyRegisterForm(frame, type, register, applicant, wish.scope)
}

/** @throws Refusal NOT_IN_REGISTER for somebody without a registered domicile, as foreign nationals are */
function familyQuestion({ domicile, domicileHead: head, name, birthDate }: InFamilyRegister): FamilyQuestion {
  if (domicile === undefined || head === undefined) throw new Refusal('NOT_IN_REGISTER')
  return { domicile, head, name, birthDate }
}
