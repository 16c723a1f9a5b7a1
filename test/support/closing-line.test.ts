import { spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closingLine, type Tally } from './closing-line.ts'
import { ROOT } from './source-tree.ts'

const SLOW_MS = 60_000

describe('the closing line', () => {
  it('says how many passed and failed', () => {
    expect(closingLine({ passed: 12, failed: 1, skipped: 0, notRun: {} })).toBe('12 passed, 1 failed')
  })

  it('says how many were skipped only where some were', () => {
    expect(closingLine({ passed: 12, failed: 0, skipped: 3, notRun: { 'no Redis': 3 } })).toBe('12 passed, 0 failed, 3 skipped')
  })
})

describe('a run of vitest that ends with the closing line', () => {
  let folder: string

  beforeAll(async () => {
    // Inside the repository, so that vitest is found from there.
    await mkdir(join(ROOT, '.torichigae'), { recursive: true })
    folder = await mkdtemp(join(ROOT, '.torichigae/closing-line-'))
    await writeFile(
      join(folder, 'vitest.config.ts'),
      `import { ClosingLine } from ${JSON.stringify(join(ROOT, 'test/support/closing-line.ts'))}\n` +
        'export default { test: { include: ["*.test.ts"], reporters: ["default", new ClosingLine()] } }\n',
    )
    const head = 'import { beforeAll, describe, expect, it } from "vitest"\n'
    await writeFile(
      join(folder, 'mixed.test.ts'),
      `${head}
      it("passes", () => { expect(1).toBe(1) })
      it("fails", () => { expect(1).toBe(2) })
      it("lacks a tool", (context) => { context.skip("no Redis") })
      it("lacks the same tool", (context) => { context.skip("no Redis") })
      it.todo("comes later")
      it.skip("is left out", () => { expect(1).toBe(2) })
      describe("behind a hook that throws", () => { beforeAll(() => { throw new Error("hook") }); it("never runs", () => { expect(1).toBe(1) }) })\n`,
    )
    await writeFile(join(folder, 'broken.test.ts'), `${head}throw new Error("cannot be loaded")\n`)
  })
  afterAll(() => rm(folder, { recursive: true }))

  /** What a run prints, and its exit code. */
  const run = (environment: Record<string, string>) => {
    const program = join(ROOT, 'node_modules/vitest/vitest.mjs')
    const options = { cwd: folder, encoding: 'utf8', env: { ...process.env, TORICHIGAE_TALLY: undefined, ...environment } } as const
    const { stdout, status } = spawnSync(process.execPath, [program, 'run'], options)
    return { stdout, status }
  }

  it('counts a file that cannot be loaded and a hook that throws as failures, and gives each reason for a skip', { timeout: SLOW_MS }, () => {
    const { stdout, status } = run({})

    expect(status).toBe(1)
    expect(stdout.trimEnd().split('\n').slice(-4)).toEqual([
      'not run: 2 tests (no Redis)',
      'not run: 1 test (to be written)',
      'not run: 2 tests (no reason given)',
      '1 passed, 3 failed, 5 skipped',
    ])
  })

  it('leaves the line to the caller that asked for the tally in a file', { timeout: SLOW_MS }, async () => {
    const file = join(folder, 'tally.json')

    const { stdout } = run({ TORICHIGAE_TALLY: file })

    const sum = JSON.parse(await readFile(file, 'utf8')) as Tally
    expect({ passed: sum.passed, failed: sum.failed, skipped: sum.skipped }).toEqual({ passed: 1, failed: 3, skipped: 5 })
    expect(stdout).not.toMatch(/^\d+ passed, \d+ failed/m)
  })
})
