import type { Municipality, Resident } from '../../contract/index.ts'
import { addressesOf, type Addresses } from './addresses.ts'
import { civilDay, isoDay, YEAR_DAYS, type CivilDay } from './civil-days.ts'
import { composeHousehold } from './composition.ts'
import type { Echo, HouseholdPlan } from './deck.ts'
import { at, between } from './draw.ts'
import { foreignItems } from './foreign-items.ts'
import { keyedRandom, type Draw } from './keyed-random.ts'
import type { Member } from './member.ts'
import { absentHeadName, nameMembers, otherSpelling, type PersonName } from './naming.ts'
import { personNumbers, type PersonNumbers } from './numbers.ts'
import { residenceOf } from './residence.ts'
import { sortedNumber } from './sorted-number.ts'

/** Room for this many people in a household's share of the numbers. */
const NUMBERS_PER_HOUSEHOLD = 16

/** Digits of the numbers in ids and household keys, as long as they suffice. */
const PERSON_DIGITS = 6
const HOUSEHOLD_DIGITS = 5

/** What all households of a register share. Made once; holds no state that a household changes. */
export interface Register {
  readonly municipality: Municipality
  readonly today: CivilDay
  readonly addresses: Addresses
  readonly numbers: PersonNumbers
  /** The stream of draws for one purpose in one household, from its beginning. */
  draw(household: number, purpose: string): Draw
}

/** @throws RangeError where `today` is no date. */
export function registerOf(seed: number, municipality: Municipality, today: string): Register {
  return {
    municipality,
    today: civilDay(today),
    addresses: addressesOf(seed, municipality),
    numbers: personNumbers(seed, municipality.code),
    draw: (household, purpose) => keyedRandom(seed, `${municipality.code}/household/${String(household)}/${purpose}`),
  }
}

interface Drafted {
  readonly member: Member
  readonly name: PersonName
}

/**
 * The household of a plan, its head first. A pure function of register and plan: only the ids go on from `firstOrdinal`,
 * everything else stays as it is whatever other households do.
 */
export function makeHousehold(register: Register, plan: HouseholdPlan, firstOrdinal: number): Resident[] {
  const drafted = draft(register, plan)
  const members = drafted.map(({ member }) => member)
  const residences = residenceOf(register.draw(plan.number, 'residence'), members, register.today, register.addresses)
  const address = register.addresses.ofHousehold(plan.number)
  const { code } = register.municipality
  return drafted.map((person, index) => ({
    id: `${code}-${sortedNumber(firstOrdinal + index, PERSON_DIGITS)}`,
    municipality: code,
    household: `${code}-h${sortedNumber(plan.number + 1, HOUSEHOLD_DIGITS)}`,
    name: person.name.name,
    kana: person.name.kana,
    birthDate: isoDay(person.member.born),
    sex: person.member.sex,
    relation: person.member.relation,
    address,
    becameResident: at(residences, index).becameResident,
    addressFixed: at(residences, index).addressFixed,
    notified: at(residences, index).notified,
    previousAddress: at(residences, index).previousAddress,
    ...nationalItems(register, plan.number, drafted, index),
    individualNumber: register.numbers.individualNumber(plan.number * NUMBERS_PER_HOUSEHOLD + index),
    recordCode: register.numbers.recordCode(plan.number * NUMBERS_PER_HOUSEHOLD + index),
    status: 'resident',
    restricted: plan.restricted,
    version: 1,
  }))
}

function draft(register: Register, plan: HouseholdPlan): Drafted[] {
  const members = composeHousehold(plan.kind, { draw: register.draw(plan.number, 'composition'), today: register.today })
  const names = nameMembers(register.draw(plan.number, 'names'), members, plan.rareName)
  const drafted = members.map((member, index) => ({ member, name: at(names, index) }))
  if (plan.echo === undefined) return drafted
  const [model] = draft(register, plan.echo.of)
  const [own] = drafted
  return model === undefined || own === undefined ? drafted : [echoed(register, plan.number, own, model, plan.echo.how)]
}

/** A person living alone who has something in common with another. Namesakes are of one sex and about one age. */
function echoed(register: Register, household: number, own: Drafted, model: Drafted, how: Echo): Drafted {
  if (how === 'birth') return { ...own, member: { ...own.member, born: model.member.born } }
  const earlier = between(register.draw(household, 'echo'), 1, Math.floor(3 * YEAR_DAYS))
  const born = how === 'name-and-birth' ? model.member.born : model.member.born - earlier
  const name = how === 'reading' ? otherSpelling(model.name) : model.name
  return { member: { ...own.member, sex: model.member.sex, born }, name }
}

type NationalItems = Pick<Resident, 'domicile' | 'domicileHead' | 'foreign'>

/** Registered domicile and its head for nationals, the foreign items for others. Who shares a family register shares both. */
function nationalItems(register: Register, household: number, drafted: readonly Drafted[], index: number): NationalItems {
  const { member, name } = at(drafted, index)
  if (member.registeredUnder === undefined) {
    const card = register.numbers.residenceCardNumber(household * NUMBERS_PER_HOUSEHOLD + index)
    const draw = register.draw(household, `foreign/${String(index)}`)
    const members = drafted.map((person) => person.member)
    return { foreign: foreignItems(draw, member, members, name.nationality ?? '', card) }
  }
  if (member.registeredUnder !== 'absent') {
    const draw = register.draw(household, `domicile/${String(member.registeredUnder)}`)
    return { domicile: register.addresses.domicile(draw), domicileHead: at(drafted, member.registeredUnder).name.name }
  }
  const draw = register.draw(household, `domicile/${member.family}`)
  const first = drafted.find((person) => person.member.family === member.family && person.member.registeredUnder === 'absent')
  const model = first ?? at(drafted, index)
  return { domicile: register.addresses.domicile(draw), domicileHead: absentHeadName(draw, model.name.name, model.member.born) }
}
