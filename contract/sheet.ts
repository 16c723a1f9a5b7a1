import type { FamilyMember } from './family-register.ts'
import type { CertificateType } from './issuance.ts'
import type { ForeignItems, Sex } from './resident.ts'

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
export type FamilyPerson = Omit<FamilyMember, 'id'>

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

/**
 * One sheet of a certificate as a typed record: everything a reader of the paper can see, and nothing else but
 * `provenance`, which stands apart from the human text and is never read by the oracle to say whose paper it is.
 */
export type Sheet = ResidenceRecordSheet | SealCertificateSheet | FamilyRegisterSheet

/** Whether it is one of the certificates of a family register. */
export const isOfFamily = (sheet: Sheet): sheet is FamilyRegisterSheet => isFamilyType(sheet.type)

/** Whether what is certified stands in a family register. */
export const isFamilyType = (type: CertificateType): type is FamilyRegisterSheet['type'] => type === 'family-register' || type === 'family-register-extract'

/** Somebody who stands on a sheet, with as much as it says of him or her. */
export type PersonOnSheet = Partial<SheetPerson> & Partial<FamilyPerson> & Pick<SheetPerson, 'name' | 'birthDate'>

/** Everybody who stands on a sheet, from top to bottom. */
export const personsOn = (sheet: Sheet): readonly PersonOnSheet[] =>
  sheet.type === 'seal-certificate' ? [{ name: sheet.name, birthDate: sheet.birthDate }] : sheet.persons

/** What a reader reads off one printed sheet: its lines from top to bottom, and the provenance line apart. */
export interface PrintedSheet {
  readonly text: readonly string[]
  readonly provenance?: string
}
