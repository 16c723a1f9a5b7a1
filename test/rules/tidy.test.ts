import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ERRORS, REFUSALS } from '../../contract/index.ts'
import { undocumentedExports } from '../support/docstrings.ts'
import { tablesByHeading } from '../support/markdown.ts'
import { ROOT, textFiles, type TextFile } from '../support/source-tree.ts'

const SLOW_MS = 60_000

// Written so that neither finds itself here.
const UNFINISHED = /\bTO(?:DO)\b|\bFIX(?:ME)\b/
const MACHINE_PATH = /(?:^|[\s"'`(=:])\/(?:root|home\/[a-z]+|Users\/\w+|work|tmp)\b|\b[A-Z]:\\Users/
/** A page of the documentation, as comments and messages name it. */
const DOCUMENT = /\bdocs\/[a-z-]+\.md\b/g

let files: readonly TextFile[] = []
beforeAll(async () => {
  files = await textFiles()
})

/** Places that match, as `path:line`. */
function places(pattern: RegExp, among: readonly TextFile[]): string[] {
  return among.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, index) => (pattern.test(line) ? [`${path}:${String(index + 1)}`] : [])),
  )
}

const text = (path: string): string => files.find((file) => file.path === path)?.text ?? ''

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>
  readonly devDependencies: Readonly<Record<string, string>>
  readonly overrides: Readonly<Record<string, string>>
  readonly allowScripts: Readonly<Record<string, boolean>>
  readonly exports: Readonly<Record<string, string | { readonly default: string }>>
}
const manifest = (): Manifest => JSON.parse(text('package.json')) as Manifest

describe('the repository', () => {
  it('leaves nothing unfinished behind a note', () => {
    expect(places(UNFINISHED, files)).toEqual([])
    expect(places(UNFINISHED, [{ path: 'x.ts', text: 'a\n// TO' + 'DO: later' }])).toEqual(['x.ts:2'])
  })

  it('names no path of somebody\'s machine', () => {
    const example = ['/' + 'home/alice/x', '"/' + 'work/main"', '/' + 'tmp/x', 'C:\\' + 'Users\\Alice'].map((path) => ({ path, text: path }))

    expect(places(MACHINE_PATH, files)).toEqual([])
    expect(places(MACHINE_PATH, example)).toHaveLength(example.length)
  })

  it('keeps every module of the source within 300 lines, most of them within 100', () => {
    const lengths = files
      .filter(({ path }) => path.endsWith('.ts') && !/^(?:test|bench)\//.test(path))
      .map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
    const sorted = lengths.map(({ lines }) => lines).sort((a, b) => a - b)

    expect(lengths.filter(({ lines }) => lines > 300)).toEqual([])
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThan(100)
  })

  it('speaks of no page of the documentation that is not there', () => {
    const named = new Set(files.filter(({ path }) => !path.startsWith('test/')).flatMap(({ text }) => text.match(DOCUMENT) ?? []))

    expect([...named].filter((path) => !existsSync(join(ROOT, path)))).toEqual([])
  })
})

describe('docs/errors.md', () => {
  it('has the table of contract/errors.ts, no more and no less', () => {
    const written = tablesByHeading(text('docs/errors.md')).get('Errors')
    const meant = Object.entries(ERRORS).map(([code, { exit, sentence, remedy }]) => [code, String(exit), sentence, remedy])

    expect(written).toEqual(meant)
  })
})

describe('docs/refusals.md', () => {
  it('has the table of contract/refusals.ts, no more and no less', () => {
    const written = tablesByHeading(text('docs/refusals.md')).get('Refusals')
    const meant = Object.entries(REFUSALS).map(([code, { status, by, ja, en }]) => [code, String(status), by, ja, en])

    expect(written).toEqual(meant)
  })
})

describe('docs/dependencies.md', () => {
  const rows = (heading: string) => tablesByHeading(text('docs/dependencies.md')).get(heading) ?? []
  const names = (heading: string) => rows(heading).map(([name]) => name)

  it('says why for each package, no more and no less', () => {
    const { dependencies, devDependencies, overrides, allowScripts } = manifest()

    expect(names('At run time')).toEqual(Object.keys(dependencies))
    expect(names('For development')).toEqual(Object.keys(devDependencies))
    expect(names('Held at a version other packages would not choose').sort()).toEqual(Object.keys(overrides).sort())
    expect(rows('Install scripts').map(([name, runs]) => [name, runs === 'yes'])).toEqual(Object.entries(allowScripts))
  })

  it('gives a reason in each line', () => {
    const reasons = ['At run time', 'For development', 'Held at a version other packages would not choose'].flatMap(rows)

    expect(reasons.filter(([, reason = '']) => reason.length < 12)).toEqual([])
  })
})

describe('package.json', () => {
  it('holds every package to one exact version', () => {
    const { dependencies, devDependencies, overrides } = manifest()
    const versions = Object.entries({ ...dependencies, ...devDependencies, ...overrides })

    expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[a-z]+\.\d+)?$/.test(version))).toEqual([])
  })

  it('exports only what there is to build', () => {
    const targets = Object.values(manifest().exports).map((target) => (typeof target === 'string' ? target : target.default))
    const sources = targets.map((target) => target.replace(/^\.\/dist\/(.*)\.js$/, '$1.ts'))

    expect(sources.filter((source) => !existsSync(join(ROOT, source)))).toEqual([])
  })
})

describe('package-lock.json', () => {
  it('names no registry, so that it installs from whichever one is configured', () => {
    const { packages } = JSON.parse(text('package-lock.json')) as { packages: Record<string, { resolved?: string; link?: boolean }> }

    expect(Object.entries(packages).filter(([, { resolved }]) => resolved !== undefined)).toEqual([])
    expect(text('package-lock.json')).not.toMatch(/\bregistry\.|\.tgz\b/)
    expect(text('.npmrc')).toContain('omit-lockfile-registry-resolved=true')
  })
})

describe('docstrings', () => {
  let example: string
  beforeAll(async () => {
    example = (await mkdtemp(join(tmpdir(), 'torichigae-docstrings-'))) + '/'
    await writeFile(join(example, 'index.ts'), "export * from './values.ts'\n")
    await writeFile(
      join(example, 'values.ts'),
      [
        '/** Said. */ export const said = 1',
        'export const unsaid = 1',
        'export function f() {}',
        'export class C {}',
        '/** A schema and its type. */ export type S = 1',
        'export const S = 1',
        'export type T = 1',
        'const hidden = 1',
      ].join('\n'),
    )
  })
  afterAll(() => rm(example, { recursive: true }))

  it('are missed where there is none', { timeout: SLOW_MS }, () => {
    expect(undocumentedExports([join(example, 'index.ts')], example)).toEqual(['values.ts: C', 'values.ts: f', 'values.ts: unsaid'])
  })

  it('stand on everything that contract, ports and oracle export', { timeout: SLOW_MS }, async () => {
    const contract = (await readdir(join(ROOT, 'contract'))).filter((name) => name.endsWith('.ts'))
    const entries = [...contract.map((name) => `contract/${name}`), 'world/ports.ts', 'oracle/index.ts'].filter((path) => existsSync(join(ROOT, path)))

    expect(undocumentedExports(entries.map((path) => join(ROOT, path)), ROOT)).toEqual([])
  })
})
