import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { POPULATION_LINE_MAX } from '../../contract/population-file.ts'
import { BUILD_MS, builtCommand, inProcess, oneLine } from '../support/command.ts'

let folder: string
let file: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'torichigae-people-'))
  file = join(folder, 'people.jsonl')
  await inProcess('people', 'make', '--municipality', 'munakata', '--size', '300', '--seed', '4', '--out', file)
})
afterAll(() => { rmSync(folder, { recursive: true }) })

const make = (...args: string[]) => inProcess('people', 'make', '--municipality', 'munakata', '--size', '300', '--seed', '4', ...args)
/** A file made of another text. */
function other(text: string): string {
  const path = join(folder, 'other.jsonl')
  writeFileSync(path, text)
  return path
}
const MEASURED = /[\d.]+ s, peak memory [\d,]+ MiB/

describe('people make', () => {
  it('writes as many people as asked, and says how many, how long it took and how much memory: 0', async () => {
    const path = join(folder, 'made.jsonl')

    const { exit, stdout, stderr } = await make('--out', path)

    expect({ exit, stdout }).toEqual({ exit: 0, stdout: '' })
    expect(oneLine(stderr).replace(MEASURED, 'MEASURED')).toMatch(/^seed 4: 300 people in \d+ households of munakata on 2023-04-01, \d+ seal registrations; MEASURED$/)
    expect(readFileSync(path, 'utf8')).toBe(readFileSync(file, 'utf8'))
  })

  it('writes the same to standard output where no file is named', async () => {
    const { exit, stdout, stderr } = await make()

    expect(exit).toBe(0)
    expect(stdout).toBe(readFileSync(file, 'utf8'))
    expect(stderr).toMatch(/^seed 4: 300 people/)
  })

  it('writes a file that only its owner can read, also over one that everybody could', async () => {
    const path = join(folder, 'open.jsonl')
    writeFileSync(path, 'what was there before, and longer than nothing', { mode: 0o644 })

    await make('--out', path)

    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(readFileSync(path, 'utf8')).toBe(readFileSync(file, 'utf8'))
  })

  it('sums up in one JSON object', async () => {
    const path = join(folder, 'summed.jsonl')

    const { stdout, stderr } = await make('--day', '2024-02-29', '--json', '--out', path)
    const summary = JSON.parse(stdout) as Record<string, unknown>

    expect(stderr).toBe('')
    expect(summary).toMatchObject({ seed: 4, municipality: 'munakata', day: '2024-02-29', people: 300, file: path })
    expect(summary['peakMemoryBytes']).toBeGreaterThan(10_000_000)
    expect(readFileSync(path, 'utf8')).toMatch(/^\{"schema":"torichigae-population\/1".+"day":"2024-02-29"\}\n/)
  })

  it.each<readonly [string, readonly string[], string]>([
    ['an unknown municipality', ['--municipality', 'atlantis'], '--municipality is one of munakata, yokohama, saitama, niigata, adachi, kawasaki, tokushima, mihon'],
    ['a size beyond the largest', ['--size', '3000001'], 'option \'--size <n>\' argument \'3000001\' is invalid. It has to be 3000000 or less'],
    ['a day that there is not', ['--day', '2023-02-29'], 'option \'--day <YYYY-MM-DD>\' argument \'2023-02-29\' is invalid. It has to be a day such as 2023-04-01'],
  ])('says in one sentence what is wrong with %s: 64', async (_, args, detail) => {
    const { exit, stdout, stderr } = await make(...args)

    expect({ exit, stdout, sentence: oneLine(stderr) }).toEqual({ exit: 64, stdout: '', sentence: `The command line is not understood: ${detail}. See "torichigae --help".` })
  })

  it('needs a municipality: 64', async () => {
    const { exit, stderr } = await inProcess('people', 'make')

    expect(exit).toBe(64)
    expect(oneLine(stderr)).toContain('required option \'--municipality <code>\' not specified')
  })

  it('says that a file cannot be written: 70', async () => {
    const path = join(folder, 'nowhere', 'people.jsonl')

    const { exit, stderr } = await make('--out', path)

    expect(exit).toBe(70)
    expect(stderr).toContain('Nothing can be written to')
    expect(existsSync(path)).toBe(false)
  })
})

