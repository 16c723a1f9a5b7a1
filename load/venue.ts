import type { History, HistoryEvent, HistoryHeader } from '../contract/index.ts'
import type { ArrivalProfile } from '../scenario/arrival-profile.ts'
import type { Settlement } from '../scenario/setting.ts'
import type { Stage } from '../world/stage.ts'

/** A municipality under load: its people, and the build that runs there. */
export interface Place extends Settlement {
  readonly build: string
}

/** Who is there when a load begins, and when that is. */
export interface LoadGround {
  readonly date: string
  /** Time of day. */
  readonly start: string
  readonly clockFactor: number
  readonly profile: ArrivalProfile
  readonly places: readonly Place[]
}

/** What is to happen at a venue. */
export interface Gathering {
  readonly rate: HistoryHeader['rate']
  /** Names the run's folder. */
  readonly purpose: string
  /** Told of each event once it is on record. */
  readonly onEvent?: (event: HistoryEvent) => void
  /** Told of the server that kiosks call. */
  readonly drive: (stage: Stage, centreUrl: string) => Promise<void>
}

/** What is on record of it. */
export interface Held {
  readonly history: History
  /** The history's file. */
  readonly file: string
}

/** Where a load is driven: a system of this process, or one that is served elsewhere. */
export interface Venue {
  readonly world: 'live' | 'target'
  /** The target's server, without a user. */
  readonly target?: string
  /** The build or builds; of a target those that it says it runs. */
  readonly build: string
  readonly ground: LoadGround
  hold(gathering: Gathering): Promise<Held>
  /** Ends the present history with a footer that says it was interrupted, and stops at once what is the venue's own. */
  interrupt(): Promise<void>
  close(): Promise<void>
}
