import type { ForeignItems } from '../../contract/index.ts'
import { between, chance, oneOf } from './draw.ts'
import type { Draw } from './keyed-random.ts'
import type { Member } from './member.ts'

const PERMANENT = '永住者'
const WORK = '技術・人文知識・国際業務'

/** The items of a foreign national. A wife of a national and a worker's spouse have statuses of their own. */
export function foreignItems(draw: Draw, member: Member, household: readonly Member[], nationality: string, cardNumber: string): ForeignItems {
  const residenceStatus = chance(draw, 0.25) ? PERMANENT : temporaryStatus(draw, member, household)
  const periodOfStay = residenceStatus === PERMANENT ? '無期限' : `${oneOf(draw, ['１', '３', '５'])}年`
  return { nationality, residenceStatus, periodOfStay, cardNumber }
}

function temporaryStatus(draw: Draw, member: Member, household: readonly Member[]): string {
  if (household.some(({ registeredUnder }) => registeredUnder !== undefined)) return '日本人の配偶者等'
  if (member !== household[0]) return '家族滞在'
  return household.length > 1 ? WORK : (['留学', WORK, '特定技能１号'][between(draw, 0, 2)] ?? WORK)
}
