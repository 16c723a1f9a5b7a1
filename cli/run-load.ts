import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performClosed } from '../load/closed-load.ts'
import { profileOfDemand } from '../load/demand.ts'
import { exitCodeOfLoad } from '../load/exit-code.ts'
import { liveVenue } from '../load/live-venue.ts'
import { performLoad } from '../load/open-load.ts'
import { loadReport } from '../load/report.ts'
import { loadScene } from '../load/scene.ts'
import { intendedStarts, type Schedule } from '../load/schedule.ts'
import { targetVenue } from '../load/target-venue.ts'
import type { Limits } from '../load/thresholds.ts'
import type { Venue } from '../load/venue.ts'
import { judge } from '../oracle/index.ts'
import { readCatalogue } from '../scenario/catalogue.ts'
import { Metrics } from '../world/live/metrics.ts'
import { serveMetrics } from '../world/live/metrics-server.ts'
import type { NodeServer } from '../world/live/server.ts'
import { Interrupts } from './interrupt.ts'
import { openLiveHouse } from './live-house.ts'
import type { LoadOptions } from './load-options.ts'
import { closedText, loadText } from './load-text.ts'
import { municipalitiesOf } from './municipalities.ts'
import { Progress } from './terminal.ts'

/** Kiosks are enough that nobody waits for one: a session takes some seconds of real time, or this much of the scenario. */
const KIOSKS_PER_RATE = 10
const SESSION_S_MAX = 200
const KIOSKS_MAX = 1_000
const DEFAULT_MUNICIPALITY = 'yokohama'

/** Runs a load test and says what it found; its exit code. */
export async function runLoad(options: LoadOptions): Promise<number> {
  const { arrivals, rate: perSecond, seed, metricsPort } = options
  const schedule: Schedule = { arrivals, perSecond, durationMs: options.duration * 1_000, seed }
  // What is asked too much is said before a database is started for it.
  intendedStarts(schedule)
  const metrics = new Metrics({ ofProcess: metricsPort !== undefined })
  const open = opener(options, metrics)
  const folder = options.out ?? mkdtempSync(join(tmpdir(), 'torichigae-'))
  const interrupts = new Interrupts()
  const unlisten = interrupts.listen(() => folder, (error) => {
    process.stderr.write(`${error.message} ${error.remedy}\n`)
    process.exit(error.exit)
  })
  let scraped: NodeServer | undefined
  try {
    if (metricsPort !== undefined) {
      scraped = await serveMetrics(metrics, metricsPort)
      // Standard output is the report's alone.
      process.stderr.write(`metrics at ${scraped.url}/metrics\n`)
    }
    const venue = await open(folder)
    interrupts.add(() => venue.interrupt())
    try {
      if (options.closed !== undefined) return await closedLoop(venue, options.closed, options, metrics)
      return await openLoop(venue, schedule, options, metrics)
    } finally {
      await venue.close()
    }
  } finally {
    await scraped?.close()
    unlisten()
  }
}

/** How the load's venue is opened, once all that was asked for is known to be there. */
function opener({ target: url, iAmAuthorised, ...options }: LoadOptions, metrics: Metrics): (folder: string) => Promise<Venue> {
  const catalogue = readCatalogue()
  if (url !== undefined) return (folder) => targetVenue({ url, authorised: iAmAuthorised === true, folder }, { ...catalogue, profile: profileOfDemand(catalogue, [], options.demand) })
  const { municipality = [DEFAULT_MUNICIPALITY], build, size, seed, clockFactor, duration } = options
  const chosen = municipalitiesOf(municipality, build)
  const profile = profileOfDemand(catalogue, chosen.map((one) => one.build), options.demand)
  const scene = loadScene({ municipalities: chosen, size, seed, clockFactor, durationMs: duration * 1_000 }, catalogue)
  return async (folder) => liveVenue(await openLiveHouse(folder), scene, profile, metrics)
}

/** Whole sessions at a rate, whatever becomes of those before. */
async function openLoop(venue: Venue, schedule: Schedule, options: LoadOptions, metrics: Metrics): Promise<number> {
  const perRate = Math.max(KIOSKS_PER_RATE, SESSION_S_MAX / venue.ground.clockFactor)
  const kiosks = options.kiosks ?? Math.min(KIOSKS_MAX, Math.max(1, Math.ceil(schedule.perSecond * perRate)))
  const { durationMs, seed } = schedule
  const progress = new Progress()
  const onBegin = (begun: number, of: number): void => {
    progress.say(`${String(begun)} of ${String(of)} sessions have begun`)
  }
  try {
    const driven = await performLoad(venue, { schedule, kiosks, metrics, onBegin })
    const report = loadReport(driven, judge(driven.history), { venue, seed, durationMs, kiosks, limits: limitsOf(options) })
    progress.end()
    process.stdout.write(options.json === true ? `${JSON.stringify(report)}\n` : loadText(report))
    return exitCodeOfLoad({ ...report, limited: report.client.limited })
  } finally {
    progress.end()
  }
}

/** So many connections kept busy, each document held against who asked. */
async function closedLoop(venue: Venue, connections: number, options: LoadOptions, metrics: Metrics): Promise<number> {
  const report = await performClosed(venue, { seed: options.seed, connections, durationMs: options.duration * 1_000, limits: limitsOf(options), metrics })
  process.stdout.write(options.json === true ? `${JSON.stringify(report)}\n` : closedText(report))
  return exitCodeOfLoad({ ...report, limited: false })
}

const limitsOf = ({ maxWrong, p99Ms }: LoadOptions): Limits => ({ ...(maxWrong === undefined ? {} : { maxWrong }), ...(p99Ms === undefined ? {} : { p99Ms }) })
