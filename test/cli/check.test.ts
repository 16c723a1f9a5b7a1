import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readHistory } from '../../contract/history-file.ts'
import { saveHistory } from '../../scenario/save.ts'
import { withPaper } from '../oracle/history-builder.ts'
import { inProcess, joined, oneLine } from '../support/command.ts'

interface Checked {
  readonly verdict: string
  readonly violations: readonly { readonly invariant: string }[]
  readonly unknowns: readonly { readonly invariant: string; readonly why: string }[]
  readonly problems: readonly { readonly kind: string; readonly line: number }[]
  readonly wrongPapers: number
}

let folder: string
let clean: string
let wrong: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'torichigae-check-'))
  await inProcess('regress', 'K6', '--world', 'simulated', '--out', folder)
  const saved = join(folder, 'simulated/munakata-2023-06-28')
  clean = join(saved, 'repaired-seed-1.jsonl')
  wrong = join(saved, 'as-deployed-seed-1.jsonl')
})
afterAll(() => { rmSync(folder, { recursive: true }) })

/** A file made of another's lines. */
function file(from: string, change: (lines: string[]) => readonly string[]): string {
  const path = join(folder, 'changed.jsonl')
  writeFileSync(path, change(readFileSync(from, 'utf8').trimEnd().split('\n')).map((line) => `${line}\n`).join(''))
  return path
}
async function checked(path: string): Promise<Checked & { exit: number | null }> {
  const { exit, stdout, stderr } = await inProcess('check', path, '--json')
  expect(stderr).toBe('')
  return { exit, ...(JSON.parse(stdout) as Checked) }
}
const printLine = (lines: readonly string[]): number => lines.findIndex((line) => line.includes('"type":"ok","f":"print"'))

describe('check', () => {
  it('passes a clean history: 0', async () => {
    const { exit, stdout, stderr } = await inProcess('check', clean)

    expect({ exit, stdout, stderr }).toEqual({ exit: 0, stdout: 'The site\'s own log has 1 error, still open.\n\npass; papers wrong: 0, stale: 0; broken: nothing\n', stderr: '' })
  })

  it('explains every violation of one that is not, and ends with one line that sums up: 1', async () => {
    const { exit, stdout } = await inProcess('check', wrong)

    expect(exit).toBe(1)
    expect(stdout).toMatch(/^SUBJECT: At 14:50:\d\d kiosk city-hall-1 printed/)
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('violation; papers wrong: 1, stale: 0; broken: SUBJECT, STOPPED, PROVENANCE')
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([])
  })

  it.each<readonly [string, (lines: string[]) => readonly string[], string]>([
    ['whose last line is cut', (lines) => [...lines.slice(0, -2), lines.at(-2)!.slice(0, 30)], 'cut'],
    ['whose footer is cut', (lines) => [...lines.slice(0, -1), lines.at(-1)!.slice(0, 30)], 'cut'],
    ['whose footer is missing', (lines) => lines.slice(0, -1), 'missing-footer'],
    ['of which an event was removed', (lines) => lines.filter((_, at) => at !== lines.length - 5), 'order'],
    ['in which a line is garbage', (lines) => lines.map((line, at) => (at === lines.length - 5 ? 'garbage' : line)), 'bad-line'],
    ['in which one character was changed', (lines) => lines.map((line, at) => (at === 5 ? line.replace('"version":1', '"version":2') : line)), 'broken-chain'],
  ])('does not pass a history %s: 2, with the line named', async (_, change, kind) => {
    const path = file(clean, change)

    const { exit, verdict, violations, problems } = await checked(path)
    const told = await inProcess('check', path)

    expect({ exit, verdict, violations }).toEqual({ exit: 2, verdict: 'unknown', violations: [] })
    expect(problems.map((problem) => problem.kind)).toContain(kind)
    expect(oneLine(told.stdout)).toMatch(/unknown, HISTORY: Line \d+ .+ unknown; papers wrong: 0, stale: 0; broken: nothing$/)
  })

  it.each<readonly [string, (lines: string[]) => readonly string[]]>([
    ['its last line cut', (lines) => [...lines.slice(0, -1), lines.at(-1)!.slice(0, 30)]],
    ['its end cut off after the wrong paper', (lines) => lines.slice(0, printLine(lines.slice(printLine(lines) + 1)) + printLine(lines) + 2)],
  ])('still finds the wrong paper in a history with %s: 1', async (_, change) => {
    const { exit, violations } = await checked(file(wrong, change))

    expect(exit).toBe(1)
    expect(violations.map(({ invariant }) => invariant)).toContain('SUBJECT')
  })

  it.each([
    ['is garbage', 'once upon a time\n', 'line 1 is no usable header and is no JSON'],
    ['is empty', '', 'it is empty'],
    ['is JSON of another kind', '{"name":"torichigae"}\n', 'line 1 is no usable header'],
  ])('says in one sentence why a file that %s cannot be judged: 2', async (_, text, words) => {
    const path = join(folder, 'other.jsonl')
    writeFileSync(path, text)

    const { exit, stdout, stderr } = await inProcess('check', path)

    expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' })
    expect(oneLine(stderr)).toMatch(/^The history cannot be judged: .+\. .+\.$/)
    expect(oneLine(stderr)).toContain(words)
  })

  it.each(['nowhere.jsonl', '.'])('says that a file cannot be read, and what to do: 64 (%s)', async (name) => {
    const { exit, stdout, stderr } = await inProcess('check', join(folder, name))

    expect({ exit, stdout }).toEqual({ exit: 64, stdout: '' })
    expect(joined(stderr).replaceAll(' ', '')).toBe(`Thefilecannotberead:${join(folder, name)}.Checkthepathanditspermissions.`)
  })
})

describe('check of a history whose papers were changed and whose digest was made right again', () => {
  /** Changes the papers of a saved history and saves it as the program does. */
  async function withPapers(from: string, change: Parameters<typeof withPaper>[1]): Promise<Checked & { exit: number | null }> {
    const path = join(folder, 'rewritten.jsonl')
    saveHistory(path, withPaper(readHistory(readFileSync(from, 'utf8')).history, change))
    return checked(path)
  }
  const names = /^氏名 .+$/

  it('finds a name that was changed: 1', async () => {
    const { exit, violations, problems } = await withPapers(clean, (sheets) => sheets.map((sheet) => ({ ...sheet, text: sheet.text.map((line) => line.replace(names, '氏名 見本　花子')) })))

    expect({ exit, problems }).toEqual({ exit: 1, problems: [] })
    expect(violations.map(({ invariant }) => invariant)).toContain('SUBJECT')
  })

  it('finds a sheet that was dropped: 1', async () => {
    const { exit, violations } = await withPapers(clean, (sheets) => sheets.slice(1))

    expect(exit).toBe(1)
    expect(violations.map(({ invariant }) => invariant)).toContain('PAID')
  })

  it('judges the same whether the provenance line is there or stripped: nothing changes', async () => {
    const before = await checked(wrong)
    const after = await withPapers(wrong, (sheets) => sheets.map(({ text }) => ({ text })))

    expect(after).toEqual(before)
  })
})
