import type { Sex } from '../../contract/index.ts'
import { isoDay, type CivilDay } from './civil-days.ts'
import type { RareName } from './deck.ts'
import { at, between, oneOf, oneOfFrontFirst } from './draw.ts'
import type { Draw } from './keyed-random.ts'
import { HOUSE, type Member } from './member.ts'
import {
  COMMON_FAMILY_NAMES,
  LADDER_FAMILY_NAMES,
  SELECTOR_FAMILY_NAMES,
  STANDING_SAKI_FAMILY_NAMES,
  SURROGATE_FAMILY_NAMES,
  type FamilyName,
} from './words/family-names.ts'
import { NATIONS, type Nation } from './words/foreign-names.ts'
import { givenNamesOf } from './words/given-names.ts'

/** What stands between family and given name: U+3000, as an ASCII space separates label and value on a sheet. */
export const NAME_SPACE = '\u3000'

/** A whole name and its reading; foreign nationals' names come with the nation where they are usual. */
export interface PersonName {
  readonly name: string
  readonly kana: string
  readonly nationality?: string
}

/** Names for all members: one family name a family, no given name twice in a household. */
export function nameMembers(draw: Draw, members: readonly Member[], rareName: RareName | undefined): PersonName[] {
  const families = new Map<string, FamilyName>()
  const taken = new Set<string>()
  const nation = members.some(isForeign) ? oneOfFrontFirst(draw, NATIONS) : undefined
  return members.map((member) => {
    if (nation !== undefined && isForeign(member)) return foreignName(draw, nation, member.sex)
    const family = families.get(member.family) ?? drawFamily(draw, member.family === HOUSE ? rareName : undefined)
    families.set(member.family, family)
    return withGivenName(draw, family, member.sex, member.born, taken)
  })
}

/** A man's name who is registered elsewhere: father, grandfather or late husband, by the same family name. */
export function absentHeadName(draw: Draw, name: string, born: CivilDay): string {
  const family = { name: at(name.split(NAME_SPACE), 0), kana: '' }
  return withGivenName(draw, family, 'male', born - between(draw, 8_000, 12_500), new Set([name])).name
}

/** The same reading, written otherwise: 渡邊 for 渡邉, or one selector for another. The name as it is if it has no variant. */
export function otherSpelling(person: PersonName): PersonName {
  const [family = '', given = ''] = person.name.split(NAME_SPACE)
  const variants = SELECTOR_FAMILY_NAMES.find(({ names }) => names.includes(family))?.names ?? [family]
  return { name: join(at(variants, (variants.indexOf(family) + 1) % variants.length), given), kana: person.kana }
}

function isForeign(member: Member): boolean {
  return member.registeredUnder === undefined
}

function drawFamily(draw: Draw, rareName: RareName | undefined): FamilyName {
  switch (rareName) {
    case 'surrogate':
      return oneOf(draw, SURROGATE_FAMILY_NAMES)
    case 'ladder':
      return oneOf(draw, LADDER_FAMILY_NAMES)
    case 'standing-saki':
      return oneOf(draw, STANDING_SAKI_FAMILY_NAMES)
    case 'selector': {
      const { kana, names } = oneOf(draw, SELECTOR_FAMILY_NAMES)
      return { kana, name: oneOf(draw, names) }
    }
    case undefined:
      return oneOfFrontFirst(draw, COMMON_FAMILY_NAMES)
  }
}

/** Goes on to the next name of the list where the drawn one is taken: lists are longer than households. */
function withGivenName(draw: Draw, family: FamilyName, sex: Sex, born: CivilDay, taken: Set<string>): PersonName {
  const list = givenNamesOf(sex, isoDay(born))
  let index = between(draw, 0, list.length - 1)
  while (taken.has(at(list, index).name) || taken.has(join(family.name, at(list, index).name))) index = (index + 1) % list.length
  const given = at(list, index)
  taken.add(given.name)
  return { name: join(family.name, given.name), kana: join(family.kana, given.kana) }
}

function foreignName(draw: Draw, nation: Nation, sex: Sex): PersonName {
  const [family, familyKana] = oneOf(draw, nation.family)
  const [given, givenKana] = oneOf(draw, nation.given[sex])
  return { name: wide(join(family, given)), kana: wide(join(familyKana, givenKana)), nationality: nation.nationality }
}

function join(family: string, given: string): string {
  return family + NAME_SPACE + given
}

function wide(words: string): string {
  return words.replaceAll('|', NAME_SPACE)
}
