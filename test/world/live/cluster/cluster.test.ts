import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readHistory } from '../../../../contract/history-file.ts'
import type { HistoryEvent } from '../../../../contract/index.ts'
import { judge, type Judgement } from '../../../../oracle/index.ts'
import { readCatalogue } from '../../../../scenario/catalogue.ts'
import { openTarget, type Target } from '../../../../scenario/target.ts'
import { type Cluster, startCluster } from '../../../../world/live/cluster/start-cluster.ts'
import { connectDatabase } from '../../../../world/live/connection.ts'
import { createLogger } from '../../../../world/live/log.ts'
import { readPdf } from '../../../../world/live/paper/read.ts'
import { dropSchema } from '../../../../world/live/schema.ts'
import { BUILD_MS, builtCommand } from '../../../support/command.ts'
import { testDatabaseUrl } from '../../../support/postgres.ts'
import { hasTool, requireTool } from '../../../support/tools.ts'
import { goToKiosk } from '../../../support/visitors.ts'

const run = `cluster_test_${String(process.pid)}`
/** Slow enough that a job, of two scenario seconds or more, can be caught in the middle. */
const CLOCK_FACTOR = 2
const TEST_MS = 120_000
const PATIENT = { timeout: 60_000, interval: 20 }

let folder: string
let cluster: Cluster
let databaseUrl: string

beforeEach((context) => {
  requireTool('redis-server', context)
})
beforeAll(async () => {
  if (!hasTool('redis-server')) return
  const command = [process.execPath, await builtCommand()] as const
  databaseUrl = await testDatabaseUrl()
  folder = mkdtempSync(join(tmpdir(), 'torichigae-cluster-test-'))
  const clock = ['--clock-factor', String(CLOCK_FACTOR), '--date', '2023-06-28', '--start', '10:00:00']
  const serve = ['--run', run, '--size', '300', '--seed', '7', '--takeover', '1000', ...clock]
  cluster = await startCluster({ command, serve, folder, databaseUrl })
}, BUILD_MS)
afterAll(async () => {
  if (!hasTool('redis-server')) return
  await cluster.stop()
  const { kysely, close } = await connectDatabase({ url: databaseUrl, connectionsMax: 1 })
  await dropSchema(kysely, run)
  await close()
  rmSync(folder, { recursive: true })
}, TEST_MS)

let targets = 0
const comeBefore = (): Promise<Target> => {
  targets += 1
  return openTarget({ url: cluster.centreUrl, folder: join(folder, `target-${String(targets)}`), rate: 'script', logger: createLogger({ level: 'silent' }) }, readCatalogue())
}

/** Ends the target's history, and judges what is on disk. */
function judged({ stage }: Target): { judgement: Judgement; events: readonly HistoryEvent[] } {
  stage.close(true)
  const { history, problems } = readHistory(readFileSync(join(folder, `target-${String(targets)}`, 'history.jsonl'), 'utf8'))
  expect(history.header.world).toBe('target')
  return { judgement: judge(history, problems), events: history.events }
}

const papersOf = (events: readonly HistoryEvent[]): string[] =>
  events.flatMap((event) => (event.type === 'ok' && event.f === 'print' ? [event.application] : []))

const health = async (url: string): Promise<unknown> => (await fetch(`${url}/health/ready`)).json()

/** What the workers have logged of jobs, in the order of each log. */
const jobLines = (): { code: string; application: string; worker: number; requestId?: string; outcome?: string }[] =>
  cluster.workers.flatMap(({ name }, worker) =>
    readFileSync(join(folder, `${name}.log`), 'utf8')
      .split('\n')
      .filter((line) => line.includes('"JOB_'))
      .map((line) => ({ ...(JSON.parse(line) as { code: string; application: string }), worker })),
  )

