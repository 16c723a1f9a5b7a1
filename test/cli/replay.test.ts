import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import stringWidth from 'string-width'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inProcess, oneLine } from '../support/command.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'torichigae-replay-'))
})
afterAll(() => { rmSync(folder, { recursive: true }) })

interface Told {
  readonly header: { readonly incident: string; readonly seed: number; readonly build: string }
  readonly told: readonly { readonly time: string; readonly process: string; readonly sentence: string }[]
  readonly steps?: readonly (readonly string[])[]
  readonly verdict: string
}

describe('replay (seed 1)', () => {
  it('tells an incident in order, from the counter to the wrong paper, and ends in 1', async () => {
    const { exit, stdout, stderr } = await inProcess('replay', 'K6')
    const { told } = JSON.parse((await inProcess('replay', 'K6', '--json')).stdout) as Told
    const sentences = `${told.map(({ sentence }) => sentence).join('\n')}\n${stdout.slice(stdout.indexOf('SUBJECT:'))}`
    const order = ['move within', 'steps up to kiosk shop-1', 'sheets in the tray', 'steps up to kiosk', 'REGISTER_BEING_UPDATED', 'the certificate arrives', 'SUBJECT:', 'violation;']

    expect({ exit, stderr }).toEqual({ exit: 1, stderr: '' })
    expect(oneLine(stdout.split('\n\n')[0]!)).toBe('munakata-2023-06-28, build munakata-2023-06-28, simulated world, seed 1, rate script')
    let from = 0
    for (const words of order) {
      const at = sentences.indexOf(words, from)
      expect({ words, found: at >= from }).toEqual({ words, found: true })
      from = at + words.length
    }
    expect(stdout.split('\n').filter((line) => stringWidth(line) > 80)).toEqual([])
  })

  it('tells beside it what is known, against the clock, with its sources, and what is a reconstruction', async () => {
    const { stdout } = await inProcess('replay', 'K6')
    const lines = stdout.split('\n')
    const known = lines.findIndex((line) => line.startsWith('14:30:00  [2] Address changed about'))

    expect(known).toBeGreaterThan(0)
    expect(lines.findIndex((line) => /^14:35:\d\d/.test(line))).toBeGreaterThan(known)
    expect(stdout).toMatch(/what is known +the replay \(a reconstruction\)/)
    expect(oneLine(stdout)).toMatch(/\[3\] published: Kyodo, 2023-06-29, nordot\.app\/1047284583994737648/)
    expect(oneLine(stdout)).toMatch(/\[4\] ours: nobody published it/)
    expect(oneLine(stdout)).toMatch(/never published: .* Confidence: lag: high, swallowed error: high, kept buffer: medium\./)
  })

  it('has the timeline, its facts and their sources in its JSON', async () => {
    const { stdout } = await inProcess('replay', 'K3', '--json')

    expect(JSON.parse(stdout)).toMatchObject({
      timeline: expect.arrayContaining([{ atMs: (7 * 60 + 31) * 60_000, fact: 3, sentence: expect.stringContaining('family register') as string }]) as unknown,
      facts: expect.arrayContaining([expect.objectContaining({ publisher: 'Fujitsu Japan', kind: 'published' })]) as unknown,
      confidence: { 'time as identity': 'high' },
    })
  })

  it.each([
    ['repaired', 0],
    ['repaired-twin', 0],
    ['with-net', 0],
    ['cleared-after-success', 1],
  ])('plays it on the build "%s" too, and ends in %d', async (build, expected) => {
    const { exit, stdout } = await inProcess('replay', 'K6', '--build', build, '--json')

    expect(exit).toBe(expected)
    expect((JSON.parse(stdout) as Told).verdict).toBe(expected === 0 ? 'pass' : 'violation')
  })

  it('tells every step of the simulated world by its name on request', async () => {
    const { stdout } = await inProcess('replay', 'K1', '--steps', '--json')
    const { steps = [] } = JSON.parse(stdout) as Told
    const names = steps.map(([, , name]) => name)

    expect(names).toContain('print: write work file print.img')
    expect(names).toContain('print: read work file print.img')
    expect(steps.every(([time]) => /^\d\d:\d\d:\d\d\.\d{3}$/.test(time ?? ''))).toBe(true)
  })

  it('tells a saved history as it told the run, and ends with the same verdict', async () => {
    const run = await inProcess('replay', 'K6', '--json', '--out', folder)
    const file = join(folder, 'munakata-2023-06-28.jsonl')
    const again = await inProcess('replay', file, '--json')

    expect(again.exit).toBe(run.exit)
    expect(JSON.parse(again.stdout)).toEqual(JSON.parse(run.stdout))
    expect(readFileSync(file, 'utf8')).toMatch(/"complete":true/)
  })
})
