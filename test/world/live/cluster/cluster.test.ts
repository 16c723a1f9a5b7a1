import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { KioskHall, type VisitEnd } from '../../../../kiosk-sim/hall.ts'
import { readPdf } from '../../../../world/live/paper/read.ts'
import { BUILD_MS } from '../../../support/command.ts'
import { ClusterScene, feesOf, papersOf, PATIENT } from '../../../support/cluster-scene.ts'
import { hasTool, requireTool } from '../../../support/tools.ts'
import { goToKiosk, visitBefore } from '../../../support/visitors.ts'

/** Slow enough that a job, of two scenario seconds or more, can be caught in the middle. */
const CLOCK_FACTOR = 4
const TEST_MS = 120_000
/** A load that queues at its kiosks. */
const SESSIONS = 20
const KIOSKS = 6

let scene: ClusterScene

beforeEach((context) => {
  requireTool('redis-server', context)
})
beforeAll(async () => {
  if (hasTool('redis-server')) scene = await ClusterScene.open({ name: 'cluster_test', clockFactor: CLOCK_FACTOR })
}, BUILD_MS)
afterAll(async () => {
  if (hasTool('redis-server')) await scene.close()
}, TEST_MS)

const health = async (url: string): Promise<unknown> => (await fetch(`${url}/health/ready`)).json()

