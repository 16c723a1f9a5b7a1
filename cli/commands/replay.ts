import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import type { History } from '../../contract/index.ts'
import { TorichigaeError } from '../../contract/index.ts'
import { replayed } from '../../explore/minimal.ts'
import { looksLikeToken, readToken } from '../../explore/token.ts'
import { judge, judgeAsSite } from '../../oracle/index.ts'
import { clockTime, narrate } from '../../report/narrative.ts'
import { outOfOrderWords } from '../../report/story.ts'
import { sourceLines, timelineOf, timelineRows } from '../../report/timeline.ts'
import { readCatalogue } from '../../scenario/catalogue.ts'
import type { Incident } from '../../scenario/incident.ts'
import type { LiveHouse } from '../../scenario/live.ts'
import { namedBuild } from '../../scenario/named-build.ts'
import { type Plan, scriptPlan, witnessPlan } from '../../scenario/plan.ts'
import { buildsOf, halfFixedBuild } from '../../scenario/regress.ts'
import { saveHistory } from '../../scenario/save.ts'
import { layGround } from '../../scenario/setting.ts'
import type { Scenario } from '../../scenario/scenario-file.ts'
import { performSimulated, TOUCH_MS } from '../../scenario/simulated.ts'
import type { Build } from '../../services/build.ts'
import type { CardPress } from '../../world/ports.ts'
import { simulatedPress } from '../../world/simulated/keys.ts'
import { openLiveHouse } from '../live-house.ts'
import { naturalNumber } from '../options.ts'
import { storyText } from '../explore-text.ts'
import { columns, paragraph, table } from '../terminal.ts'
import { EXIT_OF_VERDICT, judgementText, openHistory } from './check.ts'

interface ReplayOptions {
  readonly world: string
  readonly seed: number
  readonly build?: string
  readonly steps?: true
  readonly json?: true
  readonly out?: string
}

const AS_DEPLOYED = 'as-deployed'

/** `torichigae replay`: one incident, played again and told step by step, or a recorded history told again. */
export function replayCommand(ran: (exit: number) => void): Command {
  return new Command('replay')
    .description('Play an incident again, or tell a recorded history, step by step, and judge it.')
    .argument('<what>', 'an incident (id or row), a token of "explore", or a history file')
    .option('--world <world>', 'simulated or live', 'simulated')
    .option('--seed <n>', 'who plays the roles, and the schedule', naturalNumber, 1)
    .option('--build <build>', 'as-deployed, repaired-twin, repaired, with-net, or a half-fix; of a token any build (default: as-deployed; its own)')
    .option('--steps', 'tell every step of the simulated world')
    .option('--json', 'print one JSON object')
    .option('--out <dir>', 'save the history there')
    .action(async (what: string, options: ReplayOptions) => {
      if (looksLikeToken(what)) ran(await replayToken(what, options))
      else ran(existsSync(what) ? tellFile(what, options) : await replayIncident(what, options))
    })
}

/**
 * A token's run again: in the simulated world step by step as it was, in the live one under the orderings that suffice.
 * @throws TorichigaeError BAD_TOKEN, DIVERGED, UNKNOWN_BUILD
 */
async function replayToken(token: string, options: ReplayOptions): Promise<number> {
  if (options.world !== 'simulated' && options.world !== 'live') throw new TorichigaeError('USAGE', '--world is simulated or live')
  const catalogue = readCatalogue()
  const contents = readToken(token, catalogue)
  const { scenario, seed } = contents
  const named = namedBuild(options.build ?? contents.build, catalogue)
  if (options.world === 'live') {
    // As long as in the search: a link run that has to come in the middle of a session does so in either world.
    const planWith = (press: CardPress): Plan => ({ ...scriptPlan(layGround(atSearchedPace(scenario, contents.orderings), catalogue, press), named.build, seed, { ...scenario, orderings: contents.orderings }), touchMs: TOUCH_MS })
    const history = await playLive(planWith, { ...options, seed })
    return tell(history, judge(history), options, [])
  }
  const { attempt, steps, deviations } = await replayed(contents, named, catalogue)
  const { history, judgement } = attempt
  if (options.out !== undefined) saveHistory(join(options.out, `${scenario.id}.jsonl`), history)
  const story = options.json === true || options.steps === true ? undefined : `${storyText(history, deviations)}\n\n${paragraph(`${outOfOrderWords(deviations, steps.length)}.`)}`
  return tell(history, judgement, options, steps.map(({ atMs, process, name, fault }) => [clockTime(atMs), process, fault === undefined ? name : `${name}; fault: ${fault}`]), story)
}

/**
 * Scenario milliseconds to a real one where a search's find is played live: what a call takes has to be little beside what was
 * searched. Where no ordering holds anybody, all rests on what comes when, and it has to be less still.
 */
const PACE_MAX = { held: 10, free: 2 }