describe('a cluster of processes on Redis and PostgreSQL', () => {
  it('issues a whole certificate over HTTP, which is judged by its paper', { timeout: TEST_MS }, async () => {
    const target = await comeBefore()

    const end = await goToKiosk(target, 'shop-1', 0)

    expect(end).toMatchObject({ end: 'paper', sheets: 1 })
    const { judgement, events } = judged(target)
    expect(judgement).toMatchObject({ verdict: 'pass', violations: [] })
    const [application] = papersOf(events)
    const [sheet] = await readPdf(readFileSync(join(folder, 'target-1', 'kiosks', 'papers', `${String(application)}.pdf`)))
    expect(sheet?.text).toContain('住民票の写し 個人 1枚中1枚目')
    const printed = jobLines().filter((line) => line.application === application)
    expect(printed.map(({ code, outcome }) => [code, outcome])).toEqual([['JOB_BEGUN', undefined], ['JOB_ENDED', 'ready']])
    const issued = readFileSync(join(folder, 'issuing.log'), 'utf8').split('\n').find((line) => line.includes('/v1/issues"'))
    expect(printed[0]?.requestId).toBe((JSON.parse(String(issued)) as { requestId: string }).requestId)
  })

  it('says of each process whether it is ready, and what it has done', { timeout: TEST_MS }, async () => {
    const states = await Promise.all(cluster.processes.map(async ({ name, url }) => [name, await health(url)]))
    expect(states).toEqual([
      ['centre', { ready: true, database: 'ready' }],
      ['issuing', { ready: true, database: 'ready', queue: 'ready' }],
      ['print-1', { ready: true, database: 'ready', queue: 'ready' }],
      ['print-2', { ready: true, database: 'ready', queue: 'ready' }],
    ])
    const texts = await Promise.all(cluster.processes.map(async ({ url }) => (await fetch(`${url}/metrics`)).text()))
    expect(texts[0]).toMatch(/^torichigae_requests_total\{operation="apply",status="200"\} 1$/m)
    expect(texts[1]).toMatch(/^torichigae_requests_total\{operation="issue",status="200"\} 1$/m)
    expect(texts[1]).toMatch(/^torichigae_queue_jobs\{site="issuing:munakata",state="active"\} 0$/m)
    expect([texts[2], texts[3]].filter((text) => text?.includes('torichigae_print_jobs_total{outcome="ready",code=""} 1'))).toHaveLength(1)
    expect(texts.every((text) => text.includes('wrong_prints_total 0') && text.includes('process_resident_memory_bytes'))).toBe(true)
  })

  it('brings a certificate all the same whose worker is killed in the middle of the job', { timeout: TEST_MS }, async () => {
    const target = await comeBefore()
    const before = jobLines().length
    const going = goToKiosk(target, 'shop-1', 1, { copies: 2 })
    await expect.poll(() => jobLines().length, PATIENT).toBe(before + 1)
    const begun = jobLines().find(({ code, application }) => code === 'JOB_BEGUN' && !jobLines().some((line) => line.code === 'JOB_ENDED' && line.application === application))
    const killed = cluster.workers[begun?.worker ?? -1]
    const pid = killed?.pid

    killed?.kill('SIGKILL')

    expect(await going).toMatchObject({ end: 'paper', sheets: 2 })
    const { judgement, events } = judged(target)
    expect(judgement).toMatchObject({ verdict: 'pass', violations: [] })
    expect(papersOf(events)).toEqual([begun?.application])
    expect(jobLines().filter(({ application }) => application === begun?.application).map(({ code }) => code).sort()).toEqual(['JOB_BEGUN', 'JOB_BEGUN', 'JOB_ENDED'])
    await killed?.ready(60_000)
    expect(killed?.pid).not.toBe(pid)
  })

  it('refuses while Redis is gone, says so, and goes on by itself when it is back: nothing lost, nothing twice', { timeout: TEST_MS }, async () => {
    const target = await comeBefore()
    const before = jobLines().length
    const early = goToKiosk(target, 'shop-1', 2, { copies: 2 })
    await expect.poll(() => jobLines().length, PATIENT).toBe(before + 1)

    await cluster.redis?.stop()
    const [centre, issuing] = cluster.processes
    await expect.poll(() => health(issuing?.url ?? ''), PATIENT).toEqual({ ready: false, database: 'ready', queue: 'not ready' })
    expect(await health(centre?.url ?? '')).toMatchObject({ ready: true })
    expect(await goToKiosk(target, 'shop-2', 3)).toEqual({ end: 'refused', code: 'SERVER_ERROR' })
    await cluster.redis?.start()
    for (const each of cluster.processes) await each.ready(60_000)

    expect(await early).toMatchObject({ end: 'paper', sheets: 2 })
    expect(await goToKiosk(target, 'shop-2', 3)).toMatchObject({ end: 'paper', sheets: 1 })
    const { judgement, events } = judged(target)
    expect(judgement).toMatchObject({ verdict: 'pass', violations: [] })
    expect(new Set(papersOf(events)).size).toBe(2)
    expect(papersOf(events)).toHaveLength(2)
    const ready = jobLines().filter(({ outcome, application }) => outcome === 'ready' && papersOf(events).includes(application))
    expect(ready).toHaveLength(2)
  })
})
