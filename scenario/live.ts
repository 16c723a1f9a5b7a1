import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type HistoryHeader, TorichigaeError } from '../contract/index.ts'
import { connectDatabase, type DatabaseConnection, reasonOf, serverOf } from '../world/live/connection.ts'
import { createCardPress } from '../world/live/crypto.ts'
import { openLogIn } from '../world/live/log.ts'
import { drawSheets } from '../world/live/paper/draw.ts'
import { closeReaders, readPdf } from '../world/live/paper/read.ts'
import { openPostgres, type PostgresServer } from '../world/live/postgres/open-postgres.ts'
import { type LiveQueues, openQueues } from '../world/live/queue/open-queues.ts'
import { dropSchema, prepareSchema } from '../world/live/schema.ts'
import { historyFileIn, type LiveStage, type LiveStageOptions, playLive } from '../world/live/stage.ts'
import type { Ordering } from '../world/orderings.ts'
import type { CardPress } from '../world/ports.ts'
import type { Setting } from '../world/stage.ts'
import { headerOf, type Plan, wholeHistory } from './plan.ts'
import { play } from './play.ts'
import { settingOf } from './setting.ts'
import type { Performed } from './simulated.ts'
import { warmUp } from './warm-up.ts'

/** In a live run people touch the panel fast: how long they think changes nothing, and is skipped like other idle time. */
const TOUCH_MS = 300

/** A run to be put on the live stage. */
export interface Staging extends Pick<LiveStageOptions, 'metrics' | 'onEvent'> {
  readonly setting: Setting
  /** Of the history; its incident names the folder, together with `purpose`. */
  readonly header: HistoryHeader
  readonly orderings: readonly Ordering[]
  readonly purpose: string
}

export interface LiveHouseOptions {
  /** `DATABASE_URL`; default: an embedded PostgreSQL. */
  readonly databaseUrl?: string
  /** `REDIS_URL`; default: the queue is on PostgreSQL too. */
  readonly redisUrl?: string
  /** Where runs lay their histories, papers and logs. */
  readonly folder: string
  /** False to keep histories in memory alone, as only a measurement would. Default true. */
  readonly recording?: boolean
}

/** A live house: database server and connections for one live run after another. */
export class LiveHouse {
  private runs = 0
  private present: LiveStage | undefined
  private constructor(
    private readonly options: LiveHouseOptions,
    private readonly server: PostgresServer,
    private readonly database: DatabaseConnection,
  ) {}

  /** @throws TorichigaeError NO_DATABASE, ORPHANED_DATABASE, OUT_NOT_WRITABLE */
  static async open(options: LiveHouseOptions): Promise<LiveHouse> {
    try {
      mkdirSync(options.folder, { recursive: true, mode: 0o700 })
    } catch (error) {
      throw new TorichigaeError('OUT_NOT_WRITABLE', options.folder, { cause: error })
    }
    const server = await openPostgres(options.databaseUrl === undefined ? {} : { url: options.databaseUrl })
    try {
      await warmUp()
      return new LiveHouse(options, server, await connectDatabase({ url: server.url }))
    } catch (error) {
      await server.close()
      throw error
    }
  }

  /** What cards are made with: real Ed25519, the same for the same seed. */
  cardPress(seed: number): CardPress {
    return createCardPress(seed)
  }

  /**
   * Plays a plan live. Orderings are enforced by holding steps; engine and limits are those of the simulated run, times the
   * clock's factor, which the history's header records.
   * @param purpose names the run's folder
   */
  perform(plan: Plan, purpose: string): Promise<Performed> {
    const { ground, build, seed, start, orderings } = plan
    const acts = plan.acts(plan.touchMs ?? TOUCH_MS)
    const header = headerOf(plan, 'live', ground.incident.live.clockFactor)
    return this.stage({ setting: settingOf(ground, build, seed, start), header, orderings, purpose }, (stage) => play(stage, acts))
  }

  /** Puts a system on the stage, for whoever drives what happens there. */
  async stage({ setting, header, orderings, purpose, ...onlookers }: Staging, drive: (stage: LiveStage) => Promise<void>): Promise<Performed> {
    const run = this.nextRun()
    const folder = join(this.options.folder, header.incident, purpose)
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const queues = await this.openQueues(run)
    const log = openLogIn(folder)
    try {
      const options = {
        ...onlookers,
        kysely: this.database.kysely,
        queues,
        paper: { drawSheets, readPdf },
        logger: log.logger,
        run,
        folder,
        header,
        orderings,
        recording: this.options.recording ?? true,
        onStage: (stage: LiveStage) => {
          this.present = stage
        },
      }
      const { events } = await playLive(setting, options, drive)
      return { history: wholeHistory(header, events) }
    } finally {
      await queues.close()
      log.close()
    }
  }

  /** Makes a schema as each run has one, and drops it. @throws TorichigaeError NO_DATABASE where the database lets nobody do that */
  async tryDatabase(): Promise<void> {
    const { kysely } = this.database
    const run = this.nextRun()
    try {
      await prepareSchema(kysely, run)
      await dropSchema(kysely, run)
    } catch (error) {
      throw new TorichigaeError('NO_DATABASE', `${serverOf(this.server.url)}: ${reasonOf(error)}`, { cause: error })
    }
  }

  /** Opens queues as each run does, and closes them. @throws TorichigaeError NO_QUEUE */
  async tryQueues(): Promise<void> {
    await (await this.openQueues(this.nextRun())).close()
  }

  private nextRun(): string {
    this.runs += 1
    return `torichigae_${String(process.pid)}_${String(this.runs)}`
  }

  private openQueues(run: string): Promise<LiveQueues> {
    const { redisUrl } = this.options
    return openQueues({ databaseUrl: this.server.url, run, ...(redisUrl === undefined ? {} : { redisUrl }) })
  }

  /** The history of a run of this house. @param id the incident's */
  historyFile(id: string, purpose: string): string {
    return historyFileIn(join(this.options.folder, id, purpose))
  }

  /** Ends the present run's history with a footer that says it was interrupted. */
  interrupt(): void {
    this.present?.recorder.end(false)
  }

  /** Stops the database server without waiting for what is under way. */
  stopServer(): Promise<void> {
    return this.server.close()
  }

  async close(): Promise<void> {
    await closeReaders()
    await this.database.close()
    await this.server.close()
  }
}
