import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { type Catalogue, readCatalogue } from '../../scenario/catalogue.ts'
import type { Incident } from '../../scenario/incident.ts'
import type { LiveHouse } from '../../scenario/live.ts'
import { exitCodeOf, type IncidentOutcome, type Performer, regressIncident } from '../../scenario/regress.ts'
import { saveHistory } from '../../scenario/save.ts'
import { type Ground, layGround } from '../../scenario/setting.ts'
import { performSimulated } from '../../scenario/simulated.ts'
import { simulatedPress } from '../../world/simulated/keys.ts'
import { Interrupts } from '../interrupt.ts'
import { openLiveHouse } from '../live-house.ts'
import { naturalNumber, times, type WorldChoice, worldChoice, worldsOf } from '../options.ts'
import { regressText } from '../regress-text.ts'
import { Progress } from '../terminal.ts'

interface RegressOptions {
  readonly world: WorldChoice
  readonly seed: number
  readonly runs: number
  readonly json?: true
  readonly out?: string
}

/** `torichigae regress`: every incident on its builds; the main job. */
export function regressCommand(ran: (exit: number) => void): Command {
  return new Command('regress')
    .description('Run every incident as deployed, half-fixed and repaired, and compare with what is expected.')
    .argument('[incidents...]', 'ids or rows (K6); all by default')
    .option('--world <world>', 'simulated, live or both', worldChoice, 'both')
    .option('--seed <n>', 'first seed', naturalNumber, 1)
    .option('--runs <n>', 'so many seeds from there', times, 1)
    .option('--json', 'print one JSON object')
    .option('--out <dir>', 'save histories there (live papers too); live runs go to a temporary folder by default')
    .action(async (ids: string[], options: RegressOptions) => {
      ran(await regress(ids, options))
    })
}

async function regress(ids: readonly string[], options: RegressOptions): Promise<number> {
  const catalogue = readCatalogue()
  const incidents = ids.length === 0 ? [...catalogue.incidents.values()] : ids.map((id) => catalogue.incident(id))
  const interrupts = new Interrupts()
  const progress = new Progress()
  const outcomes: IncidentOutcome[] = []
  const liveFolder = worldsOf(options.world).includes('live') ? (options.out ?? mkdtempSync(join(tmpdir(), 'torichigae-'))) : undefined
  const unlisten = interrupts.listen(() => liveFolder ?? options.out ?? 'no file, since --out was not given', (error) => {
    process.stderr.write(`${error.message} ${error.remedy}\n`)
    process.exit(error.exit)
  })
  try {
    for (const world of worldsOf(options.world)) outcomes.push(...(await inWorld(world, incidents, catalogue, options, { liveFolder, interrupts, progress })))
  } finally {
    unlisten()
    progress.end()
  }
  const exit = exitCodeOf(outcomes)
  const verdict = exit === 0 ? 'met' : exit === 1 ? 'not-clean' : 'not-found'
  if (options.json === true) process.stdout.write(`${JSON.stringify({ verdict, seed: options.seed, runs: options.runs, incidents: outcomes })}\n`)
  else process.stdout.write(regressText(outcomes, liveFolder))
  return exit
}

interface Around {
  readonly liveFolder: string | undefined
  readonly interrupts: Interrupts
  readonly progress: Progress
}

/** All incidents in one world; a live one has one house for all of them. */
async function inWorld(
  world: 'simulated' | 'live',
  incidents: readonly Incident[],
  catalogue: Catalogue,
  options: RegressOptions,
  { liveFolder, interrupts, progress }: Around,
): Promise<IncidentOutcome[]> {
  const outcomes: IncidentOutcome[] = []
  const house = world === 'live' && liveFolder !== undefined ? await openLiveHouse(join(liveFolder, 'live')) : undefined
  const forget = interrupts.add(async () => {
    house?.interrupt()
    await house?.stopServer()
  })
  try {
    for (const incident of incidents) outcomes.push(...(await seedsOf(incident, catalogue, house, options, progress)))
  } finally {
    forget()
    await house?.close()
  }
  return outcomes
}

/** All seeds of one incident in one world, on one ground. */
async function seedsOf(incident: Incident, catalogue: Catalogue, house: LiveHouse | undefined, options: RegressOptions, progress: Progress): Promise<IncidentOutcome[]> {
  const outcomes: IncidentOutcome[] = []
  const ground = layGround(incident, catalogue, house === undefined ? simulatedPress : house.cardPress(options.seed))
  for (let seed = options.seed; seed < options.seed + options.runs; seed += 1) {
    const performer = house === undefined ? simulatedPerformer(ground, options.out, progress) : livePerformer(ground, house, progress)
    outcomes.push(await regressIncident(incident, catalogue, performer, seed))
  }
  return outcomes
}

function simulatedPerformer(ground: Ground, out: string | undefined, progress: Progress): Performer {
  return {
    world: 'simulated',
    ground: () => ground,
    perform: async (plan, purpose) => {
      const { id } = ground.incident
      progress.say(`${id}, simulated, seed ${String(plan.seed)}: ${purpose}`)
      const performed = await performSimulated(plan)
      if (out !== undefined) saveHistory(join(out, 'simulated', id, `${purpose}-seed-${String(plan.seed)}.jsonl`), performed.history)
      return performed
    },
  }
}

function livePerformer(ground: Ground, house: LiveHouse, progress: Progress): Performer {
  return {
    world: 'live',
    ground: () => ground,
    perform: (plan, purpose) => {
      progress.say(`${ground.incident.id}, live, seed ${String(plan.seed)}: ${purpose}`)
      return house.perform(plan, `${purpose}-seed-${String(plan.seed)}`)
    },
  }
}