describe('a cluster of processes on Redis and PostgreSQL', () => {
  it('issues a whole certificate over HTTP, which is judged by its paper', { timeout: TEST_MS }, async () => {
    const target = await scene.comeBefore()

    const end = await goToKiosk(target, 'shop-1', 0)

    expect(end).toMatchObject({ end: 'paper', sheets: 1 })
    const { judgement, events } = scene.judged(target)
    expect(judgement).toMatchObject({ verdict: 'pass', violations: [] })
    const [application] = papersOf(events)
    const [sheet] = await readPdf(readFileSync(join(scene.targetFolder, 'kiosks', 'papers', `${String(application)}.pdf`)))
    expect(sheet?.text).toContain('住民票の写し 個人 1枚中1枚目')
    const printed = scene.jobLines().filter((line) => line.application === application)
    expect(printed.map(({ code, outcome }) => [code, outcome])).toEqual([['JOB_BEGUN', undefined], ['JOB_ENDED', 'ready']])
    const issued = readFileSync(join(scene.folder, 'issuing.log'), 'utf8').split('\n').find((line) => line.includes('/v1/issues"'))
    expect(printed[0]?.requestId).toBe((JSON.parse(String(issued)) as { requestId: string }).requestId)
  })

  it('says of each process whether it is ready, and what it has done', { timeout: TEST_MS }, async () => {
    const states = await Promise.all(scene.cluster.processes.map(async ({ name, url }) => [name, await health(url)]))
    expect(states).toEqual([
      ['centre', { ready: true, database: 'ready' }],
      ['issuing', { ready: true, database: 'ready', queue: 'ready' }],
      ['print-1', { ready: true, database: 'ready', queue: 'ready' }],
      ['print-2', { ready: true, database: 'ready', queue: 'ready' }],
    ])
    const texts = await Promise.all(scene.cluster.processes.map(async ({ url }) => (await fetch(`${url}/metrics`)).text()))
    expect(texts[0]).toMatch(/^torichigae_requests_total\{operation="apply",status="200"\} 1$/m)
    expect(texts[1]).toMatch(/^torichigae_requests_total\{operation="issue",status="200"\} 1$/m)
    expect(texts[1]).toMatch(/^torichigae_queue_jobs\{site="issuing:munakata",state="active"\} 0$/m)
    expect([texts[2], texts[3]].filter((text) => text?.includes('torichigae_print_jobs_total{outcome="ready",code=""} 1'))).toHaveLength(1)
    expect(texts.every((text) => text.includes('wrong_prints_total 0') && text.includes('process_resident_memory_bytes'))).toBe(true)
  })

  it('brings a certificate all the same whose worker is killed in the middle of the job', { timeout: TEST_MS }, async () => {
    const target = await scene.comeBefore()
    const before = scene.jobLines().length
    const going = goToKiosk(target, 'shop-1', 1, { copies: 2 })
    await expect.poll(() => scene.jobLines().length, PATIENT).toBe(before + 1)
    const begun = scene.jobLines().find(({ code, application }) => code === 'JOB_BEGUN' && !scene.jobLines().some((line) => line.code === 'JOB_ENDED' && line.application === application))
    const killed = scene.cluster.workers[begun?.worker ?? -1]
    const pid = killed?.pid

    killed?.kill('SIGKILL')

    expect(await going).toMatchObject({ end: 'paper', sheets: 2 })
    const { judgement, events } = scene.judged(target)
    expect(judgement).toMatchObject({ verdict: 'pass', violations: [] })
    expect(papersOf(events)).toEqual([begun?.application])
    expect(scene.jobLines().filter(({ application }) => application === begun?.application).map(({ code }) => code).sort()).toEqual(['JOB_BEGUN', 'JOB_BEGUN', 'JOB_ENDED'])
    await expect.poll(() => scene.workFiles(), PATIENT).toEqual([])
    await killed?.ready(60_000)
    expect(killed?.pid).not.toBe(pid)
  })

  it('refuses while Redis is gone in the middle of a load, says so, and goes on by itself when it is back: nothing lost, nothing twice', { timeout: TEST_MS }, async () => {
    const target = await scene.comeBefore()
    const { cluster } = scene
    const ends: VisitEnd[] = []
    const hall = new KioskHall(target.stage)
    const visit = (kiosk: number, who: number) => hall.visit({ purseYen: 10_000 }, { ...visitBefore(target, `shop-${String(kiosk)}`, who), touchMs: 200 })
    const going = Array.from({ length: SESSIONS }, async (_, at) => {
      const end = await visit(at % KIOSKS, at)
      ends.push(end)
      return end
    })
    const count = (what: VisitEnd['end']): number => ends.filter(({ end }) => end === what).length
    await expect.poll(() => count('paper'), PATIENT).toBeGreaterThan(0)
    await expect.poll(async () => Object.values(await scene.states()).filter((state) => state === 'printing').length, PATIENT).toBeGreaterThan(0)

    await cluster.redis?.stop()
    await expect.poll(() => health(scene.process('issuing').url), PATIENT).toEqual({ ready: false, database: 'ready', queue: 'not ready' })
    expect(await health(scene.process('centre').url)).toMatchObject({ ready: true })
    await expect.poll(() => count('refused'), PATIENT).toBeGreaterThan(0)
    await cluster.redis?.start()
    await Promise.all(cluster.processes.map((each) => each.ready(60_000)))

    for (const end of await Promise.all(going)) expect(end).toMatchObject(end.end === 'paper' ? { sheets: 1 } : { end: 'refused', code: 'SERVER_ERROR' })
    const later = await Promise.all(Array.from({ length: KIOSKS }, (_, at) => visit(at, at)))
    expect(later.map(({ end }) => end)).toEqual(Array.from({ length: KIOSKS }, () => 'paper'))
    await expect.poll(() => scene.unended(), PATIENT).toEqual([])
    expect(scene.workFiles()).toEqual([])
    const { judgement, events } = scene.judged(target)
    expect(judgement).toMatchObject({ verdict: 'pass', violations: [], checks: { PAID: 'pass', SUBJECT: 'pass', CUSTODY: 'pass' } })
    expect(new Set(papersOf(events)).size).toBe(count('paper') + KIOSKS)
    expect(papersOf(events)).toHaveLength(count('paper') + KIOSKS)
    expect(feesOf(events).sort()).toEqual(papersOf(events).sort())
    const printed = scene.jobLines().filter(({ outcome, application }) => outcome === 'ready' && papersOf(events).includes(application))
    expect(printed).toHaveLength(papersOf(events).length)
  })
})
