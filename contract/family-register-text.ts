import { toEraDate } from './era.ts'
import type { FamilyMatter } from './family-register.ts'
import type { FamilyPerson, FamilyRegisterSheet } from './sheet.ts'
import { certifyingLines, DATE, isoDate, readCertifyingLines, sheetNumber, type SheetLines, titlePattern } from './sheet-lines.ts'

const TITLES = { 'family-register': '戸籍全部事項証明書', 'family-register-extract': '戸籍個人事項証明書' } as const
const SENTENCES = {
  'family-register': '戸籍に記録されている事項の全部を証明した書面である。',
  'family-register-extract': '戸籍に記録されている事項の一部を証明した書面である。',
} as const
const END_MARK = '以下余白'

/** The first words of the titles. */
export const FAMILY_REGISTER_TITLES: readonly string[] = Object.values(TITLES)

/** The lines of a family register's sheet below the specimen mark. */
export function familyRegisterLines(sheet: FamilyRegisterSheet): string[] {
  return [
    `${TITLES[sheet.type]} ${sheetNumber(sheet)}`,
    `本籍 ${sheet.domicile}`,
    `筆頭者 ${sheet.head}`,
    `編製日 ${toEraDate(sheet.madeOn)}`,
    ...sheet.persons.flatMap(personLines),
    ...(sheet.k === sheet.of ? [END_MARK] : []),
    ...certifyingLines(SENTENCES[sheet.type], sheet),
  ]
}

const personLines = ({ name, birthDate, father, mother, bornAs, matters }: FamilyPerson): string[] => [
  `氏名 ${name}`,
  `生年月日 ${toEraDate(birthDate)} 続柄 ${bornAs}`,
  `父 ${father}`,
  `母 ${mother}`,
  ...matters.map(({ what, on }) => `${what} ${toEraDate(on)}`),
]

const TITLE = titlePattern(`(${FAMILY_REGISTER_TITLES.join('|')})`)
const MADE = new RegExp(`^編製日 ${DATE}$`)
const BORN = new RegExp(`^生年月日 ${DATE} 続柄 ([^ ]+)$`)
const MATTER = new RegExp(`^(出生|婚姻) ${DATE}$`)

/** Reads a family register's sheet from its title on. @throws UnreadableLine */
export function readFamilyRegister(lines: SheetLines, provenance: string): FamilyRegisterSheet {
  const [, title, of, k] = lines.match('the title', TITLE)
  const type = title === TITLES['family-register'] ? 'family-register' : 'family-register-extract'
  const domicile = lines.labelled('本籍')
  const head = lines.labelled('筆頭者')
  const [, madeOn] = lines.match('the day it was made', MADE)
  const persons: FamilyPerson[] = []
  while (lines.peek()?.startsWith('氏名 ') === true) persons.push(readPerson(lines))
  if (k === of) lines.exactly('the end mark', END_MARK)
  return { type, k: Number(k), of: Number(of), domicile, head, madeOn: isoDate(madeOn), persons, ...readCertifyingLines(lines, SENTENCES[type]), provenance }
}

function readPerson(lines: SheetLines): FamilyPerson {
  const name = lines.labelled('氏名')
  const [, birthDate, bornAs = ''] = lines.match('birth date and relation', BORN)
  const father = lines.labelled('父')
  const mother = lines.labelled('母')
  const matters: FamilyMatter[] = []
  do {
    const [, what, on] = lines.match('a matter', MATTER)
    matters.push({ what: what === '婚姻' ? what : '出生', on: isoDate(on) })
  } while (MATTER.test(lines.peek() ?? ''))
  return { name, birthDate: isoDate(birthDate), father, mother, bornAs, matters }
}
