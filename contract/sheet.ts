import type { FamilyMember } from './family-register.ts'
import type { CertificateType } from './issuance.ts'
import type { ForeignItems, Sex } from './resident.ts'
import type { TaxRecord } from './tax.ts'

/**
 * One person's block on a residence record (住民票の写し). An item that the applicant left out is absent here and absent on
 * paper. Dates are ISO; paper shows them by era.
 */
export interface SheetPerson {
  readonly name: string
  readonly kana: string
  readonly birthDate: string
  readonly sex: Sex
  readonly relation?: string
  readonly becameResident: string
  readonly addressFixed: string
  readonly notified: string
  readonly previousAddress: string
  readonly domicile?: string
  readonly domicileHead?: string
  readonly individualNumber?: string
  readonly recordCode?: string
  readonly foreign?: ForeignItems
}

/** At most this many people on one sheet of the household form (`domain.md`, section 4). */
export const PERSONS_PER_SHEET = 4

/** At most this many people on one sheet of a family register: ours, so that one often takes several. */
export const FAMILY_PER_SHEET = 2

/** One person's block on a family register. */
export type FamilyPerson = Omit<FamilyMember, 'id' | 'sex' | 'addresses'>

/** One person's block on the supplement of a family register. */
export type SupplementPerson = Pick<FamilyMember, 'name' | 'birthDate' | 'sex' | 'addresses'>

/** One person's block on a certificate of items: what was chosen, and by what people are told apart. */
export type ItemsPerson = Omit<SheetPerson, 'kana' | 'becameResident' | 'addressFixed' | 'notified' | 'previousAddress'>

/** What every certificate's sheet says, whatever it certifies. */
interface SheetFrame {
  readonly type: CertificateType
  /** As printed: `宗像市`. */
  readonly municipality: string
  readonly mayor: string
  readonly k: number
  readonly of: number
  readonly certifiedOn: string
  readonly issueNumber: string
  /** The line by which a machine finds the print job again: application and job, no personal data. */
  readonly provenance: string
}

/** A sheet of a residence record. The household form has up to {@link PERSONS_PER_SHEET} people a sheet, the single form one. */
export interface ResidenceRecordSheet extends SheetFrame {
  readonly type: 'residence-record'
  readonly address: string
  readonly form: 'household' | 'single'
  /** Absent when relationship and head of household were left out. */
  readonly headOfHousehold?: string
  readonly persons: readonly SheetPerson[]
}

/** A sheet of a certificate of items (住民票記載事項証明書), with up to {@link PERSONS_PER_SHEET} people. */
export interface ItemsSheet extends SheetFrame {
  readonly type: 'certificate-of-items'
  readonly address: string
  readonly headOfHousehold?: string
  readonly persons: readonly ItemsPerson[]
}

/** The sheet of an income and tax certificate (所得・課税証明書). */
export interface IncomeTaxSheet extends SheetFrame, Omit<TaxRecord, 'resident' | 'municipality' | 'paidYen'> {
  readonly type: 'income-tax-certificate'
}

/** The sheet of a tax payment certificate (納税証明書): what was due of both taxes together, what was paid, and what is left. */
export interface TaxPaymentSheet extends SheetFrame, Pick<TaxRecord, 'fiscalYear' | 'address' | 'name' | 'birthDate' | 'paidYen'> {
  readonly type: 'tax-payment-certificate'
  readonly dueYen: number
  readonly unpaidYen: number
}

/** The sheet of a seal certificate (印鑑登録証明書): impression, name, birth date, address (`domain.md`, section 4). */
export interface SealCertificateSheet extends SheetFrame {
  readonly type: 'seal-certificate'
  readonly address: string
  readonly impression: string
  readonly name: string
  readonly birthDate: string
}

/**
 * A sheet of a family register, all records (戸籍全部事項証明書) or those of single persons (戸籍個人事項証明書), with up to
 * {@link FAMILY_PER_SHEET} people. The last one ends in an end mark.
 */
export interface FamilyRegisterSheet extends SheetFrame {
  readonly type: 'family-register' | 'family-register-extract'
  readonly domicile: string
  readonly head: string
  readonly madeOn: string
  readonly persons: readonly FamilyPerson[]
}

/** A sheet of the supplement of a family register (戸籍の附票の写し), with up to {@link FAMILY_PER_SHEET} people. */
export interface SupplementSheet extends SheetFrame {
  readonly type: 'register-supplement'
  readonly domicile: string
  readonly head: string
  readonly persons: readonly SupplementPerson[]
}

/**
 * One sheet of a certificate as a typed record: everything a reader of the paper can see, and nothing else but
 * `provenance`, which stands apart from the human text and is never read by the oracle to say whose paper it is.
 */
export type Sheet = ResidenceRecordSheet | ItemsSheet | SealCertificateSheet | IncomeTaxSheet | TaxPaymentSheet | FamilyRegisterSheet | SupplementSheet

/** Whether it is one of the certificates of a family register. */
export const isOfFamily = (sheet: Sheet): sheet is FamilyRegisterSheet | SupplementSheet => isFamilyType(sheet.type)

/** The types that are made from a family register. */
export type FamilyType = (FamilyRegisterSheet | SupplementSheet)['type']

/** Whether what is certified stands in a family register or its supplement. */
export const isFamilyType = (type: CertificateType): type is FamilyType =>
  type === 'family-register' || type === 'family-register-extract' || type === 'register-supplement'

/** Whether it rests on the tax register. */
export const isOfTaxes = (sheet: Sheet): sheet is IncomeTaxSheet | TaxPaymentSheet => isTaxType(sheet.type)

/** Whether what is certified stands in the tax register. */
export const isTaxType = (type: CertificateType): type is (IncomeTaxSheet | TaxPaymentSheet)['type'] => type === 'income-tax-certificate' || type === 'tax-payment-certificate'

/** Whether it says what the residence record says: that itself, or items of it. */
export const isOfRecord = (sheet: Sheet): sheet is ResidenceRecordSheet | ItemsSheet => sheet.type === 'residence-record' || sheet.type === 'certificate-of-items'

/** Somebody who stands on a sheet, with as much as it says of him or her. */
export type PersonOnSheet = Partial<SheetPerson> & Partial<FamilyPerson> & Partial<SupplementPerson> & Pick<SheetPerson, 'name' | 'birthDate'>

/** Everybody who stands on a sheet, from top to bottom. */
export const personsOn = (sheet: Sheet): readonly PersonOnSheet[] =>
  'persons' in sheet ? sheet.persons : [{ name: sheet.name, birthDate: sheet.birthDate }]

/** What a reader reads off one printed sheet: its lines from top to bottom, and the provenance line apart. */
export interface PrintedSheet {
  readonly text: readonly string[]
  readonly provenance?: string
}
