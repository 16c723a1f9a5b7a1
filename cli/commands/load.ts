import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { exitCodeOfLoad } from '../../load/exit-code.ts'
import { performClosed } from '../../load/live-closed.ts'
import { performLoad } from '../../load/live-load.ts'
import { loadReport } from '../../load/report.ts'
import { loadScene } from '../../load/scene.ts'
import { intendedStarts, type Schedule } from '../../load/schedule.ts'
import { type Limits, thresholdOf } from '../../load/thresholds.ts'
import { judge } from '../../oracle/index.ts'
import { readCatalogue } from '../../scenario/catalogue.ts'
import type { LiveHouse } from '../../scenario/live.ts'
import { type Ground, layGround, type Scene } from '../../scenario/setting.ts'
import type { Build } from '../../services/build.ts'
import { Interrupts } from '../interrupt.ts'
import { openLiveHouse } from '../live-house.ts'
import { closedText, loadText } from '../load-text.ts'
import { arrivalsChoice, naturalNumber, positiveNumber, times } from '../options.ts'
import { Progress } from '../terminal.ts'

interface LoadOptions {
  readonly rate: number
  readonly duration: number
  readonly arrivals: Schedule['arrivals']
  readonly municipality: string
  readonly build: string
  readonly size: number
  readonly kiosks?: number
  readonly closed?: number
  readonly clockFactor: number
  readonly maxWrong?: number
  readonly p99Ms?: number
  readonly seed: number
  readonly json?: true
  readonly out?: string
}

/** Kiosks are enough that nobody waits for one: a session takes some seconds of real time. */
const KIOSKS_PER_RATE = 10
const KIOSKS_MAX = 1_000

/** `torichigae load`: whole sessions in an open loop on the live world, with thresholds. */
export function loadCommand(ran: (exit: number) => void): Command {
  return new Command('load')
    .description('Put whole kiosk sessions on the live world at a given rate, judge every paper, and hold the result against thresholds.')
    .option('--rate <n>', 'sessions a second of real time', positiveNumber, 10)
    .option('--duration <seconds>', 'real seconds in which sessions begin', positiveNumber, 30)
    .option('--arrivals <way>', 'poisson (at random) or constant', arrivalsChoice, 'poisson')
    .option('--max-wrong <n>', 'threshold: papers of another person', thresholdOf('--max-wrong'))
    .option('--p99-ms <n>', 'threshold: p99 from application to document, real ms', thresholdOf('--p99-ms'))
    .option('--build <id>', 'a build in seeds/builds', 'repaired')
    .option('--municipality <code>', 'one in seeds/municipalities.json', 'yokohama')
    .option('--size <n>', 'residents', times, 10_000)
    .option('--kiosks <n>', 'kiosks; 10 for each session a second by default', times)
    .option('--closed <connections>', 'a closed loop in place of the open one: so many connections kept busy', times)
    .option('--clock-factor <n>', 'touches, engines and limits pass so much faster', positiveNumber, 20)
    .option('--seed <n>', 'who comes when, and for what', naturalNumber, 1)
    .option('--json', 'print one JSON object')
    .option('--out <dir>', 'keep history and papers there; a temporary folder by default')
    .action(async (options: LoadOptions) => {
      ran(await load(options))
    })
}

async function load(options: LoadOptions): Promise<number> {
  const catalogue = readCatalogue()
  const build = catalogue.build(options.build)
  const durationMs = options.duration * 1_000
  const { municipality, size, seed, clockFactor, arrivals, rate: perSecond } = options
  const scene = loadScene({ municipality, size, seed, clockFactor, durationMs }, catalogue)
  const schedule: Schedule = { arrivals, perSecond, durationMs, seed }
  // What is asked too much is said before a database is started for it.
  intendedStarts(schedule)
  const folder = options.out ?? mkdtempSync(join(tmpdir(), 'torichigae-'))
  const interrupts = new Interrupts()
  const unlisten = interrupts.listen(() => folder, (error) => {
    process.stderr.write(`${error.message} ${error.remedy}\n`)
    process.exit(error.exit)
  })
  try {
    const house = await openLiveHouse(folder)
    interrupts.add(async () => {
      house.interrupt()
      await house.stopServer()
    })
    try {
      const ground = layGround(scene, catalogue, house.cardPress(seed))
      if (options.closed !== undefined) return await closed(house, ground, build, options.closed, options)
      return await open(house, ground, build, schedule, options)
    } finally {
      await house.close()
    }
  } finally {
    unlisten()
  }
}

/** Whole sessions at a rate, whatever becomes of those before. */
async function open(house: LiveHouse, ground: Ground<Scene>, build: Build, schedule: Schedule, options: LoadOptions): Promise<number> {
  const kiosks = options.kiosks ?? Math.min(KIOSKS_MAX, Math.max(1, Math.ceil(schedule.perSecond * KIOSKS_PER_RATE)))
  const progress = new Progress()
  const onBegin = (begun: number, of: number): void => {
    progress.say(`${String(begun)} of ${String(of)} sessions have begun`)
  }
  try {
    const driven = await performLoad(house, { ground, build, schedule, kiosks, onBegin })
    const report = loadReport(driven, judge(driven.history), { ground, durationMs: schedule.durationMs, kiosks, limits: limitsOf(options) })
    progress.end()
    process.stdout.write(options.json === true ? `${JSON.stringify(report)}\n` : loadText(report))
    return exitCodeOfLoad({ ...report, limited: report.client.limited })
  } finally {
    progress.end()
  }
}

/** So many connections kept busy, each document held against who asked. */
async function closed(house: LiveHouse, ground: Ground<Scene>, build: Build, connections: number, options: LoadOptions): Promise<number> {
  const report = await performClosed(house, { ground, build, seed: options.seed, connections, durationMs: options.duration * 1_000, limits: limitsOf(options) })
  process.stdout.write(options.json === true ? `${JSON.stringify(report)}\n` : closedText(report))
  return exitCodeOfLoad({ ...report, limited: false })
}

const limitsOf = ({ maxWrong, p99Ms }: LoadOptions): Limits => ({ ...(maxWrong === undefined ? {} : { maxWrong }), ...(p99Ms === undefined ? {} : { p99Ms }) })
