import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Command, InvalidArgumentError } from 'commander'
import { TorichigaeError } from '../../contract/index.ts'
import { Arena } from '../../explore/arena.ts'
import { STRATEGIES, strategyOf, type StrategyName } from '../../explore/draw.ts'
import { minimalOf } from '../../explore/minimal.ts'
import { searchSection, type SectionName, SECTIONS } from '../../explore/sections.ts'
import { searchOnThreads } from '../../explore/threads.ts'
import { type Invariant, INVARIANTS } from '../../oracle/index.ts'
import { type Catalogue, checkScenario, readCatalogue } from '../../scenario/catalogue.ts'
import { namedBuild } from '../../scenario/named-build.ts'
import { saveHistory } from '../../scenario/save.ts'
import { Scenario } from '../../scenario/scenario-file.ts'
import { readSeed } from '../../scenario/seed-file.ts'
import { exploreJson, exploreText, verdictOf } from '../explore-text.ts'
import { sectionJson, sectionText } from '../section-text.ts'
import { naturalNumber, positiveNumber, threadCount, times } from '../options.ts'
import { Progress } from '../terminal.ts'
import { EXIT_OF_VERDICT } from './check.ts'

interface ExploreOptions {
  readonly build: string
  readonly scenario: string
  readonly strategy: StrategyName
  readonly runs: number
  readonly from: number
  readonly timeBudget?: number
  readonly invariants?: readonly Invariant[]
  readonly seed: number
  readonly faults: boolean
  readonly exhaustive?: SectionName
  readonly timeJumps: number
  readonly reduction: boolean
  readonly threads: number
  readonly json?: true
  readonly out?: string
}

/** `torichigae explore`: search a build's interleavings for a wrong paper, and make the first that is found small. */
export function exploreCommand(ran: (exit: number) => void): Command {
  return new Command('explore')
    .description('Search the ways in which a build\'s steps and faults can interleave; make what is found small, and print its token.')
    .requiredOption('--build <build>', 'a build, or an incident with a half-fix, "repaired-twin" or "with-net" behind a stroke: K1/owner-checked')
    .option('--scenario <scenario>', 'a scenario, an incident with a script, or a file', 'neutral')
    .option('--strategy <name>', STRATEGIES.join(', '), strategyChoice, 'portfolio')
    .option('--runs <n>', 'schedules at most', times, 10_000)
    .option('--from <n>', 'the first of them', naturalNumber, 0)
    .option('--time-budget <s>', 'seconds of searching at most', positiveNumber)
    .option('--invariants <list>', 'what has to be broken, all of it in one run; "any" for anything', invariantList)
    .option('--seed <n>', 'of the schedules, of people and of draws', naturalNumber, 1)
    .option('--no-faults', 'let nothing go wrong but the order of steps')
    .option('--exhaustive <section>', `every order of a section's steps that can matter: ${Object.keys(SECTIONS).join(', ')}`, sectionChoice)
    .option('--time-jumps <n>', 'with --exhaustive: how often time may pass while a step is ready', naturalNumber, 0)
    .option('--no-reduction', 'with --exhaustive: take every order, whether or not it can matter')
    .option('--threads <n>', 'threads that search', threadCount, 1)
    .option('--json', 'print one JSON object')
    .option('--out <dir>', 'save the history of the smallest failing run there')
    .action(async (options: ExploreOptions, command: Command) => {
      refuseUnused(options, command)
      ran(await explore(options))
    })
}

/** What says how random schedules are searched means nothing where every order is taken, and the other way round. */
const RANDOM_ONLY = ['strategy', 'from', 'faults', 'threads', 'out'] as const
const EXHAUSTIVE_ONLY = ['timeJumps', 'reduction'] as const

/** @throws TorichigaeError USAGE for an option that would be passed over in silence */
function refuseUnused({ exhaustive }: ExploreOptions, command: Command): void {
  const given = (exhaustive === undefined ? EXHAUSTIVE_ONLY : RANDOM_ONLY).find((name) => command.getOptionValueSource(name) === 'cli')
  if (given === undefined) return
  const flag = command.options.find((option) => option.attributeName() === given)?.long ?? given
  throw new TorichigaeError('USAGE', exhaustive === undefined ? `${flag} needs --exhaustive` : `--exhaustive takes every order of a section, and has no use for ${flag}`)
}