describe('people check', () => {
  it('passes what was made, and says what is in it: 0', async () => {
    const { exit, stdout, stderr } = await inProcess('people', 'check', file)

    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' })
    expect(oneLine(stdout).replace(MEASURED, 'MEASURED')).toMatch(/^good: 300 people in \d+ households of munakata on 2023-04-01, \d+ seal registrations, seed 4; MEASURED$/)
  })

  it('names file, line and field of the first problem, counts the others, and tells nothing personal: 64', async () => {
    const lines = readFileSync(file, 'utf8').split('\n')
    const path = other(lines.map((line, at) => (at === 7 ? line.replace('"relation":"世帯主"', '"relation":"子"') : line)).join('\n'))
    const [, name = ''] = /"name":"([^"]+)"/.exec(lines[7]!) ?? []

    const { exit, stdout, stderr } = await inProcess('people', 'check', path)

    expect({ exit, stdout }).toEqual({ exit: 64, stdout: '' })
    expect(stderr.replaceAll('\n', ' ')).toContain('line 8, field "residents" is without a head (世帯主) (and 1 more, which --json lists)')
    expect(stderr.replaceAll('\n', '')).toContain(path)
    expect(stderr).not.toContain(name)
    expect(oneLine(stderr)).toMatch(/^The population cannot be used: .+ Make it anew with "torichigae people make"; what stands in its first line says how\.$/)
  })

  it('lists every problem in one JSON object: 64', async () => {
    const path = other(readFileSync(file, 'utf8').replace('"version":1', '"version":2').trimEnd().replace(/[^\n]+$/, ''))

    const { exit, stdout, stderr } = await inProcess('people', 'check', path, '--json')
    const told = JSON.parse(stdout) as { good: boolean; people: number; problems: unknown[] }

    expect({ exit, stderr }).toEqual({ exit: 64, stderr: '' })
    expect(told).toMatchObject({ good: false, people: 300, unlisted: 0, problems: [{ field: '', what: 'is the last one and no footer follows: the file is cut' }] })
  })

  it('ends at a first line that is no header, and at a line that no household fills: 64', async () => {
    const garbage = await inProcess('people', 'check', other('once upon a time\nthere was\n'))
    const endless = await inProcess('people', 'check', other(`${readFileSync(file, 'utf8').split('\n')[0]!}\n${'x'.repeat(POPULATION_LINE_MAX + 1)}`))

    expect(garbage.exit).toBe(64)
    expect(oneLine(garbage.stderr)).toContain('line 1 is no usable header: no JSON')
    expect(endless.exit).toBe(64)
    expect(oneLine(endless.stderr)).toContain('line 2: it has more than 1,048,576 characters')
  })

  it.each(['nowhere.jsonl', '.'])('says that a file cannot be read: 64 (%s)', async (name) => {
    const { exit, stdout, stderr } = await inProcess('people', 'check', join(folder, name))

    expect({ exit, stdout }).toEqual({ exit: 64, stdout: '' })
    expect(stderr).toContain('The file cannot be read:')
  })
})

describe('people make into a pipe', () => {
  let command: string
  beforeAll(async () => {
    command = await builtCommand()
  }, BUILD_MS)

  it('stops without a word when whoever reads has seen enough: 0', async () => {
    const child = spawn(process.execPath, [command, 'people', 'make', '--municipality', 'munakata', '--size', '100000'], { stdio: ['ignore', 'pipe', 'pipe'] })
    let stderr = ''
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
    const ended = once(child, 'close')

    await once(child.stdout, 'data')
    child.stdout.destroy()
    const [exit] = (await ended) as [number | null]

    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' })
  })
})
