import { existsSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { Command, Option } from 'commander'
import { TorichigaeError } from '../../contract/index.ts'
import { type Inspection, inspect } from '../../explore/inspection.ts'
import { readCatalogue } from '../../scenario/catalogue.ts'
import { type Fleet, readFleet } from '../../scenario/fleet.ts'
import { readPlans } from '../../scenario/inspection-plan.ts'
import { packageRoot } from '../../scenario/package-root.ts'
import { inspectCsv, inspectJson, inspectText } from '../inspect-text.ts'
import { day, naturalNumber } from '../options.ts'
import { Progress } from '../terminal.ts'

interface InspectOptions {
  readonly fleet: string
  readonly plan: string
  readonly on?: string
  readonly site?: string
  readonly seed: number
  readonly json?: true
  readonly csv?: true
}

/** `torichigae inspect`: an inspection plan over a fleet of sites, carried out on the builds that run there. */
export function inspectCommand(ran: (exit: number) => void): Command {
  return new Command('inspect')
    .description('Carry out an inspection plan over a fleet: run what it examines on the build of each site, and say which repairs are missed.')
    .option('--fleet <file>', 'a fleet', 'seeds/fleet-2023.json')
    .option('--plan <plan>', 'a file of seeds/plans, without its ending', 'known-defects')
    .option('--on <day>', 'look at the sites as they are on that day (default: the plan\'s)', day)
    .option('--site <name>', 'only this site')
    .option('--seed <n>', 'of people, and of the orders in which steps happen', naturalNumber, 1)
    .option('--json', 'print one JSON object')
    .addOption(new Option('--csv', 'print one line a site').conflicts('json'))
    .action(async (options: InspectOptions) => {
      ran(await inspectFleet(options))
    })
}

/** @throws TorichigaeError NO_FILE, BAD_FILE, UNKNOWN_BUILD, UNKNOWN_PART, UNKNOWN_INCIDENT, UNKNOWN_PLAN, UNKNOWN_SITE */
async function inspectFleet({ fleet: file, plan: name, on, site, seed, json, csv }: InspectOptions): Promise<number> {
  const catalogue = readCatalogue()
  const fleet = onlySite(readFleet(existsSync(file) ? pathToFileURL(file) : new URL(file, packageRoot()), catalogue), site)
  const plans = readPlans(new URL('seeds/plans/', packageRoot()), catalogue)
  const plan = plans.get(name)
  if (plan === undefined) throw new TorichigaeError('UNKNOWN_PLAN', `${name}, but only ${[...plans.keys()].join(', ')}`)
  const progress = new Progress()
  const inspection = await inspect(fleet, plan, catalogue, {
    seed,
    ...(on === undefined ? {} : { on }),
    onProgress: (done, of) => {
      progress.say(`${String(done)} of ${String(of)} sites`)
    },
  })
  progress.end()
  process.stdout.write(json === true ? `${JSON.stringify(inspectJson(inspection))}\n` : csv === true ? inspectCsv(inspection) : inspectText(inspection))
  return exitOf(inspection)
}

function onlySite(fleet: Fleet, name: string | undefined): Fleet {
  if (name === undefined) return fleet
  const sites = fleet.sites.filter((site) => site.name === name)
  if (sites.length === 0) throw new TorichigaeError('UNKNOWN_SITE', name)
  return { ...fleet, sites }
}

/** 0 where nothing was found at a site that was examined, 1 where something was, 2 where a run is unknown. */
function exitOf({ sites }: Inspection): number {
  if (sites.some(({ verdict }) => verdict === 'found')) return 1
  return sites.some(({ verdict }) => verdict === 'unknown') ? 2 : 0
}

