import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { latenciesOf } from '../load/latencies.ts'
import { liveVenue } from '../load/live-venue.ts'
import { performLoad } from '../load/open-load.ts'
import { loadScene } from '../load/scene.ts'
import { readCatalogue } from '../scenario/catalogue.ts'
import { LiveHouse } from '../scenario/live.ts'
import { wishOf } from '../scenario/performances.ts'
import { headerOf } from '../scenario/plan.ts'
import { type Ground, layGround, settingOf } from '../scenario/setting.ts'
import { APPLICATIONS } from '../services/issuing/applications.ts'
import { withParts } from '../services/build.ts'
import { RedisServer } from '../world/live/cluster/redis-server.ts'
import { Metrics } from '../world/live/metrics.ts'
import { drawSheets } from '../world/live/paper/draw.ts'
import { openPostgres, type PostgresServer } from '../world/live/postgres/open-postgres.ts'
import type { LiveStage } from '../world/live/stage.ts'
import type { Contender } from './measure.ts'
import { recordOf } from './paper.ts'

const CERTIFICATES = 150
/** Applications on their way at once, as a busy site would have them. */
const AT_ONCE = 8
const CLOCK_FACTOR = 20

/** A live house on Redis for measuring, with its servers. */
export interface MeasuredHouse {
  readonly house: LiveHouse
  /** The same, but for histories, which are kept in memory alone. */
  readonly unrecorded: LiveHouse
  close(): Promise<void>
}

/** Opens two houses on one PostgreSQL and one Redis of their own. @throws TorichigaeError NO_PROGRAM where there is no redis-server */
export async function openHouses(): Promise<MeasuredHouse> {
  const folder = mkdtempSync(join(tmpdir(), 'torichigae-bench-'))
  const redis = await RedisServer.open(join(folder, 'redis'))
  let postgres: PostgresServer | undefined
  try {
    postgres = await openPostgres({})
    const options = { databaseUrl: postgres.url, redisUrl: redis.url }
    const house = await LiveHouse.open({ ...options, folder: join(folder, 'recorded') })
    const unrecorded = await LiveHouse.open({ ...options, folder: join(folder, 'unrecorded'), recording: false })
    const servers = [() => house.close(), () => unrecorded.close(), () => postgres?.close(), () => redis.stop()]
    return {
      house,
      unrecorded,
      close: async () => {
        for (const close of servers) await close()
        rmSync(folder, { recursive: true })
      },
    }
  } catch (error) {
    await postgres?.close()
    await redis.stop()
    throw error
  }
}

const catalogue = readCatalogue()

/**
 * Certificates through the print pipeline on Redis: from the application at the issuing server, over queue, layout, drawing,
 * work file and engine, to the image at the application. Everything runs in this process, so its CPU time is all of it but
 * PostgreSQL's and Redis's own.
 */
export function pipeline({ unrecorded: house }: MeasuredHouse): Contender {
  const build = withParts({ ...catalogue.build('as-2023'), nodes: 1 }, 'bench', { 'print/work-file': 'own-name' }, { engineBaseMs: 1, enginePerSheetMs: 1, engineCapacity: 64 })
  const ground = layGround(catalogue.incident('K1'), catalogue, house.cardPress(1))
  let runs = 0
  return {
    name: 'pipeline on Redis, certificates',
    async round(measured) {
      runs += 1
      const plan = { ground, build, seed: 1, start: ground.incident.start, rate: 'accelerated' as const, orderings: [] }
      const header = headerOf(plan, 'live', CLOCK_FACTOR)
      await house.stage({ setting: settingOf(ground, build, 1), header, orderings: [], purpose: `pipeline-${String(runs)}` }, async (stage) => {
        await measured(() => issueAll(stage, ground))
      })
      return CERTIFICATES
    },
  }
}

/** Applies for so many certificates, {@link AT_ONCE} at a time, and waits until every image is there. */
async function issueAll(stage: LiveStage, { population, municipality }: Ground): Promise<void> {
  const adults = population.filter(({ restricted, birthDate }) => !restricted && birthDate < '2005-01-01')
  const { database } = stage.world(`issuing:${municipality.code}`)
  let next = 0
  const oneAfterAnother = async (): Promise<void> => {
    for (let at = next++; at < CERTIFICATES; at = next++) {
      const { id, name, birthDate, sex, address } = adults[at % adults.length] ?? raise()
      const application = applicationOf(at)
      const { network } = stage.world(`issuing:${municipality.code}`, application)
      await network.call('issue', municipality.code, { application, kiosk: 'bench', applicant: { resident: id, face: { name, birthDate, sex, address } }, wish: wishOf({ scope: 'applicant' }) })
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, oneAfterAnother))
  await stage.idle()
  for (let at = 0; at < CERTIFICATES; at += 1) {
    const row = await database.get(APPLICATIONS, applicationOf(at))
    if (row?.data.state !== 'ready') throw new Error(`${applicationOf(at)} did not become ready`)
  }
}

const applicationOf = (at: number): string => `application-bench-${String(at)}`

const raise = (): never => {
  throw new RangeError('the population has no adult')
}

/** Drawing as many documents of the same kind, and nothing else. */
export const drawingAlone: Contender = {
  name: 'drawing the same alone, certificates',
  async round() {
    for (let n = 0; n < CERTIFICATES; n += 1) await drawSheets([recordOf(n, 1)])
    return CERTIFICATES
  },
}

/** The p99 from application to document of a short load, in real milliseconds. */
export async function loadP99(house: LiveHouse): Promise<number> {
  const metrics = new Metrics()
  const durationMs = 10_000
  const scene = loadScene({ municipalities: [{ code: 'yokohama', build: 'repaired' }], size: 2_000, seed: 1, clockFactor: CLOCK_FACTOR, durationMs }, catalogue)
  const venue = liveVenue(house, scene, catalogue.profile, metrics)
  const { history, begun } = await performLoad(venue, { schedule: { arrivals: 'poisson', perSecond: 10, durationMs, seed: 1 }, kiosks: 100, metrics })
  return latenciesOf(history, begun).corrected.applyToDocument.p99 ?? NaN
}
