import { cpus } from 'node:os'
import { fastCheckKioskSteps, issuingSteps, judging, ourKioskSteps, regressions } from './issuing.ts'
import { alternate, type Contender, ratios, type Rates, spread } from './measure.ts'
import { drawingAlone, loadP99, type MeasuredHouse, openHouses, pipeline } from './live.ts'
import { drawing, endReading, plainPdfkit, reading } from './paper.ts'
import { bareList, fastCheckScheduler, ourScheduler } from './scheduler.ts'

/**
 * `npm run bench`: speeds as units a second of CPU time, and ratios to a named baseline measured in turn with it. Lowest,
 * median and highest of the rounds are printed: the machine is noisy, so quote medians and ratios.
 */
const ROUNDS = 7

const digits = (value: number): string => (value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(2))

function show({ name, rates }: Rates, unit = '/s'): void {
  const { min, median, max } = spread(rates)
  console.log(`  ${name.padEnd(50)} ${digits(median)}${unit}  (${digits(min)} to ${digits(max)})`)
}

async function compare(title: string, contender: Contender, baseline: Contender): Promise<void> {
  console.log(title)
  const [ours, theirs] = await alternate([contender, baseline], ROUNDS)
  if (ours === undefined || theirs === undefined) return
  show(ours)
  show(theirs)
  show({ name: `ratio to ${theirs.name}`, rates: ratios(ours, theirs) }, ' times')
}

async function alone(title: string, contender: Contender, rounds = ROUNDS): Promise<void> {
  console.log(title)
  for (const rates of await alternate([contender], rounds)) show(rates)
}

console.log(`Node ${process.version}, ${String(cpus().length)} cores; ${String(ROUNDS)} rounds, medians of units a CPU second`)
await compare('Scheduler alone: 60 steps that do nothing, names recorded (20 times is the goal)', ourScheduler, fastCheckScheduler)
await compare('What a list of promises alone would reach', bareList, fastCheckScheduler)
for (const kiosks of [2, 5, 10]) await compare(`Issuing code, ${String(kiosks)} kiosks, names recorded (5 times is the goal)`, ourKioskSteps(kiosks), fastCheckKioskSteps(kiosks))
await alone('Simulated world (a million steps a second is the goal)', issuingSteps)
await alone('Oracle', judging())
await alone('Regression in the simulated world (2 s after start is the goal)', regressions, 5)
await compare('Drawing a residence record of two people', drawing, plainPdfkit)
await alone('Reading it back (CPU of all threads)', reading)
await live()
await endReading()

/** What needs servers: skipped, and said so, where there is no redis-server. */
async function live(): Promise<void> {
  let houses: MeasuredHouse
  try {
    houses = await openHouses()
  } catch (error) {
    console.log(`Live: not measured (${error instanceof Error ? error.message : String(error)})`)
    return
  }
  try {
    await beyondDrawing(houses)
    await costOfRecording(houses)
  } finally {
    await houses.close()
  }
}

/** CPU milliseconds of a certificate in the pipeline, less those of drawing it, round by round. */
async function beyondDrawing(houses: MeasuredHouse): Promise<void> {
  console.log('Pipeline on Redis, without the comparison of images (at most 5 ms of CPU a certificate beyond drawing is the goal)')
  const [whole, drawn] = await alternate([pipeline(houses), drawingAlone], 5)
  if (whole === undefined || drawn === undefined) return
  const beyond = whole.rates.map((rate, round) => 1_000 / rate - 1_000 / (drawn.rates[round] ?? NaN))
  show({ name: 'CPU a certificate, all', rates: whole.rates.map((rate) => 1_000 / rate) }, ' ms')
  show({ name: 'CPU a certificate, drawing', rates: drawn.rates.map((rate) => 1_000 / rate) }, ' ms')
  show({ name: 'CPU a certificate, beyond drawing', rates: beyond }, ' ms')
}

/** Five loads with the history on disk and five with it in memory alone, in turn. */
async function costOfRecording({ house, unrecorded }: MeasuredHouse): Promise<void> {
  console.log('Recording: p99 from application to document at 10 sessions a second (under 5 % is the goal)')
  const on: number[] = []
  const off: number[] = []
  for (let run = 0; run < 5; run += 1) {
    on.push(await loadP99(house))
    off.push(await loadP99(unrecorded))
  }
  show({ name: 'p99 with the history on disk', rates: on }, ' ms')
  show({ name: 'p99 without', rates: off }, ' ms')
  show({ name: 'ratio, run by run', rates: on.map((ms, run) => ms / (off[run] ?? NaN)) }, ' times')
}
