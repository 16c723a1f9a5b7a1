import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { TorichigaeError } from '../contract/index.ts'
import type { Catalogue } from '../scenario/catalogue.ts'
import { wholeHistory } from '../scenario/plan.ts'
import { buildsOf, meetTarget, standBefore, type Target, type TargetAddress } from '../scenario/target.ts'
import { warmUp } from '../scenario/warm-up.ts'
import { serverOf } from '../world/live/connection.ts'
import { openLogIn } from '../world/live/log.ts'
import { closeReaders } from '../world/live/paper/read.ts'
import { historyFileIn } from '../world/live/stage.ts'
import type { Venue } from './venue.ts'

/** A served system as a load's venue, which is asked who it is and is not closed with it. */
export interface TargetVenueOptions extends TargetAddress {
  /** Where runs lay their histories, papers and logs. */
  readonly folder: string
}

/**
 * Comes to a served system. People, builds and clock are its own; what it does inside cannot be seen.
 * @throws TorichigaeError USAGE, TARGET_NOT_LOCAL before anything is sent; NO_TARGET, NOT_A_TEST_SYSTEM, UNKNOWN_MUNICIPALITY,
 * OUT_NOT_WRITABLE
 */
export async function targetVenue({ folder, ...address }: TargetVenueOptions, catalogue: Catalogue): Promise<Venue> {
  const met = await meetTarget(address, catalogue)
  const { baseUrl, settlements, system: { municipalities, clockFactor, date, nowMs } } = met
  let present: Target | undefined
  await warmUp()
  return {
    world: 'target',
    target: serverOf(baseUrl),
    build: buildsOf(municipalities),
    ground: {
      ...dayAndTime(date, nowMs),
      clockFactor,
      profile: catalogue.profile,
      places: settlements.map((settlement, at) => ({ ...settlement, build: municipalities[at]?.build ?? '' })),
    },
    hold: async ({ rate, purpose, onEvent, drive }) => {
      const own = join(folder, 'load-target', purpose)
      const log = openLogIn(madeFolder(own))
      try {
        const { stage } = (present = await standBefore(met, { folder: own, rate, logger: log.logger, ...(onEvent === undefined ? {} : { onEvent }) }))
        try {
          await drive(stage, baseUrl)
          stage.recorder.end(true)
          return { history: wholeHistory(stage.header, stage.recorder.events), file: historyFileIn(own) }
        } finally {
          stage.close(false)
        }
      } finally {
        log.close()
      }
    },
    interrupt: () => {
      present?.stage.recorder.end(false)
      return Promise.resolve()
    },
    close: () => closeReaders(),
  }
}

/** A target may have been served for days. */
function dayAndTime(date: string, nowMs: number): { date: string; start: string } {
  const now = new Date(Date.parse(`${date}T00:00:00Z`) + Math.floor(nowMs)).toISOString()
  return { date: now.slice(0, 10), start: now.slice(11, 19) }
}

function madeFolder(folder: string): string {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    return folder
  } catch (error) {
    throw new TorichigaeError('OUT_NOT_WRITABLE', folder, { cause: error })
  }
}
