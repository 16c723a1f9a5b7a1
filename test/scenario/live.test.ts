import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readHistory } from '../../contract/history-file.ts'
import { withPapers } from '../../cli/papers.ts'
import { judge } from '../../oracle/index.ts'
import { readCatalogue } from '../../scenario/catalogue.ts'
import { LiveHouse } from '../../scenario/live.ts'
import { witnessPlan } from '../../scenario/plan.ts'
import { buildsOf, type IncidentOutcome, regressIncident } from '../../scenario/regress.ts'
import { type Ground, layGround } from '../../scenario/setting.ts'
import { TOUCH_MS } from '../../scenario/simulated.ts'
import { testDatabaseUrl } from '../support/postgres.ts'
import { type RedisServer, startRedis } from '../support/redis.ts'
import { hasTool, requireTool } from '../support/tools.ts'

const catalogue = readCatalogue()
const folder = mkdtempSync(join(tmpdir(), 'torichigae-live-test-'))
let house: LiveHouse
let redis: RedisServer | undefined
let onRedis: LiveHouse | undefined

beforeAll(async () => {
  const databaseUrl = await testDatabaseUrl()
  house = await LiveHouse.open({ databaseUrl, folder: join(folder, 'postgres') })
  if (!hasTool('redis-server')) return
  redis = await startRedis()
  onRedis = await LiveHouse.open({ databaseUrl, redisUrl: redis.url, folder: join(folder, 'redis') })
}, 60_000)

afterAll(async () => {
  await onRedis?.close()
  await redis?.close()
  await house.close()
  rmSync(folder, { recursive: true })
})

const groundOf = (id: string, on: LiveHouse): Ground => layGround(catalogue.incident(id), catalogue, on.cardPress(1))

async function regress(id: string, on: LiveHouse): Promise<IncidentOutcome> {
  const ground = groundOf(id, on)
  return regressIncident(ground.incident, catalogue, { world: 'live', ground: () => ground, perform: (plan, purpose) => on.perform(plan, purpose) }, 1)
}

describe('the live world, seed 1', () => {
  it.each([['K6', 'SUBJECT'], ['K1', 'SUBJECT'], ['K5a', 'FRESH']])('finds %s as deployed and half-fixed, and nothing once it is repaired', async (id, broken) => {
    const outcome = await regress(id, house)

    expect(outcome.unmet).toEqual([])
    expect(outcome.found).toContain(broken)
    expect(outcome.repairedTwin).toMatchObject({ verdict: 'pass', wrongPapers: 0 })
    expect(outcome.repaired).toMatchObject({ verdict: 'pass', wrongPapers: 0 })
    expect(outcome.withNet.wrongPapers).toBe(0)
  }, 90_000)

  // Their half-fixes and repairs: `regress`.
  it.each([['K5b', 'FRESH'], ['K9', 'FRESH'], ['K2', 'SUBJECT']])('finds %s as deployed, and nothing on its repaired twin', async (id, broken) => {
    const { deployed, twin } = buildsOf(catalogue.incident(id), catalogue)

    const found = await house.perform(witnessPlan(groundOf(id, house), deployed, 1), 'as-deployed')
    const clean = await house.perform(witnessPlan(groundOf(id, house), twin, 1), 'repaired-twin')

    expect(judge(found.history).violations.map(({ invariant }) => invariant)).toContain(broken)
    expect(judge(clean.history)).toMatchObject({ verdict: 'pass', violations: [] })
  }, 60_000)

  for (const id of ['K6', 'K1']) {
    it(`finds ${id} with the queue on Redis as well`, async (context) => {
      requireTool('redis-server', context)
      if (onRedis === undefined) throw new Error('Redis was not started')
      const plan = witnessPlan(groundOf(id, onRedis), catalogue.build(catalogue.incident(id).build), 1)

      const { history } = await onRedis.perform(plan, 'as-deployed')

      expect(judge(history).wrongPapers).toBeGreaterThan(0)
    }, 60_000)
  }

  it('leaves the wrong paper as a PDF that names somebody else, whoever reads it', async (context) => {
    requireTool('pdftotext', context)
    const ground = groundOf('K6', house)
    const plan = witnessPlan(ground, catalogue.build(ground.incident.build), 1)
    await house.perform(plan, 'for-pdftotext')
    const run = join(folder, 'postgres', ground.incident.id, 'for-pdftotext')
    const { history } = readHistory(readFileSync(join(run, 'history.jsonl'), 'utf8'))

    const apply = history.events.find((event) => event.type === 'invoke' && event.f === 'apply' && event.kiosk === 'city-hall-1')
    const asked = apply?.f === 'apply' && apply.type === 'invoke' ? apply : undefined
    const applicant = ground.population.find(({ id }) => id === asked?.applicant)
    const household = ground.population.filter((resident) => resident.household === applicant?.household).map(({ name }) => name)
    const text = execFileSync('pdftotext', [join(run, 'kiosks', 'papers', `${asked?.application ?? ''}.pdf`), '-'], { encoding: 'utf8' }).replaceAll(/\s/g, '')
    const named = ground.population.filter(({ name }) => text.includes(name.replaceAll(/\s/g, ''))).map(({ name }) => name)

    expect(named.length).toBeGreaterThan(0)
    expect(named.filter((name) => household.includes(name))).toEqual([])
  }, 60_000)

  it('leaves a history on disk, readable by its owner only, that is judged as the run was', async () => {
    const ground = groundOf('K6', house)
    await house.perform({ ...witnessPlan(ground, catalogue.build(ground.incident.build), 1), touchMs: TOUCH_MS }, 'for-disk')
    const run = join(folder, 'postgres', ground.incident.id, 'for-disk')
    const file = join(run, 'history.jsonl')

    const recorded = readHistory(readFileSync(file, 'utf8'))
    const fromText = judge(recorded.history, recorded.problems)
    const fromPaper = await withPapers(recorded, join(run, 'kiosks', 'papers'))

    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(recorded.problems).toEqual([])
    expect(fromText.wrongPapers).toBe(1)
    // Touched as slowly as the plan says: a session has ten touches or more.
    const [begun, over] = recorded.history.events.filter(({ f }) => f === 'session').map(({ atMs }) => atMs)
    expect(over! - begun!).toBeGreaterThan(10 * TOUCH_MS)
    expect(judge(fromPaper.history, fromPaper.problems)).toEqual(fromText)
    expect(readdirSync(join(run, 'work', 'issuing-munakata'))).toEqual([])
  }, 60_000)
})
