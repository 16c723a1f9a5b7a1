import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closedText, loadText } from '../../cli/load-text.ts'
import { exitCodeOfLoad } from '../../load/exit-code.ts'
import type { ClosedReport } from '../../load/live-closed.ts'
import type { LoadReport } from '../../load/report.ts'
import type { Judgement } from '../../oracle/index.ts'
import { BUILD_MS, builtCommand, torichigae } from '../support/command.ts'
import { testDatabaseUrl } from '../support/postgres.ts'
import { type RedisServer, startRedis } from '../support/redis.ts'
import { requireTool } from '../support/tools.ts'

beforeAll(builtCommand, BUILD_MS)
const folder = mkdtempSync(join(tmpdir(), 'torichigae-load-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

/** Runs a load test in a process of its own; its report, and how it ended. */
async function load(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<{ exit: number | null; report: LoadReport }> {
  const { exit, stdout, stderr } = await torichigae(['load', '--json', ...args], { environment: { DATABASE_URL: await testDatabaseUrl(), ...environment } })
  expect(stderr).toBe('')
  return { exit, report: JSON.parse(stdout) as LoadReport }
}

/** A closed loop in a process of its own. */
async function closed(args: readonly string[]): Promise<{ exit: number | null; report: ClosedReport }> {
  const { exit, stdout } = await torichigae(['load', '--json', '--size', '1000', ...args, '--out', join(folder, 'closed')], { environment: { DATABASE_URL: await testDatabaseUrl() } })
  return { exit, report: JSON.parse(stdout) as ClosedReport }
}

const quiet = ['--rate', '2', '--duration', '4', '--size', '300', '--max-wrong', '0']

describe('a load test, seed 1', () => {
  it('of the repaired build finds nothing wrong, and misses a threshold that nobody could meet', async () => {
    const { exit, report } = await load([...quiet, '--p99-ms', '1', '--out', join(folder, 'missed')])

    expect(exit).toBe(3)
    expect(report).toMatchObject({ verdict: 'pass', build: 'repaired', seed: 1, wrong: 0, stale: 0, revoked: 0, lost: 0, double: 0, broken: [], rate: { kind: 'accelerated', perSecond: 2, perScenarioSecond: 0.1 } })
    expect(report.papers).toBeGreaterThan(0)
    expect(report.latencyMs.session.n).toBe(report.sessions)
    expect(report.thresholds).toMatchObject([{ name: 'max-wrong', limit: 0, actual: 0, ok: true }, { name: 'p99-ms', limit: 1, ok: false }])
    expect(report.perMillion.of2023).toBeCloseTo(0.577, 3)
  }, 60_000)

  it('of the build of March 2023 finds wrong papers, and "check" says the same of its history', async () => {
    const { exit, report } = await load(['--rate', '6', '--duration', '10', '--size', '1000', '--build', 'yokohama-2023-03-27', '--max-wrong', '0', '--out', join(folder, 'wrong')])

    const checked = await torichigae(['check', report.history, '--json'])
    const { verdict, wrongPapers, stalePapers } = JSON.parse(checked.stdout) as Judgement

    expect(exit).toBe(1)
    expect(report.wrong).toBeGreaterThan(0)
    expect(report.broken).toContain('SUBJECT')
    expect(report.explained).toMatch(/^SUBJECT: At \d\d:\d\d:\d\d kiosk shop-/)
    expect({ exit: checked.exit, verdict, wrongPapers, stalePapers }).toEqual({ exit: 1, verdict: 'violation', wrongPapers: report.wrong, stalePapers: report.stale })
  }, 90_000)

  it('runs with the queue on Redis as well, ends as its report says, and is told on 80 columns', async (context) => {
    requireTool('redis-server', context)
    const redis: RedisServer = await startRedis()
    try {
      const { exit, report } = await load([...quiet, '--out', join(folder, 'redis')], { REDIS_URL: redis.url })

      expect(exit).toBe(exitCodeOfLoad({ ...report, limited: report.client.limited }))
      expect(report).toMatchObject({ verdict: 'pass', wrong: 0 })
      const text = loadText({ ...report, history: 'runs/history.jsonl' })
      expect(text.split('\n').filter((line) => line.length > 80)).toEqual([])
      expect(text).toMatch(/accelerated, [\d.]+ times the\s+natural rate of\s+横浜市 on a Monday at\s+12:00:00/)
      expect(text).toContain('0.6 in 2023')
    } finally {
      await redis.close()
    }
  }, 60_000)

  it('with connections kept busy holds each document against who asked: all theirs on the repaired build', async () => {
    const { exit, report } = await closed(['--closed', '3', '--duration', '4', '--max-wrong', '0'])

    expect(report).toMatchObject({ loop: 'closed', verdict: 'pass', wrong: 0, reasons: {}, requests: { errors: 0 } })
    expect(report.documents).toBeGreaterThan(3)
    expect(exit).toBe(0)
    expect(closedText(report).split('\n').filter((line) => line.length > 80)).toEqual([])
  }, 60_000)

  it('with connections kept busy finds documents of other people on the build of March 2023', async () => {
    const { exit, report } = await closed(['--closed', '12', '--duration', '10', '--build', 'yokohama-2023-03-27'])

    expect(report.wrong).toBeGreaterThan(0)
    expect(Object.values(report.reasons).reduce((sum, count) => sum + count, 0)).toBe(report.wrong)
    expect({ exit, verdict: report.verdict }).toEqual({ exit: 1, verdict: 'violation' })
  }, 60_000)
})
