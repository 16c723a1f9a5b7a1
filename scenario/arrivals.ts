import type { KioskHall, VisitEnd } from '../kiosk-sim/hall.ts'
import { keyedStream, type RandomStream } from '../world/keyed-random.ts'
import type { ArrivalProfile, Mix } from './arrival-profile.ts'
import { PIN } from './cards.ts'
import type { AcceleratedLoad, Load, NaturalLoad } from './incident.ts'
import { naturalPieces } from './natural-rate.ts'
import { naturalTimes } from './natural-times.ts'
import type { Act } from './play.ts'
import { timeOfDayMs } from './script.ts'
import type { Ground, Scene, Settlement } from './setting.ts'
import { visitAgain } from './try-again.ts'
import { VISITOR_PURSE_YEN, type Visitor, Visitors } from './visitors.ts'
import { weighted } from './weighted.ts'

/**
 * People come to kiosks at random: as many and when the load's profile says, or as many as come by nature. Every arrival has
 * draws of its own.
 */
export function arrivals(ground: Ground<Scene>, load: Load, seed: number, touchMs: number): Act[] {
  const visitors = new Visitors({ ...ground, date: ground.incident.date }, mixOf(ground.profile, load), seed)
  const act = (index: number, atMs: number, draw: RandomStream): Act => {
    const kiosk = `shop-${String(1 + Math.floor(draw() * load.kiosks))}`
    const visitor = visitors.visitor(index, draw)
    return { atMs, perform: (_stage, hall) => visit(ground, hall, kiosk, visitor, touchMs, load.triesAgain) }
  }
  if (load.rate === 'natural') return timesOf(ground, load, seed).map((atMs, index) => act(index, atMs, keyedStream(seed, `arrival/${String(index)}`)))
  return Array.from({ length: load.sessions }, (_, index): Act => {
    const draw = keyedStream(seed, `arrival/${String(index)}`)
    return act(index, arrivalMs(load, draw), draw)
  })
}

/** A whole session of a visitor at a kiosk, and perhaps more of them; resolves when the visitor leaves. */
export function visit({ cards, municipality }: Pick<Settlement, 'cards' | 'municipality'>, hall: KioskHall, kiosk: string, { resident, wish }: Visitor, touchMs: number, triesAgain = 0): Promise<VisitEnd> {
  const card = cards.cardOf(resident)
  return visitAgain(hall, { purseYen: VISITOR_PURSE_YEN }, { kiosk, municipality: municipality.code, resident: resident.id, pin: PIN, wish, touchMs, card }, triesAgain)
}

/** What a load leaves out is as in `seeds/arrivals.json`; of an accelerated one only residence records are asked for. */
export function mixOf({ mix }: ArrivalProfile, load: Load): Mix {
  if (load.rate === 'accelerated') return { householdShare: load.householdShare, copies: load.copies, sealShare: load.sealShare ?? 0 }
  return { householdShare: load.householdShare ?? mix.householdShare, copies: load.copies ?? mix.copies, sealShare: load.sealShare ?? mix.sealShare }
}

function timesOf({ profile, municipality: { code }, incident: { date } }: Ground<Scene>, { from, to }: NaturalLoad, seed: number): number[] {
  return naturalTimes(naturalPieces(profile, { municipality: code, date }), { fromMs: timeOfDayMs(from), toMs: timeOfDayMs(to) }, seed)
}

function arrivalMs({ from, to, profile }: AcceleratedLoad, draw: RandomStream): number {
  const fromMs = timeOfDayMs(from)
  const partMs = (timeOfDayMs(to) - fromMs) / profile.length
  return Math.round(fromMs + (weighted(profile, draw) + draw()) * partMs)
}
