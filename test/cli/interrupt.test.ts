import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readHistory } from '../../contract/history-file.ts'
import { judge } from '../../oracle/index.ts'
import { BUILD_MS, builtCommand } from '../support/command.ts'
import { testDatabaseUrl } from '../support/postgres.ts'

beforeAll(builtCommand, BUILD_MS)
const folder = mkdtempSync(join(tmpdir(), 'torichigae-interrupt-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

/** The first history under `at`, once somebody has asked for something in it. */
async function begunHistory(at: string): Promise<string> {
  for (;;) {
    const found = existsSync(at) ? readdirSync(at, { recursive: true, encoding: 'utf8' }).find((name) => name.endsWith('history.jsonl')) : undefined
    if (found !== undefined && readFileSync(join(at, found), 'utf8').includes('"f":"session"')) return join(at, found)
    await pause(20)
  }
}

describe('an interruption', () => {
  it.each([
    ['regression', ['regress', 'K6', '--world', 'live']],
    ['load test', ['load', '--rate', '5', '--size', '300']],
  ])('of a %s writes the footer first, says where the recordings are, and ends with 130', async (what, args) => {
    const out = join(folder, what.replace(' ', '-'))
    const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url))
    const env = { ...process.env, DATABASE_URL: await testDatabaseUrl() }
    const child = spawn(process.execPath, [main, ...args, '--out', out], { env, stdio: ['ignore', 'ignore', 'pipe'] })
    let said = ''
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
    const ended = once(child, 'exit')
    const file = await begunHistory(out)
    child.kill('SIGINT')
    const [code] = (await ended) as [number]

    const { history, problems } = readHistory(readFileSync(file, 'utf8'))
    expect(code).toBe(130)
    expect(said).toContain('Interrupted')
    expect(said).toContain(folder)
    expect(problems).toEqual([])
    expect(history.footer?.complete).toBe(false)
    expect(judge(history, problems).verdict).toBe('unknown')
  }, 60_000)
})
