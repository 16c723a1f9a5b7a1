import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import stringWidth from 'string-width'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeToken } from '../../explore/token.ts'
import { inProcess } from '../support/command.ts'

const SLOW_MS = 60_000
/** What K5a's search prints, as far as these tests look at it. */
interface Explored {
  readonly verdict: string
  readonly schedules: number
  readonly violation: { readonly invariant: string; readonly broken: readonly string[] }
  readonly minimal: { readonly deviations: readonly unknown[]; readonly orderings: readonly unknown[]; readonly says: string; readonly completions: unknown }
  readonly token: string
}
let folder = ''
let explored: Explored | undefined

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'torichigae-explore-'))
  const { exit, stdout } = await inProcess('explore', '--build', 'seal-watermark', '--seed', '3', '--json', '--out', folder)
  expect(exit).toBe(1)
  explored = JSON.parse(stdout) as Explored
}, SLOW_MS)
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

/** The token with its contents changed and its digest made anew. */
function forged(change: object): string {
  const [, body = ''] = explored!.token.split('.')
  return writeToken({ ...(JSON.parse(Buffer.from(body, 'base64url').toString()) as object), ...change } as Parameters<typeof writeToken>[0])
}

describe('explore', () => {
  it('prints a verdict, what was broken, the smallest schedule, and a token', () => {
    expect(explored).toMatchObject({ verdict: 'violation', violation: { invariant: 'FRESH', broken: ['FRESH', 'MONOTONIC'] } })
    expect(explored!.minimal.deviations.length).toBeLessThanOrEqual(12)
    expect(explored!.minimal.orderings.length).toBeGreaterThan(0)
    expect(explored!.minimal.completions).toEqual({ failed: 100, of: 100, withLatency: true, obeying: true })
    expect(explored!.minimal.says).toMatch(/^\d+ of \d+ steps had to be out of order$/)
  })

  it('finds nothing on the repaired build, says how far it went, and keeps within 80 columns', { timeout: SLOW_MS }, async () => {
    const { exit, stdout } = await inProcess('explore', '--build', 'repaired', '--runs', '60')

    expect(exit).toBe(0)
    expect(stdout).toContain('60 schedules of')
    expect(stdout).toContain('not decided: none')
    for (const line of stdout.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(80)
  })

  it('tells a find person by person', { timeout: SLOW_MS }, async () => {
    const { exit, stdout } = await inProcess('explore', '--build', 'seal-watermark', '--seed', '2')

    expect(exit).toBe(1)
    expect(stdout).toMatch(/steps had to be out of order/)
    expect(stdout).toMatch(/This suffices \(100 of 100/)
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('calls taking time in every other one')
    expect(stdout).toContain('behind the kiosks')
  })

  it('takes every order of a section where it is asked to', { timeout: SLOW_MS }, async () => {
    const { exit, stdout } = await inProcess('explore', '--build', 'K1/repaired-twin', '--scenario', 'two-sessions', '--exhaustive', 'sessions')

    expect(exit).toBe(0)
    expect(stdout).toContain('That is all there are')
  })

  it('ends that before its end where its time is up, and then proves nothing', { timeout: SLOW_MS }, async () => {
    const { exit, stdout } = await inProcess('explore', '--build', 'repaired', '--scenario', 'two-sessions', '--exhaustive', 'print', '--time-budget', '0.000001')

    expect(exit).toBe(2)
    expect(stdout).toContain('It was stopped before its end')
  })

  it('tells what it found before it fails to save it', { timeout: SLOW_MS }, async () => {
    const file = join(folder, 'no-folder')
    writeFileSync(file, '')
    const { exit, stdout, stderr } = await inProcess('explore', '--build', 'munakata-2023-06-28', '--scenario', 'move-and-print', '--json', '--out', file)

    expect((JSON.parse(stdout) as Explored).token).toMatch(/^tg1\./)
    expect(exit).toBe(70)
    expect(stderr).toContain('no-folder')
  })

  it('looks for what it is told to, on a scenario from a file', { timeout: SLOW_MS }, async () => {
    const file = join(folder, 'mine.json')
    writeFileSync(file, readFileSync('seeds/scenarios/neutral.json', 'utf8').replace('"neutral"', '"mine"'))
    const { exit, stdout } = await inProcess('explore', '--build', 'seal-watermark', '--scenario', file, '--invariants', 'MONOTONIC', '--no-faults', '--json')

    expect(exit).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({ scenario: 'mine', violation: { invariant: 'MONOTONIC' }, faults: {} })
  })

  it.each([
    ['an unknown build', ['--build', 'nowhere'], 'There is no build "nowhere"'],
    ['an unknown half-fix', ['--build', 'K1/nothing'], 'There is no build "K1/nothing"'],
    ['an unknown scenario', ['--build', 'repaired', '--scenario', 'nowhere'], 'There is no scenario "nowhere"'],
    ['an invariant nobody knows', ['--build', 'repaired', '--invariants', 'SUBJET'], '"SUBJET"'],
    ['no runs at all', ['--build', 'repaired', '--runs', '0'], 'It has to be 1 or more'],
    ['a strategy nobody knows', ['--build', 'repaired', '--strategy', 'luck'], 'It is one of'],
    ['a section nobody knows', ['--build', 'repaired', '--exhaustive', 'kitchen'], 'It is one of'],
    ['more threads than any machine gains by', ['--build', 'repaired', '--threads', '65'], 'It has to be 64 or less'],
    ['an option that every order has no use for', ['--build', 'repaired', '--exhaustive', 'print', '--no-faults'], '--exhaustive takes every order of a section, and has no use for --no-faults'],
    ['an option that only every order has a use for', ['--build', 'repaired', '--time-jumps', '1'], '--time-jumps needs --exhaustive'],
  ])('is refused with %s', async (_what, args, words) => {
    const { exit, stderr } = await inProcess('explore', ...args)

    expect(exit).toBe(64)
    expect(stderr.replace(/\s+/g, ' ')).toContain(words)
  })
})

describe('a token', () => {
  it('is replayed to the same bytes', async () => {
    const again = join(folder, 'again')
    const { exit, stdout } = await inProcess('replay', explored!.token, '--out', again)

    expect(exit).toBe(1)
    expect(stdout).toContain('broken: FRESH, MONOTONIC')
    expect(readFileSync(join(again, 'neutral.jsonl'), 'utf8')).toBe(readFileSync(join(folder, 'neutral.jsonl'), 'utf8'))
  })

  it('is replayed on another build, where the same schedule may break nothing', async () => {
    // The default one: there is no other that every build can follow.
    const { exit, stdout } = await inProcess('replay', `\n ${forged({ deviations: [] })}`, '--build', 'repaired')

    expect(exit).toBe(0)
    expect(stdout).toContain('broken: nothing')
  })

  it('says where a run goes another way than it was recorded', async () => {
    const { exit, stderr } = await inProcess('replay', forged({ deviations: [{ step: 3, take: 0, process: 'somebody', name: 'print: nothing' }] }))

    expect(exit).toBe(2)
    expect(stderr.replace(/\s+/g, ' ')).toMatch(/diverged at step 3, expected somebody: print: nothing, got /)
  })

  it.each([
    ['cut', () => explored!.token.slice(0, 200), 'it was cut or changed'],
    ['changed', () => explored!.token.replace(/\.(.)/, (_, one: string) => `.${one === 'a' ? 'b' : 'a'}`), 'it was cut or changed'],
    ['of another version', () => explored!.token.replace('tg1.', 'tg9.'), 'version "tg9"'],
    ['of a build nobody has', () => forged({ build: 'elsewhere' }), 'elsewhere'],
    ['with something else in it', () => forged({ deviations: 'none' }), 'what is in it is no run'],
  ])('that is %s gets a sentence', async (_what, token, words) => {
    const { exit, stderr } = await inProcess('replay', token())

    expect(exit).toBe(64)
    expect(stderr.replace(/\s+/g, ' ')).toContain(words)
  })

  it('that begins otherwise than the run does says so', async () => {
    const { exit, stderr } = await inProcess('replay', forged({ beginning: '0' }))

    expect(exit).toBe(2)
    expect(stderr.replace(/\s+/g, ' ')).toContain('its first steps are others')
  })

  it('whose run breaks something no more says so, and does not pass', async () => {
    const { exit, stderr } = await inProcess('replay', forged({ tool: '0.0.9', broken: ['FRESH', 'ENTITLED'] }))

    expect(exit).toBe(2)
    expect(stderr.replace(/\s+/g, ' ')).toContain('it broke ENTITLED in version 0.0.9, and does not here')
  })
})

describe('doctor --determinism', () => {
  it('runs schedules twice, and says how many', { timeout: SLOW_MS }, async () => {
    const { exit, stdout } = await inProcess('doctor', '--determinism', '--runs', '5')

    expect(exit).toBe(0)
    expect(stdout).toContain('5 schedules twice')
  })
})
