import type { Resident, Wish } from '../contract/index.ts'
import { keyedStream, type RandomStream } from '../world/keyed-random.ts'
import type { Mix } from './arrival-profile.ts'
import { wishOf } from './performances.ts'
import type { Settlement } from './setting.ts'
import { weighted } from './weighted.ts'

/** Somebody who comes to a kiosk, and what for. */
export interface Visitor {
  readonly resident: Resident
  readonly wish: Wish
}

/** What a visitor carries; enough for any fee. */
export const VISITOR_PURSE_YEN = 10_000

/** Those of whom some come to kiosks. */
export interface Inhabitants extends Pick<Settlement, 'population' | 'seals'> {
  /** The day on which they come. */
  readonly date: string
}

/** Draws who comes and what for, by a mix. Every arrival has draws of its own, so that one more changes no other. */
export class Visitors {
  private readonly able: readonly Resident[]
  private readonly sealed: readonly Resident[]

  constructor(
    { population, seals, date }: Inhabitants,
    private readonly mix: Mix,
    private readonly seed: number,
  ) {
    const since = minorSince(date)
    this.able = population.filter(({ status, restricted, birthDate }) => status === 'resident' && !restricted && birthDate < since)
    this.sealed = this.able.filter(({ id }) => seals.get(id)?.status === 'active')
  }

  /**
   * Arrival number `index`. Only somebody whose seal registration is in force asks for a seal certificate.
   * @param draw the arrival's stream, where something was drawn from it before
   */
  visitor(index: number, draw: RandomStream = keyedStream(this.seed, `arrival/${String(index)}`)): Visitor {
    const resident = pick(this.able, draw)
    const scope = draw() < this.mix.householdShare ? 'household' : 'applicant'
    const copies = 1 + weighted(this.mix.copies, draw)
    // A stream of its own: whether some ask for seal certificates changes nothing for those who do not.
    const ofType = keyedStream(this.seed, `arrival/${String(index)}/type`)
    if (ofType() >= this.mix.sealShare) return { resident, wish: wishOf({ scope, copies }) }
    return { resident: pick(this.sealed, ofType), wish: wishOf({ type: 'seal-certificate', copies }) }
  }
}

/** Younger people cannot apply: the minimum age is 15 in many places (`domain.md`, section 2). */
const minorSince = (date: string): string => `${String(Number(date.slice(0, 4)) - 15)}${date.slice(4)}`

function pick(people: readonly Resident[], draw: RandomStream): Resident {
  const person = people[Math.floor(draw() * people.length)]
  if (person === undefined) throw new RangeError('the population has nobody who may apply for it')
  return person
}
