/**
 * `npm test`: types, then lint, then the tests, each to its end whatever became of the one before. Ends with what was not
 * run and why, and one line for programs: `N passed, N failed`, where types and lint count as one check each.
 *
 *   npm test                     everything
 *   npm test -- test/oracle      only the tests in a folder, beside types and lint
 *   npm test -- --no-static      without types, lint and the rules of test/rules (they are the same on every Node)
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const STATIC_CHECKS = [
  ['typecheck', 'node_modules/typescript/bin/tsc', '-p', '.'],
  ['lint', 'node_modules/eslint/bin/eslint.js', '.'],
]

const withoutStatic = process.argv.includes('--no-static')
const filters = process.argv.slice(2).filter((argument) => argument !== '--no-static')
const sum = { passed: 0, failed: 0, skipped: 0 }
const failures = []
const notRun = []

for (const [name, ...command] of STATIC_CHECKS) {
  if (withoutStatic) {
    notRun.push(`${name}: left out by --no-static`)
    continue
  }
  console.log(`\n${name}`)
  if (run(command) === 0) sum.passed++
  else fail(name)
}
runTests()

console.log('')
for (const line of notRun) console.log(`not run: ${line}`)
for (const line of failures) console.log(`failed: ${line}`)
console.log(`${sum.passed} passed, ${sum.failed} failed${sum.skipped > 0 ? `, ${sum.skipped} skipped` : ''}`)
process.exitCode = sum.failed > 0 ? 1 : 0

function runTests() {
  const folder = mkdtempSync(join(tmpdir(), 'torichigae-tally-'))
  const file = join(folder, 'tally.json')
  const rules = withoutStatic ? ['--exclude', 'test/rules/**'] : []
  const status = run(['node_modules/vitest/vitest.mjs', 'run', ...rules, ...filters], { TORICHIGAE_TALLY: file })
  const tests = read(file)
  rmSync(folder, { recursive: true })

  if (tests === undefined) return fail(`tests: vitest ended early (exit code ${status})`)
  sum.passed += tests.passed
  sum.failed += tests.failed
  sum.skipped += tests.skipped
  for (const [reason, count] of Object.entries(tests.notRun)) notRun.push(`${plural(count)} (${reason})`)
  if (withoutStatic) notRun.push('tests of test/rules: left out by --no-static')
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
