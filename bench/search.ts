import { parseArgs } from 'node:util'
import { Arena } from '../explore/arena.ts'
import { type StrategyName, STRATEGIES } from '../explore/draw.ts'
import { search } from '../explore/search.ts'
import { uniformStrategy } from '../explore/strategies/uniform.ts'
import { readCatalogue } from '../scenario/catalogue.ts'
import { defectiveBuilds, namedBuild, type NamedBuild } from '../scenario/named-build.ts'
import { crowd } from './crowd.ts'
import { FastCheckScheduling, type TimePasses } from './fast-check.ts'
import { openHouses } from './live.ts'
import { requestsUntilWrong } from './live-until-wrong.ts'

/**
 * `npm run bench:search [-- <seeds> <build> ... --only <part>]`: schedules until the first violation, from the neutral scenario, for
 * each strategy over so many seeds (default 1,000), capped, and for fast-check's scheduler; beside them requests until the first
 * wrong paper under live load. Then what a step costs with 2 to 200 kiosks, and memory over many schedules. Hours on two cores;
 * `--only`, as often as one likes, is a strategy, `fast-check`, `live` or `costs`; `--schedules` gives a cell another budget.
 */
const { values, positionals } = parseArgs({ allowPositionals: true, options: { only: { type: 'string', multiple: true }, schedules: { type: 'string' } } })
const [seeds = '1000', ...chosen] = positionals
const PARTS = [...STRATEGIES, 'fast-check', 'live', 'costs'] as const
const unknown = values.only?.filter((part) => !PARTS.some((one) => one === part)) ?? []
if (unknown.length > 0) throw new RangeError(`--only ${unknown.join(', ')}: it is one of ${PARTS.join(', ')}`)
const isWanted = (part: (typeof PARTS)[number]): boolean => values.only?.includes(part) ?? true
const strategies = STRATEGIES.filter(isWanted)
const ways: readonly TimePasses[] = isWanted('fast-check') ? ['when-idle', 'as-a-task'] : []
/** A number of the command line that has to be a count. */
const count = (text: string): number => {
  if (!/^[1-9]\d*$/.test(text)) throw new RangeError(`"${text}" is no number of seeds or schedules`)
  return Number(text)
}
const SEEDS = count(seeds)
const CAP = 10_000
/** A cell is given no more schedules than this; where that is fewer than the seeds need, it says of how many it speaks. */
const MOST = { ours: count(values.schedules ?? '50000'), fastCheck: count(values.schedules ?? '15000') } as const

const catalogue = readCatalogue()
const neutral = catalogue.scenario('neutral')
const builds = defectiveBuilds(catalogue).filter(({ name }) => chosen.length === 0 || chosen.includes(name))
const COLUMN = 24
const cell = (value: number | string): string => String(value).padStart(COLUMN)

/** Median / p99, and of how many seeds if not of all; a search that came to the cap is one of more. */
function medianAndP99(counts: readonly number[]): string {
  const sorted = [...counts].sort((a, b) => a - b)
  const at = (share: number): string => {
    const value = sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? NaN
    return value > CAP ? `>${String(CAP)}` : String(value)
  }
  return `${at(0.5)} / ${at(0.99)}${counts.length < SEEDS ? ` (${String(counts.length)})` : ''}`
}

async function untilFound(named: NamedBuild, strategy: StrategyName): Promise<string> {
  const counts: number[] = []
  let schedules = 0
  for (let seed = 1; seed <= SEEDS && schedules < MOST.ours; seed += 1) {
    const { tally, failing } = await search(Arena.make(neutral, named, seed, catalogue), { seed, runs: CAP, strategy, faults: true })
    schedules += tally.schedules
    counts.push(failing === undefined ? CAP + 1 : tally.schedules)
  }
  return medianAndP99(counts)
}

