import { Command } from 'commander'
import { type PopulationCounts, type PopulationProblem, PopulationReader, type PopulationReading } from '../../contract/population-file.ts'
import { type Household, type Municipality, POPULATION_SIZE_MAX, type PopulationHeader, TorichigaeError } from '../../contract/index.ts'
import { readCatalogue } from '../../scenario/catalogue.ts'
import { VERSION } from '../../scenario/version.ts'
import { DEFAULT_POPULATION_SIZE, householdStream } from '../../seeds/people/index.ts'
import { mebibytes, peakMemoryBytes } from '../memory.ts'
import { day, naturalNumber, upTo } from '../options.ts'
import { intoFile, isClosedPipe, ontoStandardOutput, readPopulation, type Sink, writePopulation } from '../population-file.ts'
import { paragraph, Progress } from '../terminal.ts'

interface MakeOptions {
  readonly municipality: string
  readonly size: number
  readonly seed: number
  readonly day: string
  readonly out?: string
  readonly json?: true
}

/** The day on which people are as made where none is given: one day for all, so that a seed means the same people tomorrow. */
const DEFAULT_DAY = '2023-04-01'

/** `torichigae people`: make a municipality's registers from a seed as a file, and check such a file. */
export function peopleCommand(ran: (exit: number) => void): Command {
  const people = new Command('people').description('Make invented people as a file, or check such a file.')
  people
    .command('make')
    .description('Make a municipality\'s residents and their seal registrations, household by household.')
    .requiredOption('--municipality <code>', 'whose residents they are, e.g. munakata')
    .option('--size <n>', 'how many people', upTo(POPULATION_SIZE_MAX), DEFAULT_POPULATION_SIZE)
    .option('--seed <n>', 'which people', naturalNumber, 1)
    .option('--day <YYYY-MM-DD>', 'the day on which they are as made', day, DEFAULT_DAY)
    .option('--out <file>', 'write there, readable by its owner alone; otherwise to standard output')
    .option('--json', 'sum up in one JSON object')
    .action(async (options: MakeOptions) => {
      await make(options)
      ran(0)
    })
  people
    .command('check')
    .description('Check a population file: nobody twice, no impossible household, nothing cut or changed.')
    .argument('<file>', 'a population (JSON Lines)')
    .option('--json', 'print one JSON object')
    .action(async (file: string, options: { json?: true }) => {
      ran(await check(file, options.json === true))
    })
  return people
}

async function make({ municipality: code, size, seed, day: today, out, json }: MakeOptions): Promise<void> {
  const beganAt = performance.now()
  const municipality = municipalityOf(code)
  const header: PopulationHeader = { schema: 'torichigae-population/1', tool: VERSION, seed, size, municipality: code, day: today }
  const progress = new Progress()
  const write = (sink: Sink): Promise<PopulationCounts> =>
    writePopulation(header, householdStream({ seed, size, municipality, today }), sink, (people) => {
      progress.say(`${number(people)} of ${number(size)} people`)
    })
  let counts: PopulationCounts
  try {
    counts = await (out === undefined ? write(ontoStandardOutput) : intoFile(out, write))
  } catch (error) {
    // Whoever reads has seen enough (`| head`), and nobody is there for a sum.
    if (isClosedPipe(error)) return
    throw error
  } finally {
    progress.end()
  }
  const summary = { seed, municipality: code, day: today, ...counts, file: out, ms: Math.round(performance.now() - beganAt), peakMemoryBytes: peakMemoryBytes() }
  // Standard output is the population's where it has no file.
  const said = json === true ? JSON.stringify(summary) : paragraph(`seed ${String(seed)}: ${inWords(counts, code, today)}; ${cost(summary)}`)
  process[json === true && out !== undefined ? 'stdout' : 'stderr'].write(`${said}\n`)
}

function municipalityOf(code: string): Municipality {
  const { municipalities } = readCatalogue()
  const municipality = municipalities.get(code)
  if (municipality === undefined) throw new TorichigaeError('USAGE', `--municipality is one of ${[...municipalities.keys()].join(', ')}`)
  return municipality
}

async function check(file: string, json: boolean): Promise<0 | 64> {
  const beganAt = performance.now()
  const progress = new Progress()
  let read = 0
  const take = ({ residents }: Household): void => {
    read += residents.length
    if (read % 1_024 < residents.length) progress.say(`${number(read)} people read`)
  }
  let reading: PopulationReading
  try {
    reading = await readPopulation(file, new PopulationReader(new Set(readCatalogue().municipalities.keys())), take)
  } finally {
    progress.end()
  }
  const { header, counts, problems, unlisted } = reading
  const spent = { ms: Math.round(performance.now() - beganAt), peakMemoryBytes: peakMemoryBytes() }
  const good = problems.length === 0
  if (json) process.stdout.write(`${JSON.stringify({ good, ...header, ...counts, ...spent, problems, unlisted })}\n`)
  else if (good && header !== undefined) process.stdout.write(`${paragraph(`good: ${inWords(counts, header.municipality, header.day)}, seed ${String(header.seed)}; ${cost(spent)}`)}\n`)
  else throw new TorichigaeError('BAD_POPULATION', `${file}, ${told(problems, unlisted)}`)
  return good ? 0 : 64
}

/** The first problem, and how many there are besides. */
function told([first, ...others]: readonly PopulationProblem[], unlisted: number): string {
  if (first === undefined) return 'nothing is wrong'
  const { line, field, what } = first
  const place = `line ${String(line)}${field === '' ? '' : `, field "${field}"`}`
  const more = others.length + unlisted
  return `${place} ${what}${more === 0 ? '' : ` (and ${number(more)} more, which --json lists)`}`
}

const number = (value: number): string => value.toLocaleString('en')

const inWords = ({ people, households, seals }: PopulationCounts, municipality: string, on: string): string =>
  `${number(people)} people in ${number(households)} households of ${municipality} on ${on}, ${number(seals)} seal registrations`

const cost = ({ ms, peakMemoryBytes: bytes }: { readonly ms: number; readonly peakMemoryBytes: number }): string =>
  `${(ms / 1_000).toFixed(1)} s, peak memory ${mebibytes(bytes)}`
