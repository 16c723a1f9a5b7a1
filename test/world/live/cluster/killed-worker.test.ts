import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Target } from '../../../../scenario/target.ts'
import { BUILD_MS } from '../../../support/command.ts'
import { ClusterScene, feesOf, papersOf, PATIENT } from '../../../support/cluster-scene.ts'
import { hasTool, requireTool } from '../../../support/tools.ts'
import { comeWith, goToKiosk, heldOnLine, heldOnScreen, visitBefore } from '../../../support/visitors.ts'

const TEST_MS = 120_000
/** Slow enough that a conversion, of two scenario seconds or more, can be caught in the middle. */
const CLOCK_FACTOR = 4
const PAPER = { end: 'paper', sheets: 1 }

/**
 * `kill -9` of the only print worker of a site in each state of an application. What state that is, is seen from outside:
 * rows, work files, metrics. A worker is frozen (SIGSTOP) where something has to be seen or brought about before it goes on.
 */
describe.each(['redis', 'postgres'] as const)('a print worker that is killed, with the queue on %s', (queue) => {
  let scene: ClusterScene

  beforeEach((context) => {
    if (queue === 'redis') requireTool('redis-server', context)
  })
  beforeAll(async () => {
    if (queue === 'redis' && !hasTool('redis-server')) return
    scene = await ClusterScene.open({ name: `killed_worker_${queue}`, clockFactor: CLOCK_FACTOR, queue, workers: 1 })
  }, BUILD_MS)
  afterAll(async () => {
    if (queue === 'redis' && !hasTool('redis-server')) return
    await scene.close()
  }, TEST_MS)

  const worker = () => scene.process('print-1')

  /** Kills the worker, sees it come again by itself, and lets somebody else come to a kiosk at once. */
  async function kill(target: Target): Promise<void> {
    const { pid } = worker()
    worker().kill('SIGKILL')
    await expect.poll(() => worker().pid ?? pid, PATIENT).not.toBe(pid)
    await worker().ready(60_000)
    expect(await goToKiosk(target, 'shop-next', 9)).toMatchObject(PAPER)
  }

  /** Nothing is left open or lying about; of those who came, so many went away with paper, each for one fee. */
  async function allOver(target: Target, papers: number): Promise<void> {
    await expect.poll(() => scene.unended(), PATIENT).toEqual([])
    await expect.poll(() => scene.workFiles(), PATIENT).toEqual([])
    const { judgement, events } = scene.judged(target)
    expect(judgement).toMatchObject({ verdict: 'pass', violations: [], checks: { PAID: 'pass', SUBJECT: 'pass', CUSTODY: 'pass' } })
    expect(new Set(papersOf(events)).size).toBe(papers)
    expect(papersOf(events)).toHaveLength(papers)
    expect(feesOf(events).sort()).toEqual(papersOf(events).sort())
  }

  it('while one is printing, one waits for its turn, and others are ready, being paid, closed, cancelled and failed: no other is touched, and both jobs are done', { timeout: TEST_MS }, async () => {
    const target = await scene.comeBefore()
    const slow = heldOnLine(target, visitBefore(target, 'shop-ready', 1), 'fetchDocument')
    const paying = heldOnScreen(target, visitBefore(target, 'shop-paying', 2), 'payment')
    const moved = visitBefore(target, 'shop-failed', 3)
    moved.card.rewriteFace({ ...moved.card.face(), address: '福岡県宗像市東郷一丁目1番1号' })
    const before = [goToKiosk(target, 'shop-closed', 4), comeWith(target, { ...visitBefore(target, 'shop-cancelled', 5), cancelsAt: 'payment' }), comeWith(target, moved)]
    expect(await Promise.all(before)).toMatchObject([PAPER, { end: 'refused', code: 'USER_CANCELLED' }, { end: 'refused', code: 'REGISTER_BEING_UPDATED' }])
    await Promise.all([slow.reached, paying.reached])
    worker().kill('SIGSTOP')
    const going = ['shop-one', 'shop-two'].map((kiosk, at) => goToKiosk(target, kiosk, 6 + at, { copies: 2 }))
    await expect.poll(() => scene.jobsWaiting(), PATIENT).toBe(2)
    worker().kill('SIGCONT')
    await expect.poll(async () => [await scene.states(), scene.workFiles().length], PATIENT).toMatchObject([{ 'shop-one': 'printing', 'shop-two': 'printing' }, 1])
    worker().kill('SIGSTOP')
    const states = { 'shop-one': 'printing', 'shop-two': 'printing', 'shop-ready': 'ready', 'shop-paying': 'ready', 'shop-closed': 'closed', 'shop-cancelled': 'cancelled', 'shop-failed': 'failed' }
    expect([await scene.states(), scene.workFiles().length]).toMatchObject([states, 1])
    const [left] = scene.workFiles()

    const killed = kill(target)
    slow.goOn()
    paying.goOn()

    expect(await Promise.all([slow.end, paying.end])).toMatchObject([PAPER, PAPER])
    await killed
    expect(await Promise.all(going)).toMatchObject([{ end: 'paper', sheets: 2 }, { end: 'paper', sheets: 2 }])
    expect(scene.workFiles()).not.toContain(left)
    expect((await scene.applications()).filter(({ data }) => ['shop-one', 'shop-two'].includes(data.kiosk)).map(({ data }) => data.attempt)).toEqual([2, 2])
    await allOver(target, 6)
  })

  it('before it began a job (received), and while its engine converts for somebody who has cancelled: the job is done, and the work file is removed', { timeout: TEST_MS }, async () => {
    const target = await scene.comeBefore()
    const leaving = heldOnLine(target, { ...visitBefore(target, 'shop-leaving', 0, { copies: 2 }), patienceMs: 1 }, 'fetchDocument')
    await expect.poll(() => scene.workFiles().length, PATIENT).toBe(1)
    worker().kill('SIGSTOP')
    leaving.goOn()
    expect(await leaving.end).toEqual({ end: 'refused', code: 'USER_CANCELLED' })
    const going = goToKiosk(target, 'shop-received', 1)
    await expect.poll(() => scene.jobsWaiting(), PATIENT).toBe(1)
    expect([await scene.states(), scene.workFiles().length]).toMatchObject([{ 'shop-leaving': 'cancelled', 'shop-received': 'received' }, 1])

    await kill(target)

    expect(await going).toMatchObject(PAPER)
    await allOver(target, 2)
  })

  it('while it hands the document over, and that arrives only after its death: the paper comes out once', { timeout: TEST_MS }, async () => {
    const target = await scene.comeBefore()
    const going = goToKiosk(target, 'shop-handing', 0, { copies: 2 })
    await expect.poll(() => scene.workFiles().length, PATIENT).toBe(1)
    worker().kill('SIGSTOP')
    const { kysely } = scene.database
    const lock = await kysely.startTransaction().execute()
    const row = (await scene.applications()).find(({ data }) => data.kiosk === 'shop-handing')
    await sql`select 1 from ${sql.id(scene.run, 'rows')} where key = ${row?.key} for update`.execute(lock)
    worker().kill('SIGCONT')
    const held = sql<{ held: number }>`select count(*)::integer as held from pg_stat_activity where wait_event_type = 'Lock' and query like ${`%${scene.run}%`}`
    await expect.poll(async () => (await held.execute(kysely)).rows[0]?.held, PATIENT).toBe(1)
    expect([await scene.states(), scene.workFiles()]).toMatchObject([{ 'shop-handing': 'printing' }, []])

    const killed = kill(target)
    await lock.rollback().execute()

    await killed
    expect(await going).toMatchObject({ end: 'paper', sheets: 2 })
    await allOver(target, 2)
  })
})
