import type { FamilyMember, FamilyRegister, Municipality, Resident, TaxRecord } from '../../contract/index.ts'
import { HANAKO, resident } from '../oracle/history-builder.ts'
import { MUNICIPALITY } from './small-system.ts'

/** A municipality that offers certificates of family registers, and two families of it. */
export const WITH_FAMILIES: Municipality = { ...MUNICIPALITY, feesYen: { ...MUNICIPALITY.feesYen, 'family-register': 450, 'family-register-extract': 450 } }

const memberOf = ({ id, name, birthDate, sex, address, addressFixed }: Resident, bornAs: string): FamilyMember => ({
  ...{ id, name, birthDate, sex, bornAs },
  addresses: [{ address, since: addressFixed }],
  father: '見本　父',
  mother: '母',
  matters: [{ what: '出生', on: birthDate }],
})

const familyOf = (id: string, members: readonly Resident[]): FamilyRegister => ({
  id,
  municipality: 'munakata',
  domicile: members[0]?.domicile ?? '',
  head: members[0]?.domicileHead ?? '',
  madeOn: '1975-01-01',
  members: members.map((member, at) => memberOf(member, `${['長', '二', '三', '四', '五'][at] ?? ''}男`)),
  version: 1,
})

const registered = (of: Resident, domicile: string, domicileHead: string): Resident => ({ ...of, domicile, domicileHead })

/** Hanako, alone at the head of her register. */
export const OF_HANAKO = registered(HANAKO, '福岡県宗像市東郷2番', HANAKO.name)
/** Jiro, and the four others who stand with him in another: three sheets. */
export const JIRO = registered(resident('jiro', { name: '田中　次郎', sex: 'male', address: '福岡県宗像市田熊3番3号' }), '福岡県宗像市田熊3番', '田中　次郎')
const WITH_JIRO = [JIRO, ...['a', 'b', 'c', 'd'].map((id) => registered(resident(`jiro-${id}`, { household: JIRO.household, address: JIRO.address, relation: '子' }), JIRO.domicile ?? '', JIRO.name))]

export const FAMILIES = [familyOf('family-1', [OF_HANAKO]), familyOf('family-2', WITH_JIRO)] as const
export const FAMILY_PEOPLE: readonly Resident[] = [OF_HANAKO, ...WITH_JIRO]

/** Saburo, who lives in a town that takes no part, and whose family register is kept here. */
export const ELSEWHERE: Resident = { ...registered(resident('saburo', { name: '見本　三郎', address: '見本県余所町一丁目1番1号' }), '福岡県宗像市曲9番', '見本　三郎'), municipality: 'yoso' }
export const ELSEWHERE_FAMILY: FamilyRegister = familyOf('family-elsewhere', [ELSEWHERE])

/** What somebody earned and owes in the newest year; 90,000 yen of taxes are due. */
export const taxesOf = ({ id, name, birthDate, address }: Resident, paidYen = 90_000): TaxRecord => ({
  ...{ resident: id, municipality: 'munakata', fiscalYear: 2023, address, name, birthDate },
  incomes: [{ kind: '給与', yen: 3_000_000 }, { kind: 'その他', yen: 40_000 }],
  ...{ totalYen: 3_040_000, deductionsYen: 2_140_000, dependants: 1, baseYen: 900_000, cityTaxYen: 54_000, prefectureTaxYen: 36_000, paidYen },
})
