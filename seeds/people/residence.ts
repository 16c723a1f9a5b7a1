import { HEAD_OF_HOUSEHOLD } from '../../contract/index.ts'
import type { Addresses } from './addresses.ts'
import { civilDay, daysOfYears, isoDay, type CivilDay } from './civil-days.ts'
import { at, between, chance } from './draw.ts'
import type { Draw } from './keyed-random.ts'
import type { Member } from './member.ts'

/** What the register says about how somebody came to live at this address. */
export interface Residence {
  readonly becameResident: string
  readonly addressFixed: string
  readonly notified: string
  readonly previousAddress: string
}

/** Stands for a previous address where there is none, the person having lived here from birth. Never empty on paper. */
export const NO_PREVIOUS_ADDRESS = 'なし'

/** Foreign nationals are in the resident register since this day. */
const FOREIGN_NATIONALS_SINCE = civilDay('2012-07-09')

/** Notifications are due within 14 days. */
const NOTICE_DAYS = 13

/** Nobody moves, marries or lodges on their own before this age. */
const ADULT_YEARS = 18

interface HouseholdMove {
  /** When the household came to this address, and with whom it was notified. */
  readonly fixed: CivilDay
  readonly notified: CivilDay
  /** When it came to the municipality; earlier than `fixed` if it moved within. */
  readonly became: CivilDay
  readonly previousAddress: string
  /** Births are notified after so many days: twins on one. */
  readonly birthNoticeDays: number
}

/**
 * Dates for all members: became resident <= address fixed <= notified <= today, none before birth.
 *
 * 1. The household came together, from another municipality or from another address in this one.
 * 2. Who was born afterwards lives here from birth.
 * 3. Who married in came between then and the first child; who joined later, at any time since.
 */
export function residenceOf(draw: Draw, members: readonly Member[], today: CivilDay, addresses: Addresses): Residence[] {
  const move = householdMove(draw, members, today, addresses)
  return members.map((member) => {
    const grownUp = Math.max(move.fixed, member.born + daysOfYears(ADULT_YEARS))
    if (member.arrival === 'later') return arrivedFrom(draw, between(draw, grownUp, today), today, addresses)
    const until = firstChild(members, today)
    if (member.arrival === 'by-marriage' && move.fixed < until) {
      return arrivedFrom(draw, between(draw, grownUp, until), today, addresses)
    }
    if (member.born >= move.fixed) return bornHere(member.born, Math.min(today, member.born + move.birthNoticeDays))
    return {
      becameResident: isoDay(Math.max(move.became, member.born)),
      addressFixed: isoDay(move.fixed),
      notified: isoDay(move.notified),
      previousAddress: move.previousAddress,
    }
  })
}

function householdMove(draw: Draw, members: readonly Member[], today: CivilDay, addresses: Addresses): HouseholdMove {
  const foreign = members.some(({ registeredUnder }) => registeredUnder === undefined)
  const grownUp = Math.max(...foundersOf(members).map(({ born }) => born)) + daysOfYears(ADULT_YEARS)
  const years = foreign ? 9 : at([6, 14, 26, 45], between(draw, 0, members.length > 4 ? 3 : 2))
  const earliest = Math.max(today - daysOfYears(years), grownUp, foreign ? FOREIGN_NATIONALS_SINCE : -Infinity)
  const fixed = between(draw, Math.min(earliest, today), today)
  const notified = Math.min(today, fixed + between(draw, 0, NOTICE_DAYS))
  const birthNoticeDays = between(draw, 0, NOTICE_DAYS)
  const became = Math.max(fixed - between(draw, 180, daysOfYears(15)), grownUp)
  const within = !foreign && became < fixed && chance(draw, 0.35)
  const previousAddress = within ? addresses.within(draw) : addresses.elsewhere(draw)
  return { fixed, notified, became: within ? became : fixed, previousAddress, birthNoticeDays }
}

/** Those who were grown up when the household came: the head's father where he lives here, else head and spouse. */
function foundersOf(members: readonly Member[]): readonly Member[] {
  const fathers = members.filter(({ relation }) => relation === '父')
  if (fathers.length > 0) return fathers
  const couple = [HEAD_OF_HOUSEHOLD, '妻', '夫', '妻（未届）']
  return members.filter(({ relation, arrival }) => couple.includes(relation) && arrival === 'with-household')
}

/** Who marries in does so before the eldest of the youngest generation is born. */
function firstChild(members: readonly Member[], today: CivilDay): CivilDay {
  const children = members.filter(({ relation }) => relation === '子' || relation === '子の子')
  const youngestGeneration = children.some(({ relation }) => relation === '子の子') ? '子の子' : '子'
  return Math.min(today, ...children.filter(({ relation }) => relation === youngestGeneration).map(({ born }) => born))
}

function arrivedFrom(draw: Draw, day: CivilDay, today: CivilDay, addresses: Addresses): Residence {
  return {
    becameResident: isoDay(day),
    addressFixed: isoDay(day),
    notified: isoDay(Math.min(today, day + between(draw, 0, NOTICE_DAYS))),
    previousAddress: addresses.elsewhere(draw),
  }
}

function bornHere(born: CivilDay, notified: CivilDay): Residence {
  return {
    becameResident: isoDay(born),
    addressFixed: isoDay(born),
    notified: isoDay(notified),
    previousAddress: NO_PREVIOUS_ADDRESS,
  }
}
