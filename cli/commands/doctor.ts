import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { readCatalogue } from '../../scenario/catalogue.ts'
import { witnessPlan } from '../../scenario/plan.ts'
import { historyText } from '../../scenario/save.ts'
import { layGround } from '../../scenario/setting.ts'
import { performSimulated } from '../../scenario/simulated.ts'
import { VERSION } from '../../scenario/version.ts'
import { simulatedPress } from '../../world/simulated/keys.ts'
import { openLiveHouse } from '../live-house.ts'
import { table } from '../terminal.ts'

interface Finding {
  readonly what: string
  readonly state: 'good' | 'absent' | 'bad'
  readonly says: string
}

/** `torichigae doctor`: whether this machine can run everything: determinism, tools, connections. */
export function doctorCommand(ran: (exit: number) => void): Command {
  return new Command('doctor')
    .description('Look whether everything works here: determinism, tools, connections.')
    .option('--json', 'print one JSON object')
    .action(async ({ json }: { json?: true }) => {
      const findings = [nodeVersion(), await determinism(), ...(await connections()), ...TOOLS.map(tool)]
      const rows = findings.map(({ what, state, says }) => [what, state, says])
      process.stdout.write(json === true ? `${JSON.stringify({ findings })}\n` : `${table(rows)}\n`)
      ran(findings.some(({ state }) => state === 'bad') ? 2 : 0)
    })
}

const nodeVersion = (): Finding => ({ what: 'Node', state: 'good', says: `${process.version}, torichigae ${VERSION}` })

/** One seed played twice has to give the same bytes. */
async function determinism(): Promise<Finding> {
  const catalogue = readCatalogue()
  const ground = layGround(catalogue.incident('K1'), catalogue, simulatedPress)
  const plan = witnessPlan(ground, catalogue.build(ground.incident.build), 1)
  const first = historyText((await performSimulated(plan)).history)
  const second = historyText((await performSimulated(plan)).history)
  const same = first === second
  return { what: 'determinism', state: same ? 'good' : 'bad', says: same ? 'one seed twice gives the same bytes' : 'one seed twice gives two histories' }
}

/** Opens database and queue as a live run does. */
async function connections(): Promise<Finding[]> {
  const folder = mkdtempSync(join(tmpdir(), 'torichigae-doctor-'))
  const { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl } = process.env
  try {
    const house = await openLiveHouse(folder)
    await house.close()
    const database: Finding = { what: 'database', state: 'good', says: databaseUrl === undefined ? 'embedded PostgreSQL' : 'DATABASE_URL' }
    return [database, await queue(redisUrl)]
  } catch (error) {
    return [{ what: 'database', state: 'bad', says: sentence(error) }]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function queue(redisUrl: string | undefined): Promise<Finding> {
  if (redisUrl === undefined) return { what: 'queue', state: 'good', says: 'on PostgreSQL; set REDIS_URL for Redis' }
  try {
    const { openQueues } = await import('../../world/live/queue/open-queues.ts')
    const queues = await openQueues({ redisUrl, databaseUrl: '', run: `doctor_${String(process.pid)}` })
    await queues.close()
    return { what: 'queue', state: 'good', says: 'REDIS_URL' }
  } catch (error) {
    return { what: 'queue', state: 'bad', says: sentence(error) }
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
