import { Command, InvalidArgumentError } from 'commander'
import { TorichigaeError } from '../../contract/index.ts'
import type { ServedSystem } from '../../scenario/served.ts'
import { isNodeGroup, NODE_GROUPS, type NodeGroup } from '../../world/live/host/groups.ts'
import { collected, municipalitiesOf } from '../municipalities.ts'
import { naturalNumber, times } from '../options.ts'

/** What one process of a served system was told to do. */
export interface ServeOptions {
  readonly system: ServedSystem
  readonly groups: readonly NodeGroup[]
  readonly peers: Readonly<Partial<Record<NodeGroup, string>>>
  readonly host: string
  readonly port: number
  /** Name of the run, which the processes of one system share. */
  readonly run: string
  readonly worker?: string
  readonly workDir: string
  readonly fresh: boolean
  /** Make the run and end. */
  readonly prepare: boolean
  readonly stopWithinMs: number
  readonly takeoverMs: number
}

interface Given {
  readonly nodes: string
  readonly build: string
  readonly municipality?: readonly string[]
  readonly seed: number
  readonly size: number
  readonly host: string
  readonly port: number
  readonly peers?: string
  readonly run: string
  readonly worker?: string
  readonly workDir: string
  readonly clockFactor: number
  readonly date?: string
  readonly start?: string
  readonly fresh?: true
  readonly prepare?: true
  readonly stopWithin: number
  readonly takeover: number
}

const ALL = Object.keys(NODE_GROUPS) as NodeGroup[]

/** `serve` with its options; what it then does is for whoever asks. */
export const serveSyntax = (): Command =>
  new Command('serve')
    .description('Host a test system, or some of its nodes, until a signal ends it.')
    .option('--nodes <list>', 'which nodes: centre, issuing, print, or all', 'all')
    .option('--municipality <code>', 'a municipality; may be given again; code=build gives it a build of its own', collected)
    .option('--build <id>', 'the build of municipalities that have none of their own', 'repaired')
    .option('--seed <n>', 'the people and their cards', naturalNumber, 1)
    .option('--size <n>', 'residents of each municipality', times, 1_000)
    .option('--host <address>', 'the address to listen on', '127.0.0.1')
    .option('--port <n>', 'the port to listen on; 0 for any', naturalNumber, 7_001)
    .option('--peers <list>', 'where the other nodes are: centre=URL,issuing=URL (TORICHIGAE_PEERS)')
    .option('--run <name>', 'name of the system, if there is more than one in the database', 'torichigae')
    .option('--worker <name>', 'name of this print worker (default: one that nobody else has)', workerName)
    .option('--work-dir <dir>', 'work files, which the print workers of a site share', '.torichigae/work')
    .option('--clock-factor <n>', 'scenario time passes so many times faster', positive, 1)
    .option('--date <day>', 'the day on which it begins, YYYY-MM-DD (default: today in Japan)', day)
    .option('--start <time>', 'the time at which it begins, HH:MM:SS (default: the time in Japan)', timeOfDay)
    .option('--fresh', 'drop what is there and make it anew; with all nodes, or with --prepare')
    .option('--prepare', 'only make what the processes share, and end')
    .option('--stop-within <s>', 'seconds for what is at hand when a signal comes', naturalNumber, 20)
    .option('--takeover <ms>', 'milliseconds without a sign of life after which a print job is taken over', times, 10_000)

/** The options of a parsed command line. @throws TorichigaeError USAGE where they do not go together */
export function serveOptions(given: Given, environment: Readonly<Record<string, string | undefined>>): ServeOptions {
  const groups = groupsOf(given.nodes)
  const peers = peersOf(given.peers ?? environment['TORICHIGAE_PEERS'] ?? '')
  const prepare = given.prepare === true
  const missing = prepare ? [] : groups.flatMap((group) => NODE_GROUPS[group].peers).filter((peer) => !groups.includes(peer) && peers[peer] === undefined)
  if (missing.length > 0) throw usage(`${given.nodes} has to know where ${missing.join(' and ')} is: --peers ${missing.map((peer) => `${peer}=URL`).join(',')}`)
  if (given.fresh === true && groups.length < ALL.length && !prepare) throw usage('--fresh is for all nodes, or goes with --prepare')
  if (groups.length < ALL.length && environment['DATABASE_URL'] === undefined) throw usage('a process with some of the nodes needs DATABASE_URL; only all of them can share an embedded database')
  if (prepare && environment['DATABASE_URL'] === undefined) throw usage('--prepare needs DATABASE_URL: an embedded database ends with the process')
  if ((given.date === undefined) !== (given.start === undefined)) throw usage('--date and --start go together')
  if (!/^[a-z][a-z0-9_]{0,40}$/.test(given.run)) throw usage(`--run is small letters, digits and _, not "${given.run}"`)
  const { seed, size, clockFactor, host, port, run, worker, workDir } = given
  return {
    system: {
      seed,
      size,
      clockFactor,
      municipalities: municipalitiesOf(given.municipality ?? ['munakata'], given.build),
      ...(given.date === undefined || given.start === undefined ? {} : { start: { date: given.date, time: given.start } }),
    },
    groups,
    peers,
    host,
    port,
    run,
    workDir,
    prepare,
    fresh: given.fresh === true,
    stopWithinMs: given.stopWithin * 1_000,
    takeoverMs: given.takeover,
    ...(worker === undefined ? {} : { worker }),
  }
}

const usage = (detail: string): TorichigaeError => new TorichigaeError('USAGE', detail)

function groupsOf(list: string): readonly NodeGroup[] {
  const names = list.split(',')
  if (names.includes('all')) return ALL
  return names.map((name) => {
    if (!isNodeGroup(name)) throw usage(`there are no nodes "${name}", only ${ALL.join(', ')} and all`)
    return name
  })
}

function peersOf(list: string): ServeOptions['peers'] {
  const peers: Partial<Record<NodeGroup, string>> = {}
  for (const each of list.split(',').filter((text) => text !== '')) {
    const at = each.indexOf('=')
    const [name, url] = [each.slice(0, at), each.slice(at + 1)]
    if (!isNodeGroup(name) || !URL.canParse(url)) throw usage(`a peer is written centre=URL or issuing=URL, not "${each}"`)
    peers[name] = url.replace(/\/$/, '')
  }
  return peers
}

function positive(text: string): number {
  const number = Number(text)
  if (!(number > 0 && number <= 1_000)) throw new InvalidArgumentError('It has to be a number above 0 and up to 1000.')
  return number
}

function matching(pattern: RegExp, sentence: string): (text: string) => string {
  return (text) => {
    if (!pattern.test(text)) throw new InvalidArgumentError(sentence)
    return text
  }
}

function workerName(text: string): string {
  return matching(/^[a-z0-9][a-z0-9-]{0,19}$/, 'It is a number, or up to 20 small letters, digits and hyphens.')(text)
}
function day(text: string): string {
  return matching(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'It is written YYYY-MM-DD.')(text)
}
function timeOfDay(text: string): string {
  return matching(/^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/, 'It is written HH:MM:SS.')(text)
}
