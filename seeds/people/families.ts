import type { FamilyMember, FamilyRegister, Municipality, Resident, Sex } from '../../contract/index.ts'
import { civilDay, type CivilDay, daysOfYears, isoDay } from './civil-days.ts'
import { at, between, oneOf } from './draw.ts'
import { type Draw, keyedRandom } from './keyed-random.ts'
import { NAME_SPACE } from './naming.ts'
import { NO_PREVIOUS_ADDRESS } from './residence.ts'
import { sortedNumber } from './sorted-number.ts'
import { givenNamesOf } from './words/given-names.ts'

/** Whoever is so much younger than the head of a register is a child in it, and else the spouse. */
const GENERATION_YEARS = 16
/** A head who does not live here was so old when the eldest in the register was born. */
const FATHER_YEARS = { low: 23, high: 33 } as const
const MARRIAGE_YEARS = 20
const REGISTER_DIGITS = 5
const ORDINALS = ['長', '二', '三', '四', '五', '六', '七', '八', '九', '十'] as const

/**
 * The family registers (戸籍) of a municipality in which somebody of its population stands: those who share a registered domicile
 * there and its head. A head who does not live in the municipality stands in it too, with a key of the register's own.
 * @param population household by household, as populations are
 * @param idsBegin how the keys of registers begin, and of those in them who do not live here
 */
export function familyRegistersOf(population: readonly Resident[], { code, prefecture, name }: Municipality, seed: number, idsBegin = `${code}-f`): FamilyRegister[] {
  const families = new Map<string, Resident[]>()
  for (const resident of population) {
    const { domicile, domicileHead } = resident
    if (domicile === undefined || domicileHead === undefined || !domicile.startsWith(prefecture + name)) continue
    const key = `${domicile} ${domicileHead}`
    const known = families.get(key)
    if (known === undefined) families.set(key, [resident])
    else known.push(resident)
  }
  return [...families].map(([key, residents], index) => {
    const [domicile = '', head = ''] = key.split(' ')
    const id = `${idsBegin}${sortedNumber(index + 1, REGISTER_DIGITS)}`
    const draw = keyedRandom(seed, `family/${key}`)
    return { id, municipality: code, domicile, head, ...registerOf(draw, head, domicile, `${id}-1`, residents), version: 1 }
  })
}

/** Somebody in a register before it says whose child he or she is. */
interface Entry {
  /** Where he or she has lived; nothing of somebody who does not live here. */
  readonly lived: Pick<Resident, 'address' | 'addressFixed' | 'previousAddress'> | undefined
  readonly id: string
  readonly name: string
  readonly sex: Sex
  readonly born: CivilDay
}

function registerOf(draw: Draw, head: string, domicile: string, absentId: string, residents: readonly Resident[]): Pick<FamilyRegister, 'madeOn' | 'members'> {
  const entries = residents.map(({ id, name, sex, birthDate, ...lived }): Entry => ({ id, name, sex, born: civilDay(birthDate), lived }))
  const first = entries.find(({ name }) => name === head) ?? absentHead(draw, absentId, head, residents, entries)
  const others = entries.filter((entry) => entry !== first)
  const grown = first.born + daysOfYears(GENERATION_YEARS)
  const spouse = others.find(({ born, sex }) => born < grown && sex !== first.sex)
  const children = others.filter((entry) => entry !== spouse).sort((one, other) => one.born - other.born)
  const taken = new Set([first, ...others].map((entry) => entry.name))
  const made = dayMade(draw, first, spouse, children)
  const couple = spouse === undefined ? [first] : [first, spouse]
  const married = spouse === undefined ? [] : [{ what: '婚姻', on: isoDay(made) } as const]
  const [father, mother] = first.sex === 'male' ? [first, spouse] : [spouse, first]
  const members = [
    ...couple.map((entry) => ({ ...elsewhereBorn(draw, entry, taken), matters: [birth(entry), ...married], addresses: addressesOf(entry, made, domicile) })),
    ...children.map((entry, index): FamilyMember => ({
      ...person(entry),
      father: father?.name ?? inventedName(draw, entry, 'male', taken),
      mother: givenOf(mother?.name ?? inventedName(draw, entry, 'female', taken)),
      bornAs: ordinal(entry, children.slice(0, index)),
      matters: [birth(entry)],
      addresses: addressesOf(entry, Math.max(made, entry.born), domicile),
    })),
  ]
  return { madeOn: isoDay(made), members }
}

