import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import stringWidth from 'string-width'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BUILD_MS, builtCommand, type Ended, inProcess, joined, type Surroundings, torichigae } from '../support/command.ts'
import { otherNode } from '../support/other-node.ts'

const ESCAPE = '\u001b'
let folder: string
let first: Ended
beforeAll(async () => {
  await builtCommand()
  folder = mkdtempSync(join(tmpdir(), 'torichigae-regress-'))
  first = await regressK6('first', { environment: { NO_COLOR: '1', FORCE_COLOR: '1' } })
}, BUILD_MS)
afterAll(() => { rmSync(folder, { recursive: true }) })

/** What `--out` left, file by file. */
function saved(out: string): Map<string, string> {
  const names = readdirSync(join(folder, out), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.jsonl')).sort()
  return new Map(names.map((name) => [name, readFileSync(join(folder, out, name), 'utf8')]))
}
const regressK6 = (out: string, surroundings?: Surroundings): Promise<Ended> =>
  torichigae(['regress', 'K6', '--world', 'simulated', '--seed', '7', '--out', join(folder, out)], surroundings)

describe('regress --json (seed 1)', () => {
  it('prints one object, of the shape that the documentation promises', async () => {
    const { exit, stdout, stderr } = await inProcess('regress', 'K6', '--world', 'simulated', '--json')
    const printed = JSON.parse(stdout) as unknown

    expect({ exit, stderr, lines: stdout.trimEnd().split('\n').length }).toEqual({ exit: 0, stderr: '', lines: 1 })
    expect(printed).toMatchObject({
      verdict: 'met',
      incidents: [
        {
          id: 'munakata-2023-06-28',
          row: 'K6',
          world: 'simulated',
          build: 'munakata-2023-06-28',
          seed: 1,
          expected: ['SUBJECT', 'PROVENANCE', 'STOPPED'],
          found: expect.arrayContaining(['SUBJECT', 'PROVENANCE', 'STOPPED']) as unknown,
          wrongPapers: 1,
          halfFixes: [{ variant: 'cleared-after-success', relation: 'same', found: expect.arrayContaining(['STOPPED']) as unknown, wrongPapers: 0 }],
          repairedTwin: { found: [], wrongPapers: 0 },
          withNet: { found: [], wrongPapers: 0, refused: 1 },
        },
      ],
    })
  })

  it('has one incident a seed and a world', async () => {
    const { stdout } = await inProcess('regress', 'munakata-2023-06-28', '--world', 'simulated', '--json', '--seed', '3', '--runs', '2')
    const { incidents } = JSON.parse(stdout) as { incidents: { seed: number }[] }

    expect(incidents.map(({ seed }) => seed)).toEqual([3, 4])
  })
})

describe('the table of regress (seed 1)', () => {
  it('fits 80 columns, Japanese characters counted as wide as they are, and names everything that ran', async () => {
    const { exit, stdout, stderr } = await inProcess('regress', '--world', 'simulated')
    const lines = stdout.split('\n')

    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' })
    expect(lines.filter((line) => stringWidth(line) > 80)).toEqual([])
    expect(lines.filter((line) => line !== line.trimEnd())).toEqual([])
    for (const build of ['as deployed', 'cleared-after-success', 'owner-checked', 'longer-limit', 'watermark-at-start', 'nightly-copy', 'repaired twin', 'repaired', 'defect with net']) {
      expect(stdout).toMatch(new RegExp(`^K[156][ab]? +simulated +${build} +\\d+  `, 'm'))
    }
    expect(stdout).toMatch(/^seed 1$/m)
    expect(stdout).toMatch(/^K6, simulated, seed 1, the first: SUBJECT: /m)
    expect(stdout).toContain('reconstructions')
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('9 of 9 as expected')
  })
})

describe('regress --out', () => {
  it('ends well, and has no colours in it where NO_COLOR is set, whatever else is', () => {
    expect(first).toMatchObject({ exit: 0, stderr: '' })
    expect(first.stdout).not.toContain(ESCAPE)
  })

  it('saves the history of every run where only its owner can read it', () => {
    const files = saved('first')

    expect([...files.keys()].map((name) => name.replaceAll('\\', '/'))).toEqual(
      ['as-deployed', 'half-fix-cleared-after-success', 'repaired', 'repaired-twin', 'still-fails-cleared-after-success', 'with-net'].map(
        (purpose) => `simulated/munakata-2023-06-28/${purpose}-seed-7.jsonl`,
      ),
    )
    for (const name of files.keys()) expect(statSync(join(folder, 'first', name)).mode & 0o777).toBe(0o600)
  })

  it('saves the same bytes for the same seed in another process (seed 7)', async () => {
    await regressK6('again')

    expect(saved('again')).toEqual(saved('first'))
  })

  it('saves the same bytes under another version of Node (seed 7)', { timeout: 90_000 }, async (context) => {
    const node = await otherNode(context)

    const { exit, stderr } = await regressK6('other-node', { node })

    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' })
    expect(saved('other-node')).toEqual(saved('first'))
  })

  it('names no machine: no path, host or wall time stands in a simulated history', () => {
    const [, text] = [...saved('first')][0]!
    const year = String(new Date(Date.now()).getFullYear())

    expect(text).not.toContain(folder)
    expect(text).not.toContain(process.cwd())
    expect(text.split('\n')[0]).not.toContain(`"${year}-`)
  })

  it('says where nothing can be written, and what to do', async () => {
    const { exit, stdout, stderr } = await inProcess('regress', 'K6', '--world', 'simulated', '--out', join(folder, 'first/simulated/munakata-2023-06-28/repaired-seed-7.jsonl'))

    expect({ exit, stdout }).toEqual({ exit: 70, stdout: '' })
    expect(joined(stderr)).toMatch(/^Nothing ?can ?be ?written ?to.+\.jsonl\. ?Choose ?another ?folder ?with ?--out\.$/)
  })
})

describe('whoever reads the output', () => {
  it('may go away before its end: no stack trace, and the exit code is that of the verdict', async () => {
    const command = await builtCommand()
    const child = spawn(process.execPath, [command, 'replay', 'K1', '--steps', '--json'], { stdio: ['ignore', 'pipe', 'pipe'] })
    let stderr = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    child.stdout.destroy()

    const exit = await new Promise((resolve) => child.once('close', resolve))

    expect({ exit, stderr }).toEqual({ exit: 1, stderr: '' })
  })
})
