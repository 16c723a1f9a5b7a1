import { afterEach, describe, expect, it } from 'vitest'
import type { FastifyInstance } from 'fastify'
import { OPERATIONS, Refusal } from '../../../contract/index.ts'
import { Health } from '../../../world/live/health.ts'
import { createLiveLog, createLogger } from '../../../world/live/log.ts'
import { Metrics } from '../../../world/live/metrics.ts'
import { createLiveNetwork } from '../../../world/live/network.ts'
import { createNodeApp, serveNode } from '../../../world/live/server.ts'
import { LiveTask } from '../../../world/live/task.ts'
import type { World } from '../../../world/ports.ts'

const WISH = { type: 'residence-record', scope: 'household', copies: 1, show: { relation: true, domicile: false, individualNumber: false, recordCode: false, foreignItems: true } }
const FACE = { name: '見本　花子', birthDate: '1980-05-01', sex: 'female', address: '福岡県宗像市見本台一丁目２番' }

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

interface Observed {
  readonly app: FastifyInstance
  readonly lines: Record<string, unknown>[]
  readonly metrics: Metrics
  readonly health: Health
}

/** A centre that logs each application it receives, refuses every document, and fails at every outcome. */
async function observed(needed: ConstructorParameters<typeof Health>[0] = []): Promise<Observed> {
  const lines: Record<string, unknown>[] = []
  const logger = createLogger({ destination: { write: (line: string) => lines.push(JSON.parse(line) as Record<string, unknown>) } })
  const [metrics, health] = [new Metrics(), new Health(needed)]
  const app = await createNodeApp({
    logger,
    metrics,
    health,
    instance: () => ({
      serves: {
        apply: (world, { application }) => {
          world.log.info('RECEIVED')
          return Promise.resolve({ application, state: 'received' })
        },
        fetchDocument: () => Promise.reject(new Refusal('APPLICATION_UNKNOWN')),
        reportOutcome: () => Promise.reject(new TypeError('a mistake of ours')),
        openSession: () => Promise.reject(new Refusal('CARD_UNREADABLE')),
      },
    }),
    begin: (application, requestId) => {
      const task = new LiveTask({ role: 'centre', process: 'centre#1', requestId, ...(application === undefined ? {} : { application }) })
      const world = { log: createLiveLog(task, logger, { record: () => 0 }) } as unknown as World
      return { world, received: () => Promise.resolve(), ended: () => undefined }
    },
  })
  closing.push(() => app.close())
  return { app, lines, metrics, health }
}

const post = (app: FastifyInstance, url: string, payload: object, headers: Record<string, string> = {}) => app.inject({ method: 'POST', url, payload, headers })

describe('the id of a request', () => {
  it('is the sender\'s own in the answer and in every line of the task', async () => {
    const { app, lines } = await observed()

    const answer = await post(app, OPERATIONS.apply.path, { application: 'a-1', session: 's-1', wish: WISH }, { 'x-request-id': 'trace-7' })

    expect(answer.headers['x-request-id']).toBe('trace-7')
    expect(lines.map(({ code, requestId, application }) => [code, requestId, application])).toEqual([
      ['RECEIVED', 'trace-7', 'a-1'],
      ['REQUEST', 'trace-7', 'a-1'],
    ])
  })

  it.each([
    ['is missing', {}],
    ['has a line feed in it', { 'x-request-id': 'a b' }],
    ['is a name', { 'x-request-id': 'Žofie' }],
    ['holds twelve digits, as an individual number does', { 'x-request-id': 'id-123456789012' }],
    ['is longer than an id may be', { 'x-request-id': 'x'.repeat(65) }],
  ])('is made where the sender\'s %s', async (_what, headers: Record<string, string>) => {
    const { app, lines } = await observed()

    const answer = await post(app, OPERATIONS.fetchDocument.path, { application: 'a-1', session: 's-1' }, headers)

    expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}$/)
    expect(lines[0]?.['requestId']).toBe(answer.headers['x-request-id'])
  })

  it('goes along with the calls that the task makes', async () => {
    const seen: (string | undefined)[] = []
    const server = await serveNode({
      instance: () => ({ serves: { challenge: () => Promise.resolve({ challenge: 'c-1' }) } }),
      begin: (_application, requestId) => {
        seen.push(requestId)
        return { world: {} as World, received: () => Promise.resolve(), ended: () => undefined }
      },
    })
    closing.push(() => server.close())
    const call = (task: LiveTask) => createLiveNetwork(task, () => server.url).call('challenge', 'munakata', { kiosk: 'shop-1' })

    await call(new LiveTask({ role: 'centre', process: 'centre#1', requestId: 'trace-7' }))
    await call(new LiveTask({ role: 'kiosk', process: 'kiosk:shop-1' }))

    expect(seen).toEqual(['trace-7', expect.stringMatching(/^[0-9a-f-]{18}$/)])
  })
})

