import { HEAD_OF_HOUSEHOLD } from '../../contract/index.ts'
import { bornAged, childrenBorn, parentBorn, spouseBorn } from './ages.ts'
import type { CivilDay } from './civil-days.ts'
import type { HouseholdKind } from './deck.ts'
import { at, between, chance } from './draw.ts'
import type { Draw } from './keyed-random.ts'
import { member, type CompositionInput, type Member } from './member.ts'

/** Households in which more than two generations, or a grown child's parents, live together. The head comes first. */
export function extendedFamily(kind: HouseholdKind, input: CompositionInput): Member[] {
  switch (kind) {
    case 'couple-with-parent':
      return coupleWithParent(input)
    case 'three-generations':
      return middleHead(input, between(input.draw, 1, 2), ['父', '母'])
    case 'eight':
      return middleHead(input, 3, ['父', '母', '妻の母'])
    case 'three-generations-elder-head':
      return elderHead(input, between(input.draw, 1, 2))
    case 'nine':
      return fourGenerations(input)
    default:
      throw new RangeError(`"${kind}" is no kind of extended family`)
  }
}

function coupleWithParent({ draw, today }: CompositionInput): Member[] {
  const head = bornAged(draw, today, 40, 62)
  const wife = spouseBorn(draw, head, today)
  const couple = [member(HEAD_OF_HOUSEHOLD, 'male', head), member('妻', 'female', wife)]
  if (chance(draw, 0.5)) return [...couple, motherInLaw(draw, wife)]
  return [...couple, member('母', 'female', parentBorn(draw, head, 20, 33), { registeredUnder: 'absent' })]
}

/** Head and wife, their children, and parents of theirs. A father heads the register in which the head's mother stands. */
function middleHead({ draw, today }: CompositionInput, children: number, elders: readonly ('父' | '母' | '妻の母')[]): Member[] {
  const days = childrenBorn(draw, today, children)
  const { father, mother } = parentsOf(draw, at(days, 0))
  const members = [
    member(HEAD_OF_HOUSEHOLD, 'male', father),
    member('妻', 'female', mother, { arrival: 'by-marriage' }),
    ...days.map((born) => member('子', chance(draw, 0.5) ? 'male' : 'female', born)),
  ]
  const grandfatherAt = members.length
  const grandmother = parentBorn(draw, father, 20, 28)
  for (const relation of elders) {
    if (relation === '父') members.push(member('父', 'male', grandmother - between(draw, 0, 1_800), { registeredUnder: grandfatherAt }))
    else if (relation === '母') members.push(member('母', 'female', grandmother, { registeredUnder: grandfatherAt }))
    else members.push(motherInLaw(draw, mother))
  }
  return members
}

/** The grandfather is head; his son's wife is 子の妻, their children are 子の子 and stand in the son's family register. */
function elderHead({ draw, today }: CompositionInput, grandchildren: number, youngestAge = 17): Member[] {
  const days = childrenBorn(draw, today, grandchildren, youngestAge)
  const { father, mother } = parentsOf(draw, at(days, 0))
  const grandmother = parentBorn(draw, father, 20, 28)
  return [
    member(HEAD_OF_HOUSEHOLD, 'male', grandmother - between(draw, 0, 1_800)),
    member('妻', 'female', grandmother),
    member('子', 'male', father, { registeredUnder: 2 }),
    member('子の妻', 'female', mother, { registeredUnder: 2, arrival: 'by-marriage' }),
    ...days.map((born) => member('子の子', chance(draw, 0.5) ? 'male' : 'female', born, { registeredUnder: 2 })),
  ]
}

/** As above with four young grandchildren, and the head's mother. */
function fourGenerations(input: CompositionInput): Member[] {
  const members = elderHead(input, 4, 4)
  const mother = parentBorn(input.draw, at(members, 0).born, 20, 25)
  return [...members, member('母', 'female', mother, { registeredUnder: 'absent' })]
}

function parentsOf(draw: Draw, eldest: CivilDay): { father: CivilDay; mother: CivilDay } {
  const mother = parentBorn(draw, eldest, 20, 30)
  return { mother, father: Math.min(mother - between(draw, -900, 1_800), parentBorn(draw, eldest, 19, 19.5)) }
}

function motherInLaw(draw: Draw, wife: CivilDay): Member {
  return member('妻の母', 'female', parentBorn(draw, wife, 20, 30), { family: 'in-laws', registeredUnder: 'absent', arrival: 'later' })
}
