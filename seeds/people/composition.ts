import { HEAD_OF_HOUSEHOLD, type Sex } from '../../contract/index.ts'
import { bornAged, childrenBorn, parentBorn, spouseBorn } from './ages.ts'
import { YEAR_DAYS, type CivilDay } from './civil-days.ts'
import type { HouseholdKind } from './deck.ts'
import { at, chance, oneOf } from './draw.ts'
import { extendedFamily } from './extended-family.ts'
import type { Draw } from './keyed-random.ts'
import { member, type CompositionInput, type Member } from './member.ts'

/** The members of a household of this kind, its head first. Ages, sexes and relations fit each other. */
export function composeHousehold(kind: HouseholdKind, input: CompositionInput): Member[] {
  switch (kind) {
    case 'single':
      return [single(input)]
    case 'single-foreign':
      return [member(HEAD_OF_HOUSEHOLD, sexOf(input.draw), bornAged(input.draw, input.today, 19, 48), { foreign: true })]
    case 'couple':
      return couple(input)
    case 'couple-foreign':
      return couple(input, 'both-foreign')
    case 'couple-international':
      return couple(input, 'wife-foreign')
    case 'couple-unregistered':
      return unregisteredCouple(input)
    case 'family-1':
      return family(input, childrenBorn(input.draw, input.today, 1))
    case 'family-2':
      return family(input, childrenBorn(input.draw, input.today, 2))
    case 'family-3':
      return family(input, childrenBorn(input.draw, input.today, 3))
    case 'family-twins':
      return family(input, twinsBorn(input))
    case 'mother-1':
      return oneParent(input, 'female', 1)
    case 'mother-2':
      return oneParent(input, 'female', 2)
    case 'father-1':
      return oneParent(input, 'male', 1)
    case 'lodger':
      return withLodger(input)
    case 'siblings':
      return siblings(input)
    default:
      return extendedFamily(kind, input)
  }
}

function sexOf(draw: Draw): Sex {
  return chance(draw, 0.5) ? 'male' : 'female'
}

function single({ draw, today }: CompositionInput): Member {
  const [low, high] = oneOf(draw, [[18, 34], [25, 49], [40, 69], [65, 93]] as const)
  const born = bornAged(draw, today, low, high)
  const registeredUnder = chance(draw, 0.6) ? 'absent' : 0
  return member(HEAD_OF_HOUSEHOLD, sexOf(draw), born, { registeredUnder })
}

/** The husband is head except in one of seven; who keeps the name heads the family register: here always the husband. */
function couple({ draw, today }: CompositionInput, foreign?: 'both-foreign' | 'wife-foreign'): Member[] {
  const born = bornAged(draw, today, 24, foreign === undefined ? 86 : 52)
  const spouse = spouseBorn(draw, born, today)
  const bothForeign = foreign === 'both-foreign'
  const herFamily = foreign === undefined ? {} : { family: 'wife', foreign: true }
  if (chance(draw, 6 / 7)) {
    return [
      member(HEAD_OF_HOUSEHOLD, 'male', born, { foreign: bothForeign }),
      member('妻', 'female', spouse, herFamily),
    ]
  }
  return [
    member(HEAD_OF_HOUSEHOLD, 'female', born, { registeredUnder: 1, ...herFamily }),
    member('夫', 'male', spouse, { registeredUnder: 1, foreign: bothForeign }),
  ]
}

function unregisteredCouple({ draw, today }: CompositionInput): Member[] {
  const born = bornAged(draw, today, 23, 60)
  return [
    member(HEAD_OF_HOUSEHOLD, 'male', born, { registeredUnder: 'absent' }),
    member('妻（未届）', 'female', spouseBorn(draw, born, today), { family: 'partner', registeredUnder: 'absent' }),
  ]
}

/** Parents with the children born on the given days, the eldest first. */
function family({ draw }: CompositionInput, children: readonly CivilDay[]): Member[] {
  const eldest = at(children, 0)
  const mother = parentBorn(draw, eldest, 20, 33)
  const father = Math.min(mother + Math.floor((draw() * 9 - 6) * YEAR_DAYS), eldest - Math.ceil(19 * YEAR_DAYS))
  return [
    member(HEAD_OF_HOUSEHOLD, 'male', father),
    member('妻', 'female', mother),
    ...children.map((born) => member('子', sexOf(draw), born)),
  ]
}

function twinsBorn({ draw, today }: CompositionInput): CivilDay[] {
  const [born] = childrenBorn(draw, today, 1)
  return born === undefined ? [] : [born, born]
}

function oneParent({ draw, today }: CompositionInput, sex: Sex, children: number): Member[] {
  const days = childrenBorn(draw, today, children)
  return [
    member(HEAD_OF_HOUSEHOLD, sex, parentBorn(draw, at(days, 0), 20, 34)),
    ...days.map((born) => member('子', sexOf(draw), born)),
  ]
}

function withLodger({ draw, today }: CompositionInput): Member[] {
  const head = bornAged(draw, today, 30, 80)
  return [
    member(HEAD_OF_HOUSEHOLD, sexOf(draw), head),
    member('同居人', sexOf(draw), bornAged(draw, today, 18, 60), { family: 'lodger', registeredUnder: 'absent', arrival: 'later' }),
  ]
}

/** Children of one mother: brother and sister of the head come with words of their own for older and younger. */
function siblings({ draw, today }: CompositionInput): Member[] {
  const head = bornAged(draw, today, 26, 70)
  const older = chance(draw, 0.4)
  const sex = sexOf(draw)
  const born = head + (older ? -1 : 1) * Math.floor((1.2 + draw() * 5) * YEAR_DAYS)
  const relation = sex === 'male' ? (older ? '兄' : '弟') : older ? '姉' : '妹'
  return [
    member(HEAD_OF_HOUSEHOLD, sexOf(draw), head, { registeredUnder: 'absent' }),
    member(relation, sex, born, { registeredUnder: 'absent' }),
  ]
}