describe('the log line of a request', () => {
  it('has method, path, status, duration and application, and nothing of the body', async () => {
    const { app, lines } = await observed()

    const certificate = { serial: 'cert-1', publicKey: 'card-1', notBefore: '2020-01-01', notAfter: '2030-01-01', signature: 'sig' }
    await post(app, OPERATIONS.openSession.path, { kiosk: 'shop-1', municipality: 'munakata', card: { face: FACE, certificate }, challenge: 'c-1', signature: 'sig' })
    await post(app, OPERATIONS.reportOutcome.path, { application: 'a-1', session: 's-1', outcome: 'printed' })

    const requests = lines.filter(({ code }) => code === 'REQUEST')
    expect(requests.map(({ method, path, status, application }) => [method, path, status, application])).toEqual([
      ['POST', OPERATIONS.openSession.path, 403, undefined],
      ['POST', OPERATIONS.reportOutcome.path, 502, 'a-1'],
    ])
    expect(requests.every(({ durationMs }) => typeof durationMs === 'number' && durationMs >= 0)).toBe(true)
    expect(JSON.stringify(lines)).not.toMatch(/見本|card-1|sig"|1980/)
  })

  it('repeats no path that we do not serve, and no id that the schema has not seen', async () => {
    const { app, lines } = await observed()

    await post(app, '/v1/%E8%A6%8B%E6%9C%AC', { application: 'a-1' })
    await post(app, OPERATIONS.apply.path, { application: '見本　花子', session: 's-1', wish: WISH })

    expect(lines.map(({ path, status, application }) => [path, status, application])).toEqual([
      ['(unknown)', 404, undefined],
      [OPERATIONS.apply.path, 400, undefined],
    ])
    expect(JSON.stringify(lines)).not.toMatch(/見本|%E8/)
  })
})

describe('/metrics', () => {
  it('counts requests by operation and status, jobs by outcome, and wrong papers', async () => {
    const { app, metrics } = await observed()
    metrics.countJob('ready')
    metrics.countJob('PRINT_MISMATCH')
    metrics.countJob('over')
    metrics.countJob('error')
    metrics.countWrongPrint()
    metrics.countWrongPrint(2)
    await post(app, OPERATIONS.apply.path, { application: 'a-1', session: 's-1', wish: WISH })
    await post(app, OPERATIONS.fetchDocument.path, { application: 'a-1', session: 's-1' })
    await post(app, '/v1/nothing', {})

    const { body, headers } = await app.inject('/metrics')

    expect(headers['content-type']).toContain('text/plain')
    expect(body.split('\n')).toEqual(
      expect.arrayContaining([
        'torichigae_requests_total{operation="apply",status="200"} 1',
        'torichigae_requests_total{operation="fetchDocument",status="404"} 1',
        'torichigae_requests_total{operation="unknown",status="404"} 1',
        'torichigae_request_duration_seconds_count{operation="apply"} 1',
        'torichigae_print_jobs_total{outcome="ready",code=""} 1',
        'torichigae_print_jobs_total{outcome="failed",code="PRINT_MISMATCH"} 1',
        'torichigae_print_jobs_total{outcome="over",code=""} 1',
        'torichigae_print_jobs_total{outcome="error",code=""} 1',
        'wrong_prints_total 3',
      ]),
    )
    expect(body).not.toContain('operation="metrics"')
  })

  it('asks for depths and open applications at each scrape, and leaves out what does not answer', async () => {
    const metrics = new Metrics({ ofProcess: true })
    let waiting = 0
    metrics.watchQueues(() => Promise.resolve([{ site: 'issuing:munakata', waiting: (waiting += 1), active: 2 }]))
    metrics.watchApplications(() => Promise.reject(new Error('gone')))

    await metrics.exposition()
    const { text } = await metrics.exposition()

    expect(text).toContain('torichigae_queue_jobs{site="issuing:munakata",state="waiting"} 2')
    expect(text).toContain('torichigae_queue_jobs{site="issuing:munakata",state="active"} 2')
    expect(text).not.toMatch(/^torichigae_applications_open\{/m)
    expect(text).toMatch(/^process_resident_memory_bytes \d/m)
  })
})

describe('/health', () => {
  const ready = async (app: FastifyInstance): Promise<[number, unknown]> => {
    const answer = await app.inject('/health/ready')
    return [answer.statusCode, answer.json()]
  }

  it('is ready when everything needed answers', async () => {
    const { app } = await observed([{ name: 'database', ask: () => Promise.resolve() }])

    expect(await ready(app)).toEqual([200, { ready: true, database: 'ready' }])
    expect((await app.inject('/health/live')).json()).toEqual({ live: true })
  })

  it('names what is not ready, and nothing else of it', async () => {
    const { app } = await observed([
      { name: 'database', ask: () => Promise.reject(new Error('connect ECONNREFUSED db.example:5432 user secret')) },
      { name: 'queue', ask: () => Promise.resolve() },
    ])

    expect(await ready(app)).toEqual([503, { ready: false, database: 'not ready', queue: 'ready' }])
  })

  it('is not ready once the process has begun to end, and no operation is begun any more', async () => {
    const { app, health, lines } = await observed([{ name: 'database', ask: () => Promise.resolve() }])
    health.stopping = true

    expect(await ready(app)).toEqual([503, { ready: false, database: 'ready', stopping: true }])
    const answer = await post(app, OPERATIONS.apply.path, { application: 'a-1', session: 's-1', wish: WISH })

    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([503, 'SERVER_ERROR'])
    expect(lines.map(({ code }) => code)).toEqual(['REQUEST'])
    expect((await app.inject('/health/live')).statusCode).toBe(200)
  })
})