/** The head who does not live here: the husband of somebody's mother who does, or else the father. */
function absentHead(draw: Draw, id: string, name: string, residents: readonly Resident[], entries: readonly Entry[]): Entry {
  const eldest = Math.min(...entries.map(({ born }) => born))
  const isWidow = residents.some(({ relation }) => relation.endsWith('母'))
  const born = isWidow ? eldest - between(draw, 0, daysOfYears(5)) : eldest - daysOfYears(between(draw, FATHER_YEARS.low, FATHER_YEARS.high))
  return { id, name, sex: 'male', born, lived: undefined }
}

/** A register is made by a marriage, or for somebody who is grown up; in any case before the first child in it is born. */
function dayMade(draw: Draw, first: Entry, spouse: Entry | undefined, children: readonly Entry[]): CivilDay {
  const grown = Math.max(first.born, spouse?.born ?? first.born) + daysOfYears(MARRIAGE_YEARS)
  const eldest = children[0]?.born ?? grown + daysOfYears(5)
  return between(draw, Math.min(grown, eldest - 30), eldest - 30)
}

const person = ({ id, name, sex, born }: Entry): Pick<FamilyMember, 'id' | 'name' | 'birthDate' | 'sex'> => ({ id, name, birthDate: isoDay(born), sex })
const birth = ({ born }: Entry): FamilyMember['matters'][number] => ({ what: '出生', on: isoDay(born) })

/** Head and spouse are children of people in other registers. */
function elsewhereBorn(draw: Draw, entry: Entry, taken: ReadonlySet<string>): Omit<FamilyMember, 'matters' | 'addresses'> {
  const bornAs = `${at(ORDINALS, between(draw, 0, 2))}${entry.sex === 'male' ? '男' : '女'}`
  return { ...person(entry), father: inventedName(draw, entry, 'male', taken), mother: givenOf(inventedName(draw, entry, 'female', taken)), bornAs }
}

/** Where somebody has lived since the register was made, or since birth; somebody of whom nothing is known here, at the domicile. */
function addressesOf({ lived }: Entry, since: CivilDay, domicile: string): FamilyMember['addresses'] {
  if (lived === undefined) return [{ address: domicile, since: isoDay(since) }]
  const { address, addressFixed, previousAddress } = lived
  const before = civilDay(addressFixed) > since && previousAddress !== NO_PREVIOUS_ADDRESS
  return [...(before ? [{ address: previousAddress, since: isoDay(since) }] : []), { address, since: addressFixed }]
}

/** The place among children of the same sex: 長男, 二女. */
function ordinal({ sex }: Entry, elder: readonly Entry[]): string {
  return `${at(ORDINALS, elder.filter((child) => child.sex === sex).length)}${sex === 'male' ? '男' : '女'}`
}

/** A parent's name, of the child's family and the parent's time; nobody's who stands in the register. */
function inventedName(draw: Draw, child: Entry, sex: Sex, taken: ReadonlySet<string>): string {
  const [family = ''] = child.name.split(NAME_SPACE)
  const born = child.born - daysOfYears(between(draw, FATHER_YEARS.low, FATHER_YEARS.high))
  const names = givenNamesOf(sex, isoDay(born)).map(({ name }) => `${family}${NAME_SPACE}${name}`)
  return oneOf(draw, names.filter((name) => !taken.has(name)))
}

/** A mother stands in it by her given name. */
const givenOf = (name: string): string => name.split(NAME_SPACE).at(-1) ?? name
