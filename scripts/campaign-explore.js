/**
 * `npm run campaign:explore [-- <schedules>]`: the repaired build under so many schedules with faults (default 1,000,000), which
 * has to be clean; then the same search of every build that has a defect, which has to find it; and each find replayed, in the
 * simulated world, and in the live one by its orderings. Hours on two cores; the lines say how far it is.
 */
import { spawnSync } from 'node:child_process'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import { readCatalogue } from '../dist/scenario/catalogue.js'
import { defectiveBuilds } from '../dist/scenario/named-build.js'

const command = fileURLToPath(new URL('../bin/torichigae.js', import.meta.url))
const schedules = process.argv[2] ?? '1000000'
let failed = 0

const run = (...args) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], { encoding: 'utf8', maxBuffer: 2 ** 28 })
  return { status, stderr, answer: stdout === '' ? undefined : JSON.parse(stdout) }
}
const say = (good, text) => {
  if (!good) failed += 1
  console.log(`${good ? 'good' : 'BAD '}  ${text}`)
}

const search = ['explore', '--runs', schedules, '--threads', String(cpus().length), '--json', '--build']
const repaired = run(...search, 'repaired')
const { schedules: made, distinctTraces, stepNames, unknown, seconds } = repaired.answer ?? {}
say(repaired.status === 0, `repaired: ${made} schedules in ${seconds} s, ${distinctTraces} distinct traces, ${stepNames} step names, not decided: ${JSON.stringify(unknown)}`)

const catalogue = readCatalogue()
/** Half-fixes that fail only where two things happen at one instant, which nobody can bring about on a real clock. */
const onlySimulated = new Set(
  [...catalogue.incidents.values()].flatMap(({ build, halfFixes }) => halfFixes.filter(({ stillFails }) => stillFails.world === 'simulated').map(({ variant }) => `${build}/${variant}`)),
)

for (const { name } of defectiveBuilds(catalogue)) {
  const { status, answer, stderr } = run(...search, name)
  if (status !== 1 || answer === undefined) {
    say(false, `${name}: not found (exit code ${status}) ${stderr}`)
    continue
  }
  const { minimal, violation, token } = answer
  say(true, `${name}: ${violation.broken.join(' with ')} after ${answer.schedules} schedules; ${minimal.says}; orderings ${minimal.orderings.length}`)
  for (const world of onlySimulated.has(name) ? ['simulated'] : ['simulated', 'live']) {
    const replayed = run('replay', token, '--world', world, '--json')
    const broken = new Set(replayed.answer?.violations.map(({ invariant }) => invariant))
    say(violation.broken.every((invariant) => broken.has(invariant)), `${name}: replayed ${world}, broke ${[...broken].join(', ')}`)
  }
}
console.log(failed === 0 ? 'all good' : `${failed} were not`)
process.exitCode = failed > 0 ? 1 : 0
