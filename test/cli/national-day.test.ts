import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import stringWidth from 'string-width'
import { afterAll, describe, expect, it } from 'vitest'
import { inProcess, oneLine } from '../support/command.ts'

const folder = mkdtempSync(join(tmpdir(), 'torichigae-national-day-'))
afterAll(() => { rmSync(folder, { recursive: true }) })

const munakata = ['national-day', '--only', 'munakata']

describe('national-day', () => {
  it('prints one object, and ends with 0 where every paper was right', async () => {
    const { exit, stdout, stderr } = await inProcess(...munakata, '--json', '--out', join(folder, 'out'))

    expect({ exit, stderr, lines: stdout.trimEnd().split('\n').length }).toEqual({ exit: 0, stderr: '', lines: 1 })
    expect(JSON.parse(stdout)).toMatchObject({ verdict: 'pass', nation: 'nation-2023', fleet: 'fleet-2023', from: '2023-06-28', days: 1, only: 'munakata', municipalities: 1_300, sites: 123, wrong: 0, found: [] })
    expect(existsSync(join(folder, 'out/2023-06-28/munakata.jsonl'))).toBe(true)
  })

  it('adds up what --json printed of all parts', async () => {
    const files: string[] = []
    for (const index of [1, 2]) {
      const file = join(folder, `${String(index)}.json`)
      writeFileSync(file, (await inProcess(...munakata, '--days', '2', '--shard', `${String(index)}/2`, '--json')).stdout)
      files.push(file)
    }
    const { exit, stdout } = await inProcess('national-day', '--add-up', ...files)
    const whole = await inProcess(...munakata, '--days', '2', '--json')

    const { sessions, papers } = JSON.parse(whole.stdout) as { sessions: number; papers: number }
    expect(exit).toBe(0)
    expect(oneLine(stdout)).toContain(`nation-2023, 2 days from 2023-06-28, seed 1, simulated world: munakata ${String(sessions)} sessions`)
    expect(oneLine(stdout)).toContain(`${String(papers)} papers of`)
  })

  it('tells a reader within 80 columns how many in a million were wrong, whose it was, and how to play the day again', async () => {
    const { exit, stdout } = await inProcess('national-day', '--from', '2023-03-27', '--only', 'yokohama')
    const [, wrong = '0', million = '0'] = /^of another person +(\d+) {2}([\d,]+) \(/m.exec(stdout) ?? []
    const [, papers = '1'] = /([\d,]+) papers/.exec(oneLine(stdout)) ?? []

    expect(exit).toBe(1)
    expect(Number(wrong)).toBeGreaterThan(0)
    expect(Number(million.replaceAll(',', ''))).toBe(Math.round((Number(wrong) / Number(papers.replaceAll(',', ''))) * 1e6))
    expect(oneLine(stdout)).toContain('yokohama, the first: SUBJECT: ')
    expect(stdout.split('\n').filter((line) => stringWidth(line) > 80)).toEqual([])
    expect(stdout).toMatch(/^of another person +\d+ {2}[\d,]+ \([\d,]+ to [\d,]+\); 0\.6 in 2023$/m)
    expect(stdout).toMatch(/^2023-03-27 {2}yokohama +\d+ {2}SUBJECT /m)
    expect(oneLine(stdout)).toContain('Play that day again, with its history: torichigae national-day --from 2023-03-27 --only yokohama --seed 1 --out runs')
    expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/undecided: 1$/)
  }, 60_000)

  it.each([
    ['a part that there is not', ['--shard', '3/2'], 64, 'It has to be a part such as 2/12'],
    ['a day that there is not', ['--from', '2023-02-30'], 64, 'It has to be a day such as 2023-04-01'],
    ['a municipality that there is not', ['--only', 'atlantis'], 64, 'There is no municipality "atlantis"'],
    ['a nation that there is not', ['--nation', join(folder, 'nowhere.json')], 64, 'The file cannot be read'],
    ['nowhere to write to', ['--only', 'munakata', '--out', '/dev/null/out'], 70, 'Nothing can be written to'],
    ['nowhere to write to for threads', ['--only', 'munakata', '--threads', '2', '--out', '/dev/null/out'], 70, 'Nothing can be written to'],
    ['a file to add up that is none', ['--add-up', join(folder, 'nowhere.json')], 64, 'The file cannot be read'],
  ])('says of %s what is wrong', async (_what, args, code, sentence) => {
    const { exit, stdout, stderr } = await inProcess('national-day', ...args)

    expect({ exit, stdout }).toEqual({ exit: code, stdout: '' })
    expect(oneLine(stderr)).toContain(sentence)
  })
})
