import { writeFileSync } from 'node:fs'
import type { Reporter, TestCase, TestModule } from 'vitest/node'

/**
 * What a run of the tests came to. `notRun` says why tests did not run, and how many for each reason: silence about a
 * skipped test reads like a pass.
 */
export interface Tally {
  passed: number
  failed: number
  skipped: number
  notRun: Record<string, number>
}

/** The last line of every run of the tests, made to be read by programs: `12 passed, 0 failed, 1 skipped`. */
export function closingLine({ passed, failed, skipped }: Tally): string {
  const line = `${String(passed)} passed, ${String(failed)} failed`
  return skipped === 0 ? line : `${line}, ${String(skipped)} skipped`
}

/**
 * Counts what ran and what did not. A file that cannot be loaded, a hook that throws and an error outside any test are a
 * failure each; a test that never came to its end is one too.
 */
export function tally(modules: readonly TestModule[], errorsOutsideTests: number): Tally {
  const sum: Tally = { passed: 0, failed: errorsOutsideTests, skipped: 0, notRun: {} }
  for (const module of modules) {
    if (module.errors().length > 0) sum.failed++
    for (const suite of module.children.allSuites()) if (suite.errors().length > 0) sum.failed++
    for (const test of module.children.allTests()) count(test, sum)
  }
  return sum
}

function count(test: TestCase, sum: Tally): void {
  const result = test.result()
  if (result.state === 'passed') sum.passed++
  else if (result.state === 'skipped') {
    const reason = result.note ?? (test.options.mode === 'todo' ? 'to be written' : 'no reason given')
    sum.skipped++
    sum.notRun[reason] = (sum.notRun[reason] ?? 0) + 1
  } else sum.failed++
}

/**
 * Ends the output of vitest with the closing line. Where `TORICHIGAE_TALLY` names a file, the tally goes there instead, for
 * `npm test` to add its other checks to.
 */
export class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const sum = tally(modules, errors.length)
    const file = process.env['TORICHIGAE_TALLY']
    if (file !== undefined) {
      writeFileSync(file, JSON.stringify(sum))
      return
    }
    for (const [reason, count] of Object.entries(sum.notRun)) {
      console.log(`not run: ${String(count)} ${count === 1 ? 'test' : 'tests'} (${reason})`)
    }
    console.log(closingLine(sum))
  }
}
