import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Command, InvalidArgumentError } from 'commander'
import { addUp, type NationalDayReport, performNationalDays, type Shard } from '../../load/national-day.ts'
import { readCatalogue } from '../../scenario/catalogue.ts'
import { readFleet } from '../../scenario/fleet.ts'
import { readNation } from '../../scenario/nation.ts'
import { packageRoot } from '../../scenario/package-root.ts'
import { nationalText } from '../national-text.ts'
import { day, naturalNumber, threadCount, times } from '../options.ts'
import { Progress } from '../terminal.ts'
import { EXIT_OF_VERDICT } from './check.ts'

const DEFAULT_NATION = 'seeds/nation-2023.json'

interface NationalDayOptions {
  readonly nation: string
  readonly from: string
  readonly days: number
  readonly only?: string
  readonly shard: Shard
  readonly threads: number
  readonly seed: number
  readonly out?: string
  readonly json?: true
  readonly addUp?: readonly string[]
}

/** `torichigae national-day`: all municipalities of a nation at their natural rate, in the simulated world. */
export function nationalDayCommand(ran: (exit: number) => void): Command {
  return new Command('national-day')
    .description('Play a day of every municipality at its natural rate in the simulated world, judge every paper, and say how many in a million are wrong.')
    .option('--nation <file>', 'municipalities, how many people come, and which fleet is among them', DEFAULT_NATION)
    .option('--from <day>', 'the day, or the first of several', day, '2023-06-28')
    .option('--days <n>', 'so many days', times, 1)
    .option('--only <code>', 'only this municipality; the same day as in the whole nation')
    .option('--shard <i/n>', 'only the i-th of n parts of about the same length', shardChoice, { index: 1, of: 1 })
    .option('--threads <n>', 'threads that play', threadCount, 1)
    .option('--seed <n>', 'of people, of who comes when, and of the orders in which steps happen', naturalNumber, 1)
    .option('--out <dir>', 'write the history of each municipality and day there')
    .option('--json', 'print one JSON object')
    .option('--add-up <file...>', 'play nothing: add up what --json printed of all parts')
    .action(async (options: NationalDayOptions) => {
      const report = options.addUp === undefined ? await played(options) : addUp(options.addUp.map((file) => pathToFileURL(resolve(file))), readCatalogue())
      process.stdout.write(options.json === true ? `${JSON.stringify(report)}\n` : nationalText(report, options.nation === DEFAULT_NATION ? undefined : options.nation))
      ran(EXIT_OF_VERDICT[report.verdict])
    })
}

/** @throws TorichigaeError NO_FILE, BAD_FILE, UNKNOWN_BUILD, UNKNOWN_MUNICIPALITY, USAGE, OUT_NOT_WRITABLE */
async function played({ nation: file, addUp: _, json: __, out, ...options }: NationalDayOptions): Promise<NationalDayReport> {
  const catalogue = readCatalogue()
  const place = existsSync(file) ? pathToFileURL(file) : new URL(file, packageRoot())
  const nation = readNation(place, catalogue)
  const progress = new Progress()
  const report = await performNationalDays({
    ...options,
    ...{ nation, fleet: readFleet(new URL(nation.fleet, place), catalogue), catalogue },
    ...(out === undefined ? {} : { out: resolve(out) }),
    onProgress: (done, of) => {
      progress.say(`${done.toLocaleString('en')} of ${of.toLocaleString('en')} municipal days`)
    },
  })
  progress.end()
  return report
}

/** A part among several, as `2/12`. */
function shardChoice(text: string): Shard {
  const [, index = '', of = ''] = /^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? []
  const shard = { index: Number(index), of: Number(of) }
  if (shard.index < 1 || shard.index > shard.of) throw new InvalidArgumentError('It has to be a part such as 2/12.')
  return shard
}
