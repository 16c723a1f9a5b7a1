import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterAll, describe, expect, it } from 'vitest'
import { OPERATIONS, Refusal, TorichigaeError } from '../../../contract/index.ts'
import type { NodeInstance } from '../../../world/node.ts'
import type { World } from '../../../world/ports.ts'
import { createNodeApp, serveNode } from '../../../world/live/server.ts'

const logged: string[] = []
const world = { log: { error: (code: string) => logged.push(code) } } as unknown as World

const centre: NodeInstance = {
  serves: {
    challenge: (_world, { kiosk }) => Promise.resolve({ challenge: `for ${kiosk}` }),
    fetchDocument: () => Promise.reject(new Refusal('APPLICATION_UNKNOWN')),
    reportOutcome: () => Promise.reject(new TypeError('a mistake of ours')),
    apply: (_world, { application }) => Promise.resolve({ application, state: 'received' }),
  },
}

let open = 0
const options = {
  instance: () => centre,
  begin: () => {
    open += 1
    return { world, received: () => Promise.resolve(), ended: () => void (open -= 1) }
  },
}
const app = await createNodeApp(options)
afterAll(() => app.close())

const post = (url: string, payload: unknown) => app.inject({ method: 'POST', url, headers: { 'content-type': 'application/json' }, payload: payload as object })
const wish = { type: 'residence-record', scope: 'household', copies: 1, show: { relation: true, domicile: false, individualNumber: false, recordCode: false, foreignItems: true } }

describe('the HTTP face of a node', () => {
  it('answers an operation as its handler does', async () => {
    const answer = await post(OPERATIONS.challenge.path, { kiosk: 'shop-1' })

    expect([answer.statusCode, answer.json()]).toEqual([200, { challenge: 'for shop-1' }])
  })

  it('answers a refusal with its own status, code and sentence', async () => {
    const answer = await post(OPERATIONS.fetchDocument.path, { application: 'application-shop-1-1', session: 'session-1' })

    expect(answer.statusCode).toBe(404)
    expect(answer.json()).toEqual({ code: 'APPLICATION_UNKNOWN', message: 'No such application.' })
  })

  it.each([
    ['a missing field', { session: 's-1', wish }, '/application'],
    ['a field of another type', { application: 'a-1', session: 's-1', wish: { ...wish, copies: 'two' } }, '/wish/copies'],
    ['more copies than there may be', { application: 'a-1', session: 's-1', wish: { ...wish, copies: 11 } }, '/wish/copies'],
    ['an unknown type', { application: 'a-1', session: 's-1', wish: { ...wish, type: 'passport' } }, '/wish/type'],
    ['an id with a path in it', { application: '../a', session: 's-1', wish }, '/application'],
  ])('answers %s with 400 and the field named', async (_what, body, field) => {
    const answer = await post(OPERATIONS.apply.path, body)

    expect(answer.statusCode).toBe(400)
    expect(JSON.stringify(answer.json())).toContain(field.split('/').at(-1))
    expect(answer.json<{ code: string }>().code).toBe('BAD_REQUEST')
  })

  it.each([
    ['no JSON', 'POST', OPERATIONS.apply.path, '{"application":', 'application/json'],
    ['nothing at all', 'POST', OPERATIONS.apply.path, '', 'application/json'],
    ['another content type', 'POST', OPERATIONS.apply.path, 'a=1', 'application/x-www-form-urlencoded'],
    ['null', 'POST', OPERATIONS.apply.path, 'null', 'application/json'],
    ['an array', 'POST', OPERATIONS.apply.path, '[]', 'application/json'],
    ['a poisoned prototype', 'POST', OPERATIONS.apply.path, '{"__proto__":{"a":1}}', 'application/json'],
    ['more than may be sent', 'POST', OPERATIONS.apply.path, JSON.stringify({ application: 'x'.repeat(2_000_000) }), 'application/json'],
    ['a path nobody serves', 'POST', '/v1/nothing', '{}', 'application/json'],
    ['another method', 'GET', OPERATIONS.apply.path, '', 'application/json'],
  ] as const)('answers %s with an error of the client', async (_what, method, url, payload, type) => {
    const answer = await app.inject({ method, url, payload, headers: { 'content-type': type } })

    expect(answer.statusCode).toBeGreaterThanOrEqual(400)
    expect(answer.statusCode).toBeLessThan(500)
  })

  it('answers a mistake of its own as the server\'s error, logged, and never with 500', async () => {
    const answer = await post(OPERATIONS.reportOutcome.path, { application: 'a-1', session: 's-1', outcome: 'printed' })

    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([502, 'SERVER_ERROR'])
    expect(answer.body).not.toContain('mistake of ours')
    expect(logged).toEqual(['HANDLER_FAILED'])
  })

  it('ends the task of every request, however it went', () => {
    expect(open).toBe(0)
  })

  it('describes the operations it serves, and no others, as OpenAPI', async () => {
    const { paths } = (await app.inject('/openapi.json')).json<{ paths: Record<string, { post: { requestBody: unknown } }> }>()

    expect(Object.keys(paths).sort()).toEqual(['/v1/applications', '/v1/challenges', '/v1/documents', '/v1/outcomes'])
    expect(JSON.stringify(paths['/v1/applications']?.post.requestBody)).toContain('"maximum":10')
  })

  it('says which port is taken, with what to do', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const { port } = taken.address() as AddressInfo

    const error: unknown = await serveNode({ ...options, port }).catch((reason: unknown) => reason)

    taken.close()
    expect(error).toBeInstanceOf(TorichigaeError)
    expect((error as TorichigaeError).message).toContain(String(port))
    expect((error as TorichigaeError).exit).toBe(70)
  })
})
