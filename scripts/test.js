/**
 * `npm test`: types and lint side by side, then the tests, each to its end whatever became of the others. Ends with what was not
 * run and why, and one line for programs: `N passed, N failed`, where types and lint count as one check each.
 *
 *   npm test                     everything
 *   npm test -- test/oracle      only the tests in a folder, beside types and lint
 *   npm test -- --no-static      without types, lint and the rules of test/rules, which read the sources and run nothing
 *   npm test -- --second-node    what is worth running on one Node more: without the long searches and campaigns of the simulated
 *                                world, whose runs are the same to the byte whatever Node runs them (its golden tests and
 *                                test/cli/regress.test.ts hold that), and without loads on a system of the same process
 *                                (test/cli/load-target.test.ts puts load on one of another)
 */
import { Buffer } from 'node:buffer'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const STATIC_CHECKS = [
  ['typecheck', 'node_modules/typescript/bin/tsc', '-p', '.'],
  ['lint', 'node_modules/eslint/bin/eslint.js', '.'],
]

/** What an option leaves out of the tests, in vitest's patterns. */
const LEFT_OUT = {
  '--no-static': ['test/rules/**'],
  '--second-node': [
    'test/explore/*.test.ts',
    'test/properties/{histories,repaired-build}.test.ts',
    'test/scenario/{regress,interleavings}.test.ts',
    'test/load/national-day.test.ts',
    'test/cli/{inspect,national-day,load}.test.ts',
  ],
}

const options = process.argv.slice(2).filter((argument) => argument in LEFT_OUT)
const withoutStatic = options.includes('--no-static')
const filters = process.argv.slice(2).filter((argument) => !(argument in LEFT_OUT))
const sum = { passed: 0, failed: 0, skipped: 0 }
const failures = []
const notRun = []

if (withoutStatic) notRun.push(`${STATIC_CHECKS.map(([name]) => name).join(' and ')}: left out by --no-static`)
else await checkSources()
runTests()

console.log('')
for (const line of notRun) console.log(`not run: ${line}`)
for (const line of failures) console.log(`failed: ${line}`)
console.log(`${sum.passed} passed, ${sum.failed} failed${sum.skipped > 0 ? `, ${sum.skipped} skipped` : ''}`)
process.exitCode = sum.failed > 0 ? 1 : 0

/** Types and lint at the same time, for each keeps one core busy; what they say, one after the other. */
async function checkSources() {
  const ends = STATIC_CHECKS.map(async ([name, program, ...args]) => {
    const child = spawn(process.execPath, [join(root, program), ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    const output = []
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => output.push(chunk))
    const [status] = await once(child, 'close')
    return { name, status, output: Buffer.concat(output) }
  })
  for (const end of ends) {
    const { name, status, output } = await end
    console.log(`\n${name}`)
    process.stdout.write(output)
    if (status === 0) sum.passed++
    else fail(name)
  }
}

function runTests() {
  const folder = mkdtempSync(join(tmpdir(), 'torichigae-tally-'))
  const file = join(folder, 'tally.json')
  const excluded = options.flatMap((option) => LEFT_OUT[option]).flatMap((pattern) => ['--exclude', pattern])
  const status = run(['node_modules/vitest/vitest.mjs', 'run', ...excluded, ...filters], { TORICHIGAE_TALLY: file })
  const tests = read(file)
  rmSync(folder, { recursive: true })

  if (tests === undefined) return fail(`tests: vitest ended early (exit code ${status})`)
  sum.passed += tests.passed
  sum.failed += tests.failed
  sum.skipped += tests.skipped
  for (const [reason, count] of Object.entries(tests.notRun)) notRun.push(`${plural(count)} (${reason})`)
  for (const option of options) notRun.push(`tests of ${LEFT_OUT[option].join(', ')}: left out by ${option}`)
  if (filters.length > 0) notRun.push(`tests that "${filters.join(' ')}" leaves out`)
  if (tests.failed > 0) failures.push(plural(tests.failed))
  else if (status !== 0) fail(`tests: none failed, but vitest ended with exit code ${status}`)
}

/** The exit code of a Node program; its output goes where ours goes. */
function run([program, ...options], environment = {}) {
  const { status, signal } = spawnSync(process.execPath, [join(root, program), ...options], {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: 'inherit',
  })
  return status ?? signal
}

function plural(count) {
  return `${count} ${count === 1 ? 'test' : 'tests'}`
}

function fail(line) {
  sum.failed++
  failures.push(line)
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}
