import { PERSONS_PER_SHEET, type ResidenceRecordSheet, type SealCertificateSheet, type SheetPerson } from '../../../../contract/index.ts'

/** An invented person with everything a sheet can show of a Japanese national. */
export function aPerson(over: Partial<SheetPerson> = {}): SheetPerson {
  return {
    name: '鈴木　花子',
    kana: 'スズキ　ハナコ',
    birthDate: '1985-03-12',
    sex: 'female',
    relation: '妻',
    becameResident: '2015-04-01',
    addressFixed: '2018-12-31',
    notified: '2019-05-01',
    previousAddress: '福岡県福岡市博多区博多駅前二丁目3番15号',
    domicile: '福岡県宗像市東郷一丁目1番地',
    domicileHead: '鈴木　一郎',
    individualNumber: '123456789012',
    recordCode: '12345678901',
    ...over,
  }
}

/** An invented foreign resident. */
export function aForeigner(): SheetPerson {
  const { domicile: _domicile, domicileHead: _head, ...rest } = aPerson({ name: 'SMITH　JOHN', kana: 'スミス　ジョン', relation: '同居人' })
  const foreign = { nationality: '米国', residenceStatus: '永住者', periodOfStay: '無期限', cardNumber: 'AB12345678CD' }
  return { ...rest, foreign }
}

/** The sheets of a household, or the one sheet of a person. */
export function sheetsFor(persons: readonly SheetPerson[], over: Partial<ResidenceRecordSheet> = {}): ResidenceRecordSheet[] {
  const of = Math.ceil(persons.length / PERSONS_PER_SHEET)
  return Array.from({ length: of }, (_, i) => ({
    type: 'residence-record',
    form: 'household',
    municipality: '宗像市',
    mayor: '宗像　太郎',
    k: i + 1,
    of,
    address: '福岡県宗像市東郷一丁目1番1号',
    headOfHousehold: '鈴木　一郎',
    persons: persons.slice(PERSONS_PER_SHEET * i, PERSONS_PER_SHEET * (i + 1)),
    certifiedOn: '2023-06-28',
    issueNumber: '2023-000123',
    provenance: 'application=shop-1-3 job=munakata-77',
    ...over,
  }))
}

/** One sheet of the single form. */
export function singleSheet(person: SheetPerson, over: Partial<ResidenceRecordSheet> = {}): ResidenceRecordSheet[] {
  return sheetsFor([person], { form: 'single', ...over })
}

/** The sheet of a seal certificate. */
export const sealSheet = (over: Partial<SealCertificateSheet> = {}): SealCertificateSheet => ({
  ...{ type: 'seal-certificate', k: 1, of: 1, municipality: '宗像市', mayor: '宗像　太郎', address: '福岡県宗像市東郷一丁目1番1号' },
  ...{ certifiedOn: '2023-06-28', issueNumber: 'no-1', provenance: 'application-1 print-1', impression: '鈴木花子', name: '鈴木　花子', birthDate: '1985-03-12' },
  ...over,
})