/** The same under fast-check's scheduler, each schedule of a seed of its own, for as many searches as the schedules allow. */
async function untilFoundByFastCheck(named: NamedBuild, timePasses: TimePasses): Promise<string> {
  const arena = Arena.make(neutral, named, 1, catalogue)
  const counts: number[] = []
  let schedules = 0
  for (let since = 1; schedules < MOST.fastCheck && counts.length < SEEDS; since += 1) {
    schedules += 1
    const found = arena.found(await arena.run(uniformStrategy(0), { scheduling: FastCheckScheduling.for(schedules, timePasses) }))
    if (found === undefined && since <= CAP) continue
    counts.push(since)
    since = 0
  }
  return counts.length === 0 ? `>${String(schedules)}` : medianAndP99(counts)
}

console.log(`Node ${process.version}; schedules until the first violation, median / p99 of ${SEEDS.toLocaleString('en')} seeds, at most ${CAP.toLocaleString('en')}`)
console.log(`(of fewer seeds, in brackets, where they would need more than ${MOST.ours.toLocaleString('en')} schedules, of fast-check's ${MOST.fastCheck.toLocaleString('en')}; its time passes when idle, or is a task)`)
console.log(`  ${'build'.padEnd(42)}${[...strategies, ...ways.map((way) => `fast-check, ${way}`)].map(cell).join('')}`)
for (const named of strategies.length + ways.length > 0 ? builds : []) {
  const cells: string[] = []
  for (const strategy of strategies) cells.push(await untilFound(named, strategy))
  for (const timePasses of ways) cells.push(await untilFoundByFastCheck(named, timePasses))
  console.log(`  ${named.name.padEnd(42)}${cells.map(cell).join('')}`)
}
if (isWanted('live')) await live()
if (isWanted('costs')) await costs()

/** What needs servers: skipped, and said so, where there is no redis-server. */
async function live(): Promise<void> {
  console.log('Requests until the first wrong paper under live load on Redis, three loads of 30 s at 10 a second')
  let houses: Awaited<ReturnType<typeof openHouses>>
  try {
    houses = await openHouses()
  } catch (error) {
    console.log(`  not measured (${error instanceof Error ? error.message : String(error)})`)
    return
  }
  try {
    for (const named of builds) {
      const loads: string[] = []
      for (let seed = 1; seed <= 3; seed += 1) loads.push(await requestsUntilWrong(houses.house, named, seed, catalogue))
      console.log(`  ${named.name.padEnd(42)}${loads.map(cell).join('')}`)
    }
  } finally {
    await houses.close()
  }
}

/** What a step costs with more and more kiosks, and what a search holds in memory. */
async function costs(): Promise<void> {
  console.log('Cost of a step, microseconds of CPU time, and steps a run, by kiosks')
  for (const kiosks of [2, 5, 10, 20, 50, 100, 200]) {
    const arena = Arena.make(crowd(neutral, kiosks), namedBuild('repaired', catalogue), 1, catalogue)
    await arena.run(uniformStrategy(0))
    const before = process.cpuUsage()
    let steps = 0
    let runs = 0
    for (; runs < Math.max(3, Math.ceil(100 / kiosks)); runs += 1) steps += (await arena.run(uniformStrategy(runs + 1))).steps
    const { user, system } = process.cpuUsage(before)
    console.log(`  ${cell(kiosks)}${cell(((user + system) / steps).toFixed(2))}${cell(Math.round(steps / runs))}`)
  }

  console.log('Memory of a search of the repaired build, MiB in use after collecting, by schedules')
  const repaired = Arena.make(neutral, namedBuild('repaired', catalogue), 1, catalogue)
  for (let made = 0, round = 0; round < 6; round += 1) {
    const { tally } = await search(repaired, { seed: 1, from: made, runs: 500 * 2 ** round, strategy: 'portfolio', faults: true })
    made += tally.schedules
    globalThis.gc?.()
    console.log(`  ${cell(made.toLocaleString('en'))}${cell((process.memoryUsage().heapUsed / 2 ** 20).toFixed(1))}`)
  }
}
