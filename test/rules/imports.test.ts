import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const config = join(root, '.dependency-cruiser.cjs')
const SLOW_MS = 120_000

interface Report {
  readonly modules: readonly { readonly source: string }[]
  readonly summary: {
    readonly violations: readonly { readonly from: string; readonly to: string; readonly rule: { readonly name: string } }[]
    readonly ruleSetUsed: { readonly forbidden: readonly { readonly name: string }[] }
  }
}

/** Runs dependency-cruiser with the project's rules over `folders` of `baseDir`. */
async function cruise(baseDir: string, folders: readonly string[]): Promise<Report> {
  const program = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
  const options = ['--config', config, '--output-type', 'json', ...folders]
  // The exit code is that of `--output-type err` only; with JSON it is 0 unless the tool itself failed.
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...options], { cwd: baseDir, maxBuffer: 2 ** 26 })
  return JSON.parse(stdout) as Report
}

async function foldersWithTypeScript(): Promise<string[]> {
  const found: string[] = []
  for (const entry of await readdir(root, { withFileTypes: true })) {
    if (!entry.isDirectory() || /^(?:\.|node_modules$|dist$|coverage$)/.test(entry.name)) continue
    const files = await readdir(join(root, entry.name), { recursive: true })
    if (files.some((file) => file.endsWith('.ts'))) found.push(entry.name)
  }
  return found
}

/** Imports that must be caught: the importing module, what it imports, and the rules it breaks. */
const CAUGHT: readonly (readonly [from: string, imported: string, ...rules: string[]])[] = [
  ['contract/a.ts', '../services/leaf.ts', 'contract-knows-its-own', 'contract-needs-only-schemas'],
  ['contract/b.ts', 'fastify', 'contract-needs-only-schemas'],
  ['contract/c.ts', 'node:fs', 'contract-needs-only-schemas'],
  ['world/a.ts', '../services/leaf.ts', 'world-knows-its-own'],
  ['world/b.ts', './live/leaf.ts', 'ports-know-no-world'],
  ['world/live/a.ts', '../simulated/leaf.ts', 'worlds-keep-apart'],
  ['world/simulated/a.ts', '../live/leaf.ts', 'worlds-keep-apart'],
  ['services/print/a.ts', '../../world/live/leaf.ts', 'services-knows-its-own'],
  ['services/print/b.ts', '../../world/simulated/leaf.ts', 'services-knows-its-own'],
  ['services/print/c.ts', '../../kiosk-sim/leaf.ts', 'services-knows-its-own'],
  ['services/print/d.ts', 'fastify', 'behind-ports-no-packages'],
  ['services/print/e.ts', 'node:timers/promises', 'behind-ports-no-packages'],
  ['kiosk-sim/a.ts', '../services/leaf.ts', 'kiosk-sim-knows-its-own'],
  ['kiosk-sim/b.ts', '../world/live/leaf.ts', 'kiosk-sim-knows-its-own'],
  ['oracle/a.ts', '../world/leaf.ts', 'oracle-knows-its-own'],
  ['oracle/b.ts', '../services/leaf.ts', 'oracle-knows-its-own'],
  ['oracle/c.ts', 'typebox', 'oracle-needs-nothing'],
  ['oracle/d.ts', 'node:crypto', 'oracle-needs-nothing'],
  ['seeds/a.ts', '../services/leaf.ts', 'seeds-knows-its-own'],
  ['seeds/b.ts', '../world/leaf.ts', 'seeds-knows-its-own'],
  ['scenario/a.ts', '../explore/leaf.ts', 'scenario-knows-its-own'],
  ['scenario/b.ts', '../cli/leaf.ts', 'scenario-knows-its-own'],
  ['explore/strategies/a.ts', '../../scenario/leaf.ts', 'strategies-know-no-scenario'],
  ['explore/strategies/b.ts', '../leaf.ts', 'strategies-know-no-scenario'],
  ['explore/a.ts', '../cli/leaf.ts', 'explore-knows-its-own'],
  ['explore/b.ts', '../report/leaf.ts', 'explore-knows-its-own'],
  ['load/a.ts', '../cli/leaf.ts', 'load-knows-its-own'],
  ['report/a.ts', '../explore/leaf.ts', 'report-knows-its-own'],
  ['cli/a.ts', '../test/leaf.ts', 'cli-knows-its-own'],
  ['bench/a.ts', '../cli/leaf.ts', 'bench-knows-its-own'],
  ['arbitraries/a.ts', '../cli/leaf.ts', 'arbitraries-knows-its-own'],
  ['arbitraries/b.ts', '../load/leaf.ts', 'arbitraries-knows-its-own'],
  ['scripts/a.ts', '../cli/leaf.ts', 'scripts-knows-its-own'],
  ['cli/b.ts', 'vitest', 'no-development-packages'],
  ['cli/c.ts', 'undeclared', 'no-undeclared-packages'],
  ['cli/d.ts', './nowhere.ts', 'no-unresolvable'],
]

