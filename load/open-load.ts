import type { History } from '../contract/index.ts'
import { visit } from '../scenario/arrivals.ts'
import { timeOfDayMs } from '../scenario/script.ts'
import { TOUCH_MS } from '../scenario/simulated.ts'
import type { Metrics } from '../world/live/metrics.ts'
import { Askers } from './askers.ts'
import { type ClientFigures, clientFigures, LoopWatch } from './client-limit.ts'
import { Crowd } from './crowd.ts'
import { type Begun, driveOpenLoop } from './open-loop.ts'
import { type Rate, rateOf } from './rate.ts'
import { intendedStarts, type Schedule } from './schedule.ts'
import type { LoadGround, Venue } from './venue.ts'
import { WrongPrints } from './wrong-prints.ts'

/** An open loop to be driven at a venue. */
export interface OpenLoad {
  readonly schedule: Schedule
  readonly kiosks: number
  /** Counts wrong papers as they come out. */
  readonly metrics: Metrics
  /** Told of each session as it begins, and of how many there will be. */
  readonly onBegin?: (begun: number, of: number) => void
}

/** A load that was driven: what is on record, and how well the driver kept to its schedule. */
export interface DrivenLoad {
  readonly history: History
  readonly begun: readonly Begun[]
  readonly client: ClientFigures
  readonly rate: Rate
  readonly wrongPrints: WrongPrints
  /** The history's file. */
  readonly file: string
}

/** Drives whole sessions in an open loop at a venue; the history is on disk while the load goes on. */
export async function performLoad(venue: Venue, { schedule, kiosks, metrics, onBegin }: OpenLoad): Promise<DrivenLoad> {
  const { ground } = venue
  const starts = intendedStarts(schedule)
  const crowd = new Crowd(ground, schedule.seed)
  const wrongPrints = new WrongPrints(new Askers(ground.places), metrics)
  const rate = rateAt(ground, schedule)
  const watch = new LoopWatch()
  let begun: readonly Begun[] = []
  const { history, file } = await venue.hold({
    rate: rate.kind,
    purpose: `seed-${String(schedule.seed)}`,
    onEvent: wrongPrints.take,
    drive: async (stage) => {
      watch.start()
      begun = await driveOpenLoop(stage, {
        starts,
        clockFactor: ground.clockFactor,
        kiosks,
        visit: (hall, kiosk, index) => {
          const { place, visitor } = crowd.arrival(index)
          return visit(place, hall, kiosk, visitor, TOUCH_MS)
        },
        onBegin: (index) => onBegin?.(index + 1, starts.length),
      })
    },
  })
  const client = clientFigures(begun, ground.clockFactor, watch.end())
  return { history, begun, client, rate, wrongPrints, file }
}

function rateAt({ profile, places, date, start, clockFactor }: LoadGround, { arrivals, perSecond }: Schedule): Rate {
  const municipalities = places.map(({ municipality }) => municipality.code)
  return rateOf(profile, { municipalities, date, atMs: timeOfDayMs(start), arrivals, perSecond, clockFactor })
}
