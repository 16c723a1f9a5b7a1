import { cpus } from 'node:os'
import { issuingSteps, judging, regressions } from './issuing.ts'
import { alternate, type Contender, ratios, type Rates, spread } from './measure.ts'
import { drawing, endReading, plainPdfkit, reading } from './paper.ts'
import { fastCheckScheduler, ourScheduler } from './scheduler.ts'

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
await compare('Scheduler alone: 60 steps that do nothing, names recorded', ourScheduler, fastCheckScheduler)
await alone('Simulated world', issuingSteps)
await alone('Oracle', judging())
await alone('Regression in the simulated world (2 s after start is the goal)', regressions, 5)
await compare('Drawing a residence record of two people', drawing, plainPdfkit)
await alone('Reading it back (CPU of all threads)', reading)
await endReading()