/** Imports that must be let through. */
const LET_THROUGH: readonly (readonly [from: string, imported: string])[] = [
  ['contract/p.ts', './leaf.ts'],
  ['contract/q.ts', 'typebox'],
  ['contract/r.ts', 'node:crypto'],
  ['world/p.ts', '../contract/leaf.ts'],
  ['world/live/p.ts', '../leaf.ts'],
  ['world/live/q.ts', 'fastify'],
  ['world/live/r.ts', 'node:fs'],
  ['world/simulated/p.ts', '../leaf.ts'],
  ['services/print/p.ts', '../../world/leaf.ts'],
  ['services/print/q.ts', '../../contract/leaf.ts'],
  ['kiosk-sim/p.ts', '../world/leaf.ts'],
  ['oracle/p.ts', '../contract/leaf.ts'],
  ['seeds/p.ts', '../world/keyed-random.ts'],
  ['scenario/p.ts', '../services/leaf.ts'],
  ['scenario/q.ts', '../explore/strategies/leaf.ts'],
  ['explore/o.ts', '../scenario/leaf.ts'],
  ['explore/p.ts', '../services/leaf.ts'],
  ['explore/q.ts', '../world/simulated/leaf.ts'],
  ['load/p.ts', '../world/live/leaf.ts'],
  ['report/p.ts', '../oracle/leaf.ts'],
  ['cli/p.ts', '../explore/leaf.ts'],
  ['bench/p.ts', '../services/leaf.ts'],
  ['arbitraries/p.ts', '../scenario/leaf.ts'],
  ['test/p.ts', '../cli/leaf.ts'],
  ['test/q.ts', 'vitest'],
]

/** A tree with the project's folders, one module for each import above, and packages that hold nothing. */
async function buildExample(baseDir: string): Promise<void> {
  const put = async (path: string, text: string) => {
    await mkdir(dirname(join(baseDir, path)), { recursive: true })
    await writeFile(join(baseDir, path), text)
  }
  await put('package.json', JSON.stringify({ type: 'module', dependencies: { typebox: '1', fastify: '5' }, devDependencies: { vitest: '4' } }))
  for (const name of ['typebox', 'fastify', 'vitest', 'undeclared']) {
    await put(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', type: 'module', exports: './index.js' }))
    await put(`node_modules/${name}/index.js`, 'export const value = 1\n')
  }
  const leaf = 'export const value = 1\n'
  for (const folder of ['contract', 'world', 'world/live', 'world/simulated', 'services', 'kiosk-sim', 'oracle', 'seeds', 'scenario', 'explore', 'explore/strategies', 'load', 'arbitraries', 'report', 'cli', 'bench', 'test']) {
    await put(`${folder}/leaf.ts`, leaf)
  }
  // Each leaf has someone who imports it, or it would be an orphan.
  const leaves = ['bench', 'seeds', 'load', 'arbitraries'].map((folder) => `import '../${folder}/leaf.ts'`)
  await put('test/all.ts', leaves.join('\n'))
  await put('world/keyed-random.ts', leaf)
  await put('report/lonely.ts', leaf)
  await put('explore/round.ts', "import './about.ts'\n")
  await put('explore/about.ts', "import './round.ts'\n")
  for (const [from, imported] of [...CAUGHT, ...LET_THROUGH]) await put(from, `import '${imported}'\n`)
}

describe('imports between the folders', () => {
  it('go one way, without a cycle, an orphan or a package that is not ours to use', { timeout: SLOW_MS }, async () => {
    const report = await cruise(root, await foldersWithTypeScript())

    expect(report.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`)).toEqual([])
    expect(report.modules.length).toBeGreaterThan(10)
  })

  it('have a rule for every folder that holds TypeScript', async () => {
    const report = await cruise(root, ['contract'])
    const ruled = report.summary.ruleSetUsed.forbidden.map(({ name }) => name)

    const withoutRule = (await foldersWithTypeScript()).filter((folder) => folder !== 'test' && !ruled.includes(`${folder}-knows-its-own`))

    expect(withoutRule).toEqual([])
  })
})

describe('the rules for imports', () => {
  let baseDir: string
  let broken: Map<string, Set<string>>
  let rules: readonly string[]

  beforeAll(async () => {
    baseDir = await mkdtemp(join(tmpdir(), 'torichigae-imports-'))
    await buildExample(baseDir)
    const folders = (await readdir(baseDir, { withFileTypes: true })).filter((entry) => entry.isDirectory() && entry.name !== 'node_modules')
    const report = await cruise(baseDir, folders.map((entry) => entry.name))
    rules = report.summary.ruleSetUsed.forbidden.map(({ name }) => name)
    broken = new Map()
    for (const { from, rule } of report.summary.violations) {
      broken.set(from, (broken.get(from) ?? new Set()).add(rule.name))
    }
  }, SLOW_MS)

  afterAll(() => rm(baseDir, { recursive: true }))

  it.each(CAUGHT)('catch that %s imports %s', (from, _imported, ...expected) => {
    expect([...(broken.get(from) ?? [])].sort()).toEqual(expected.sort())
  })

  it.each(LET_THROUGH)('let %s import %s', (from) => {
    expect([...(broken.get(from) ?? [])]).toEqual([])
  })

  it('catch a module that nothing imports and that imports nothing', () => {
    expect([...(broken.get('report/lonely.ts') ?? [])]).toEqual(['no-orphans'])
  })

  it('catch modules that import each other', () => {
    const caught = ['explore/round.ts', 'explore/about.ts'].flatMap((from) => [...(broken.get(from) ?? [])])

    // A cycle is reported once, at the module it was met from.
    expect(caught).toEqual(['no-cycles'])
  })

  it('are each shown catching something', () => {
    const shown = new Set([...broken.values()].flatMap((names) => [...names]))

    expect(rules.filter((name) => !shown.has(name))).toEqual([])
  })
})