function atSearchedPace(scenario: Scenario, orderings: readonly unknown[]): Scenario {
  const pace = orderings.length === 0 ? PACE_MAX.free : PACE_MAX.held
  return { ...scenario, live: { ...scenario.live, clockFactor: Math.min(pace, scenario.live.clockFactor) } }
}

function tellFile(file: string, options: ReplayOptions): number {
  const { history, problems } = openHistory(file)
  // A history of an incident that is known here is told beside what is known of it.
  const incident = readCatalogue().incidents.get(history.header.incident)
  const story = incident === undefined || options.json === true ? undefined : timelineText(incident, history)
  return tell(history, judge(history, problems), options, [], story, incident)
}

async function replayIncident(id: string, options: ReplayOptions): Promise<number> {
  if (options.world !== 'simulated' && options.world !== 'live') throw new TorichigaeError('USAGE', '--world is simulated or live')
  const catalogue = readCatalogue()
  const incident = catalogue.incident(id)
  const builds = buildsOf(incident, catalogue)
  const build = buildNamed(options.build ?? AS_DEPLOYED, builds, incident.halfFixes.map((halfFix) => [halfFix.variant, halfFixedBuild(builds.deployed, halfFix)]))
  const planWith = (press: CardPress): Plan => witnessPlan(layGround(incident, catalogue, press), build, options.seed)
  const steps: string[][] = []
  const history = options.world === 'live' ? await playLive(planWith, options) : await playSimulated(planWith(simulatedPress), options, steps)
  const story = options.json === true || options.steps === true ? undefined : timelineText(incident, history)
  return tell(history, judge(history), options, steps, story, incident)
}

/** What is known beside what the replay did, against the clock of the day, and how well the one fits the other. */
function timelineText(incident: Incident, history: History): string {
  const { facts, title, mechanism, confidence, date } = incident
  const fits = Object.entries(confidence).map(([piece, fit]) => `${piece}: ${fit}`).join(', ')
  return [
    paragraph(title),
    columns([['', 'what is known', 'the replay (a reconstruction)'], ...timelineRows(timelineOf(facts, history, date))]),
    paragraph(`The mechanism: ${mechanism} Confidence: ${fits}.`),
    sourceLines(facts).map((line) => paragraph(line)).join('\n'),
  ].join('\n\n')
}

async function playSimulated(plan: Plan, options: ReplayOptions, steps: string[][]): Promise<History> {
  const { history } = await performSimulated(plan, {
    onStep: ({ atMs, process, name }) => {
      steps.push([clockTime(atMs), process, name])
    },
  })
  if (options.out !== undefined) saveHistory(join(options.out, `${plan.ground.incident.id}.jsonl`), history)
  return history
}

async function playLive(planWith: (press: CardPress) => Plan, options: ReplayOptions): Promise<History> {
  const house: LiveHouse = await openLiveHouse(options.out ?? mkdtempSync(join(tmpdir(), 'torichigae-')))
  try {
    return (await house.perform(planWith(house.cardPress(options.seed)), options.build ?? AS_DEPLOYED)).history
  } finally {
    await house.close()
  }
}

function buildNamed(name: string, builds: ReturnType<typeof buildsOf>, halfFixed: readonly (readonly [string, Build])[]): Build {
  const named = new Map<string, Build>([
    ['as-deployed', builds.deployed],
    ['repaired-twin', builds.twin],
    ['repaired', builds.repaired],
    ['with-net', builds.withNet],
    ...halfFixed,
  ])
  const build = named.get(name)
  if (build === undefined) throw new TorichigaeError('UNKNOWN_BUILD', `${name}, but only ${[...named.keys()].join(', ')}`)
  return build
}

/** The timeline with its sources, for whoever reads it by machine. */
const timelineJson = ({ facts, mechanism, confidence, date }: Incident, history: History): object => ({ timeline: timelineOf(facts, history, date), facts, mechanism, confidence })

/**
 * @param story in place of the list of events
 * @param incident whose facts stand beside them
 */
function tell(history: History, judgement: ReturnType<typeof judge>, options: ReplayOptions, steps: readonly (readonly string[])[], story?: string, incident?: Incident): number {
  const told = narrate(history)
  const site = judgeAsSite(history)
  if (options.json === true) {
    const { header } = history
    process.stdout.write(`${JSON.stringify({ header, told, steps: options.steps === true ? steps : undefined, ...(incident === undefined ? {} : timelineJson(incident, history)), ...judgement, site })}\n`)
  } else {
    const { seed, build, world, incident, rate } = history.header
    process.stdout.write(`${paragraph(`${incident}, build ${build}, ${world} world, seed ${String(seed)}, rate ${rate}`)}\n\n`)
    const rows = options.steps === true && steps.length > 0 ? steps : told.map(({ time, process: who, sentence }) => [time, who, sentence])
    if (story !== undefined) process.stdout.write(`${story}\n\n`)
    else if (rows.length > 0) process.stdout.write(`${table(rows)}\n\n`)
    process.stdout.write(judgementText(judgement, site))
  }
  return EXIT_OF_VERDICT[judgement.verdict]
}
