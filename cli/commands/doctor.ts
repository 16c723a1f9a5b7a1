import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { Arena } from '../../explore/arena.ts'
import { firstDivergence } from '../../explore/determinism.ts'
import { readCatalogue } from '../../scenario/catalogue.ts'
import { namedBuild } from '../../scenario/named-build.ts'
import { VERSION } from '../../scenario/version.ts'
import { openLiveHouse } from '../live-house.ts'
import { naturalNumber, times } from '../options.ts'
import { Progress, table } from '../terminal.ts'

interface Finding {
  readonly what: string
  readonly state: 'good' | 'absent' | 'bad'
  readonly says: string
}

interface DoctorOptions {
  readonly determinism?: true
  readonly runs?: number
  readonly seed: number
  readonly json?: true
}

/** `torichigae doctor`: whether this machine can run everything: determinism, tools, connections. */
export function doctorCommand(ran: (exit: number) => void): Command {
  return new Command('doctor')
    .description('Look whether everything works here: determinism, tools, connections.')
    .option('--determinism', 'look at that alone, and thoroughly: 1000 schedules, each twice')
    .option('--runs <n>', 'schedules that are run twice (default: 20; 1000 with --determinism)', times)
    .option('--seed <n>', 'of those schedules', naturalNumber, 1)
    .option('--json', 'print one JSON object')
    .action(async ({ json, determinism: alone, runs, seed }: DoctorOptions) => {
      const same = await determinism(seed, runs ?? (alone === true ? 1_000 : 20))
      const findings = alone === true ? [nodeVersion(), same] : [nodeVersion(), same, ...(await connections()), ...TOOLS.map(tool)]
      const rows = findings.map(({ what, state, says }) => [what, state, says])
      process.stdout.write(json === true ? `${JSON.stringify({ findings })}\n` : `${table(rows)}\n`)
      ran(findings.some(({ state }) => state === 'bad') ? 2 : 0)
    })
}

const nodeVersion = (): Finding => ({ what: 'Node', state: 'good', says: `${process.version}, torichigae ${VERSION}` })

/** Builds whose schedules are run twice: all that is right, and all that K1 has wrong. */
const TWICE = ['repaired', 'yokohama-2023-03-27']

/** One schedule run twice has to give the same bytes, and where it does not, the first step that differs is named. */
async function determinism(seed: number, runs: number): Promise<Finding> {
  const catalogue = readCatalogue()
  const progress = new Progress()
  for (const name of TWICE) {
    const arena = Arena.make(catalogue.scenario('neutral'), namedBuild(name, catalogue), seed, catalogue)
    const divergence = await firstDivergence(arena, {
      seed,
      runs,
      onRun: (run) => {
        progress.say(`${name}: schedule ${String(run)} of ${String(runs)}, twice`)
      },
    })
    if (divergence === undefined) continue
    progress.end()
    const { run, step, first, second, after } = divergence
    return { what: 'determinism', state: 'bad', says: `build ${name}, seed ${String(seed)}, run ${String(run)} goes two ways at step ${String(step)}, after ${after}: once ${first}, once ${second}` }
  }
  progress.end()
  return { what: 'determinism', state: 'good', says: `${String(runs)} schedules twice, on each of ${TWICE.join(' and ')}, give the same bytes (seed ${String(seed)})` }
}

/** Opens database and queue as a live run does, and makes there what a run makes. */
async function connections(): Promise<Finding[]> {
  const folder = mkdtempSync(join(tmpdir(), 'torichigae-doctor-'))
  const { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl } = process.env
  try {
    const house = await openLiveHouse(folder)
    try {
      return [
        await tried('database', databaseUrl === undefined ? 'embedded PostgreSQL' : 'DATABASE_URL', () => house.tryDatabase()),
        await tried('queue', redisUrl === undefined ? 'on PostgreSQL; set REDIS_URL for Redis' : 'REDIS_URL', () => house.tryQueues()),
      ]
    } finally {
      await house.close()
    }
  } catch (error) {
    return [{ what: 'database', state: 'bad', says: sentence(error) }]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function tried(what: string, says: string, attempt: () => Promise<void>): Promise<Finding> {
  try {
    await attempt()
    return { what, state: 'good', says }
  } catch (error) {
    return { what, state: 'bad', says: sentence(error) }
  }
}

const TOOLS = [
  { name: 'redis-server', argument: '--version', use: 'the queue on Redis in tests' },
  { name: 'pdftotext', argument: '-v', use: 'the cross-check of what a PDF says in tests' },
  { name: 'chromium', argument: '--version', use: 'looking at pages in tests' },
] as const

/** A tool that only some tests need; being absent is no fault. */
function tool({ name, argument, use }: (typeof TOOLS)[number]): Finding {
  const { error, stdout, stderr } = spawnSync(name, [argument], { encoding: 'utf8', timeout: 20_000 })
  if (error !== undefined) return { what: name, state: 'absent', says: `needed only for ${use}; "npm run setup" installs it` }
  return { what: name, state: 'good', says: (stdout || stderr).split('\n')[0] ?? '' }
}

const sentence = (error: unknown): string => (error instanceof Error ? error.message : String(error))
