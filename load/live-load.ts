import type { History } from '../contract/index.ts'
import { visit } from '../scenario/arrivals.ts'
import { timeOfDayMs } from '../scenario/script.ts'
import type { LiveHouse } from '../scenario/live.ts'
import type { Ground, Scene } from '../scenario/setting.ts'
import { TOUCH_MS } from '../scenario/simulated.ts'
import { Visitors } from '../scenario/visitors.ts'
import type { Build } from '../services/build.ts'
import { type ClientFigures, clientFigures, LoopWatch } from './client-limit.ts'
import { type Begun, driveOpenLoop } from './open-loop.ts'
import { type Rate, rateOf } from './rate.ts'
import { intendedStarts, type Schedule } from './schedule.ts'

/** An open loop to be driven on a live house. */
export interface LiveLoad {
  readonly ground: Ground<Scene>
  readonly build: Build
  readonly schedule: Schedule
  readonly kiosks: number
  /** Told of each session as it begins, and of how many there will be. */
  readonly onBegin?: (begun: number, of: number) => void
}

/** A load that was driven: what is on record, and how well the driver kept to its schedule. */
export interface DrivenLoad {
  readonly history: History
  readonly begun: readonly Begun[]
  readonly client: ClientFigures
  readonly rate: Rate
  /** The history's file. */
  readonly file: string
}

/** Drives whole sessions in an open loop on a live house; the history is on disk while the load goes on. */
export async function performLoad(house: LiveHouse, load: LiveLoad): Promise<DrivenLoad> {
  const { ground, build, schedule, kiosks, onBegin } = load
  const { incident, municipality, profile } = ground
  const { clockFactor } = incident.live
  const starts = intendedStarts(schedule)
  const visitors = new Visitors(ground, profile.mix, schedule.seed)
  const { arrivals, perSecond, seed } = schedule
  const rate = rateOf(profile, { municipality: municipality.code, date: incident.date, atMs: timeOfDayMs(incident.start), arrivals, perSecond, clockFactor })
  const watch = new LoopWatch()
  let begun: readonly Begun[] = []
  const purpose = `${build.id}-seed-${String(seed)}`
  const { history } = await house.performWith({ ground, build, seed, start: incident.start, rate: rate.kind, orderings: [] }, purpose, async (stage) => {
    watch.start()
    begun = await driveOpenLoop(stage, {
      starts,
      clockFactor,
      kiosks,
      visit: (hall, kiosk, index) => visit(ground, hall, kiosk, visitors.visitor(index), TOUCH_MS),
      onBegin: (index) => onBegin?.(index + 1, starts.length),
    })
  })
  const client = clientFigures(begun, clockFactor, watch.end())
  return { history, begun, client, rate, file: house.historyFile(incident.id, purpose) }
}
