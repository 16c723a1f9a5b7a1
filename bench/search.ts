import { Arena } from '../explore/arena.ts'
import { type StrategyName, STRATEGIES } from '../explore/draw.ts'
import { search } from '../explore/search.ts'
import { uniformStrategy } from '../explore/strategies/uniform.ts'
import { readCatalogue } from '../scenario/catalogue.ts'
import { defectiveBuilds, namedBuild, type NamedBuild } from '../scenario/named-build.ts'
import type { Scenario } from '../scenario/scenario-file.ts'

/**
 * `npm run bench:search [-- <seeds>]`: schedules until the first violation, from the neutral scenario, for each strategy over so
 * many seeds (default 1,000), capped; then what a step costs with 2 to 200 kiosks, and memory over many schedules.
 */
const SEEDS = Number(process.argv[2] ?? '1000')
const CAP = 10_000

const catalogue = readCatalogue()
const neutral = catalogue.scenario('neutral')
const cell = (value: number | string): string => String(value).padStart(14)

async function schedulesUntilFound(named: NamedBuild, strategy: StrategyName): Promise<string> {
  const arena = Arena.make(neutral, named, 1, catalogue)
  const counts: number[] = []
  for (let seed = 1; seed <= SEEDS; seed += 1) counts.push((await search(arena, { seed, runs: CAP, strategy, faults: true })).tally.schedules)
  counts.sort((a, b) => a - b)
  const at = (share: number): string => {
    const count = counts[Math.min(counts.length - 1, Math.ceil(share * counts.length) - 1)] ?? NaN
    return count >= CAP ? `>${String(CAP)}` : String(count)
  }
  return `${at(0.5)} / ${at(0.99)}`
}

/** So many people at as many kiosks, one a second. */
function crowd(kiosks: number): Scenario {
  const script = Array.from({ length: kiosks }, (_, index) => {
    const second = String(index % 60).padStart(2, '0')
    const minute = String(Math.floor(index / 60)).padStart(2, '0')
    return { at: `10:${minute}:${second}`, kiosk: `shop-${String(index + 1)}`, who: 'neighbour', apply: 'residence-record' as const }
  })
  const { until: _, ...scenario } = neutral
  return { ...scenario, script }
}

console.log(`Node ${process.version}; schedules until the first violation, median / p99 of ${SEEDS.toLocaleString('en')} seeds, at most ${CAP.toLocaleString('en')}`)
console.log(`  ${'build'.padEnd(44)}${STRATEGIES.map(cell).join('')}`)
for (const named of defectiveBuilds(catalogue)) {
  const cells: string[] = []
  for (const strategy of STRATEGIES) cells.push(await schedulesUntilFound(named, strategy))
  console.log(`  ${named.name.padEnd(44)}${cells.map(cell).join('')}`)
}

console.log('Cost of a step, microseconds of CPU time, and steps a run, by kiosks')
for (const kiosks of [2, 5, 10, 20, 50, 100, 200]) {
  const arena = Arena.make(crowd(kiosks), namedBuild('repaired', catalogue), 1, catalogue)
  await arena.run(uniformStrategy(0))
  const before = process.cpuUsage()
  let steps = 0
  for (let seed = 1; seed <= Math.max(3, Math.ceil(100 / kiosks)); seed += 1) steps += (await arena.run(uniformStrategy(seed))).steps
  const { user, system } = process.cpuUsage(before)
  console.log(`  ${cell(kiosks)}${cell(((user + system) / steps).toFixed(2))}${cell(steps)}`)
}

console.log('Memory of a search of the repaired build, MiB in use after collecting, by schedules')
const repaired = Arena.make(neutral, namedBuild('repaired', catalogue), 1, catalogue)
for (let made = 0, round = 0; round < 6; round += 1) {
  const { tally } = await search(repaired, { seed: 1, from: made, runs: 500 * 2 ** round, strategy: 'portfolio', faults: true })
  made += tally.schedules
  globalThis.gc?.()
  console.log(`  ${cell(made.toLocaleString('en'))}${cell((process.memoryUsage().heapUsed / 2 ** 20).toFixed(1))}`)
}