async function explore(options: ExploreOptions): Promise<number> {
  const catalogue = readCatalogue()
  const scenario = scenarioNamed(options.scenario, catalogue)
  const known = namedBuild(options.build, catalogue)
  const named = options.invariants === undefined ? known : { ...known, goal: options.invariants }
  const arena = Arena.make(scenario, named, options.seed, catalogue)
  if (options.exhaustive !== undefined) return exploreSection(arena, options.exhaustive, options)
  const progress = new Progress()
  const began = performance.now()
  const seconds = (): number => (performance.now() - began) / 1_000
  const { timeBudget, strategy, faults, seed, runs, from, threads } = options
  const end = await searchOnThreads(arena, {
    strategy,
    faults,
    seed,
    runs,
    from,
    threads,
    ...(timeBudget === undefined ? {} : { until: () => seconds() > timeBudget }),
    onProgress: ({ schedules, stepNames }) => {
      progress.say(`${schedules.toLocaleString('en')} of ${runs.toLocaleString('en')} schedules, ${(schedules / seconds()).toFixed(0)} a second, ${String(stepNames.size)} step names seen`)
    },
  })
  const searchedS = seconds()
  const { failing } = end
  if (failing !== undefined) progress.say(`found after ${String(end.tally.schedules)} schedules; making it small`)
  const minimal = failing === undefined ? undefined : await minimalOf(arena, strategyOf(failing.draw), failing.found)
  progress.end()
  const explored = { arena, seed, end, minimal, searchedS }
  process.stdout.write(options.json === true ? `${JSON.stringify(exploreJson(explored))}\n` : exploreText(explored))
  // What was found is told before anything can go wrong with a folder.
  if (minimal !== undefined && options.out !== undefined) saveHistory(join(options.out, `${scenario.id}.jsonl`), minimal.attempt.history)
  return EXIT_OF_VERDICT[verdictOf(explored)]
}

async function exploreSection(arena: Arena, section: SectionName, { timeJumps, reduction: reduced, runs: most, timeBudget, json }: ExploreOptions): Promise<number> {
  const progress = new Progress()
  const began = performance.now()
  const end = await searchSection(arena, section, {
    timeJumps,
    most,
    reduced,
    ...(timeBudget === undefined ? {} : { until: () => performance.now() - began > timeBudget * 1_000 }),
    onProgress: (schedules) => {
      progress.say(`${schedules.toLocaleString('en')} schedules of the section "${section}"`)
    },
  })
  progress.end()
  const verdict = end.found !== undefined ? 'violation' : end.complete && end.unknown === 0 ? 'pass' : 'unknown'
  const told = { arena, section, timeJumps, end, verdict } as const
  process.stdout.write(json === true ? `${JSON.stringify(sectionJson(told))}\n` : sectionText(told))
  return EXIT_OF_VERDICT[verdict]
}

/** @throws TorichigaeError UNKNOWN_SCENARIO, NO_FILE, BAD_FILE, UNKNOWN_PERSON */
function scenarioNamed(name: string, catalogue: Catalogue): Scenario {
  if (!existsSync(name)) return catalogue.scenario(name)
  const file = readSeed(pathToFileURL(name), Scenario)
  checkScenario(file, catalogue)
  return file.value
}

function strategyChoice(text: string): StrategyName {
  const known = STRATEGIES.find((name) => name === text)
  if (known === undefined) throw new InvalidArgumentError(`It is one of ${STRATEGIES.join(', ')}.`)
  return known
}

const sectionNames = Object.keys(SECTIONS) as SectionName[]

function sectionChoice(text: string): SectionName {
  const known = sectionNames.find((name) => name === text)
  if (known === undefined) throw new InvalidArgumentError(`It is one of ${sectionNames.join(', ')}.`)
  return known
}

function invariantList(text: string): readonly Invariant[] {
  if (text === 'any') return []
  return text.split(',').map((name) => {
    const known = INVARIANTS.find((invariant) => invariant === name)
    if (known === undefined) throw new TorichigaeError('USAGE', `--invariants knows ${INVARIANTS.join(', ')} and any, and not "${name}"`)
    return known
  })
}
