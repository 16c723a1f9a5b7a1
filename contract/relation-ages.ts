import { HEAD_OF_HOUSEHOLD, type Resident } from './resident.ts'

/**
 * Relationships to the head of household (続柄) that ages make impossible. Only what cannot be is refused, not what is rare:
 *
 * 1. A parent is 10 years older than a child, a grandparent 20; adoptions are not modelled.
 * 2. An elder brother or sister is not born after, a younger one not before.
 * 3. Nobody is married before 16, the age at which women could marry until 2022; nor lives as 未届 spouse.
 * 4. What follows 妻の or 夫の is measured against that spouse, where there is one; against nobody else.
 *
 * Any other word, such as 同居人 or 縁故者, is never refused.
 */
export const GENERATION_YEARS_MIN = 10
/** Nobody is married who is younger. */
export const MARRIAGE_YEARS_MIN = 16

/** A member of a household, by place in it, whose relation cannot be; and why. */
export interface ImpossibleRelation {
  readonly at: number
  readonly what: string
}

/** The members of a household whose relation to its head cannot be. @param day ISO day on which the household is as given */
export function impossibleRelations(residents: readonly Resident[], head: Resident, day: string): ImpossibleRelation[] {
  return residents.flatMap((resident, at) => {
    const what = whyNot(resident, residents, head, day)
    return what === undefined ? [] : [{ at, what }]
  })
}

function whyNot(resident: Resident, residents: readonly Resident[], head: Resident, day: string): string | undefined {
  const married = resident === head ? residents.some(({ relation }) => SPOUSE.test(relation)) : MARRIED.test(resident.relation)
  if (married && yearsAfter(resident.birthDate, MARRIAGE_YEARS_MIN) > day) return `is that of somebody married, who is younger than ${String(MARRIAGE_YEARS_MIN)}`
  const [, spouse, rest = ''] = OF_SPOUSE.exec(resident.relation) ?? [undefined, undefined, resident.relation]
  const anchor = spouse === undefined ? head : onlyOne(residents.filter(({ relation }) => relation === spouse))
  if (anchor === undefined) return undefined
  return againstTime(rest, resident.birthDate, anchor.birthDate, spouse ?? HEAD_OF_HOUSEHOLD)
}

/** @param relation as it stands to the anchor */
function againstTime(relation: string, born: string, anchorBorn: string, anchor: string): string | undefined {
  const years = GENERATION_YEARS_MIN * relation.split('の').length
  if (DESCENDANT.test(relation) && born < yearsAfter(anchorBorn, years)) return `is that of a descendant born less than ${String(years)} years after the ${anchor}`
  if (ANCESTOR.test(relation) && yearsAfter(born, years) > anchorBorn) return `is that of an ancestor born less than ${String(years)} years before the ${anchor}`
  if (ELDER.test(relation) && born > anchorBorn) return `is that of somebody older than the ${anchor}, but born after`
  if (YOUNGER.test(relation) && born < anchorBorn) return `is that of somebody younger than the ${anchor}, but born before`
  return undefined
}

const SPOUSE = /^[妻夫](?:（未届）)?$/
/** Also of a child or sibling: 子の妻. */
const MARRIED = /(?:^|の)[妻夫](?:（未届）)?$/
const OF_SPOUSE = /^([妻夫](?:（未届）)?)の(.+)$/
const DESCENDANT = /^子(?:の子)*$/
const ANCESTOR = /^[父母](?:の[父母])*$/
const ELDER = /^[兄姉]$/
const YOUNGER = /^[弟妹]$/

const onlyOne = <T>(list: readonly T[]): T | undefined => (list.length === 1 ? list[0] : undefined)

/** The same day so many years later, as text, which sorts; a 29 February has it in name only in most years. */
export const yearsAfter = (iso: string, years: number): string => String(Number(iso.slice(0, 4)) + years).padStart(4, '0') + iso.slice(4)
