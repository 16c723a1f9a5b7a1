import type { Resident } from '../contract/index.ts'
import { keyedStream, type RandomStream } from '../world/keyed-random.ts'
import { PIN } from './cards.ts'
import type { Load } from './incident.ts'
import { wishOf } from './performances.ts'
import type { Act } from './play.ts'
import { timeOfDayMs } from './script.ts'
import type { Ground } from './setting.ts'

/** People come to kiosks at random: so many, spread over the time by the profile. Every arrival has draws of its own. */
export function arrivals(ground: Ground, load: Load, seed: number, touchMs: number): Act[] {
  const able = ground.population.filter(({ status, restricted, birthDate }) => status === 'resident' && !restricted && birthDate < minorSince(ground.incident.date))
  return Array.from({ length: load.sessions }, (_, index): Act => {
    const draw = keyedStream(seed, `arrival/${String(index)}`)
    const atMs = arrivalMs(load, draw)
    const kiosk = `shop-${String(1 + Math.floor(draw() * load.kiosks))}`
    const resident = pick(able, draw)
    const scope = draw() < load.householdShare ? 'household' : 'applicant'
    const wish = wishOf({ scope, copies: 1 + weighted(load.copies, draw) })
    const visit = { kiosk, municipality: ground.municipality.code, resident: resident.id, pin: PIN, wish, touchMs }
    return { atMs, perform: (_stage, hall) => hall.visit({ purseYen: 10_000 }, { ...visit, card: ground.cards.cardOf(resident) }) }
  })
}

/** Younger people cannot apply: the minimum age is 15 in many places (`domain.md`, section 2). */
const minorSince = (date: string): string => `${String(Number(date.slice(0, 4)) - 15)}${date.slice(4)}`

function arrivalMs({ from, to, profile }: Load, draw: RandomStream): number {
  const fromMs = timeOfDayMs(from)
  const partMs = (timeOfDayMs(to) - fromMs) / profile.length
  return Math.round(fromMs + (weighted(profile, draw) + draw()) * partMs)
}

function pick(people: readonly Resident[], draw: RandomStream): Resident {
  const person = people[Math.floor(draw() * people.length)]
  if (person === undefined) throw new RangeError('the population has nobody who may apply')
  return person
}

/** An index, drawn with the given weights. */
function weighted(weights: readonly number[], draw: RandomStream): number {
  let left = draw() * weights.reduce((sum, weight) => sum + weight, 0)
  for (const [index, weight] of weights.entries()) {
    left -= weight
    if (left < 0) return index
  }
  return weights.length - 1
}
