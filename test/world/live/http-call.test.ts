import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { postJson } from '../../../world/live/http-call.ts'

let server: Server | undefined
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

/** A server that answers as it is told to. */
async function serving(answer: (body: string, number: number) => { readonly status?: number; readonly text: string; readonly close?: true }): Promise<{ url: string; connections: () => number }> {
  let connections = 0
  let requests = 0
  server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      requests += 1
      const { status = 200, text, close } = answer(Buffer.concat(chunks).toString('utf8'), requests)
      response.writeHead(status, { 'content-type': 'application/json' }).end(text)
      // Right behind the answer, as a server does that is going away: the client has not heard of it when it calls again.
      if (close === true) response.on('finish', () => request.socket.destroy())
    })
  })
  server.on('connection', () => (connections += 1))
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`, connections: () => connections }
}

describe('a call of one node to another', () => {
  it('carries JSON in both directions, Japanese as it is', async () => {
    const { url } = await serving((body) => ({ text: JSON.stringify({ heard: JSON.parse(body) as unknown }) }))

    expect(await postJson(url, { name: '山田　花子', selector: '葛\u{E0100}' }, {})).toEqual({ ok: true, body: { heard: { name: '山田　花子', selector: '葛\u{E0100}' } } })
  })

  it('says of a refusal that it is one, and gives its body', async () => {
    const { url } = await serving(() => ({ status: 403, text: '{"code":"MOVED_OUT"}' }))

    expect(await postJson(url, {}, {})).toEqual({ ok: false, body: { code: 'MOVED_OUT' } })
  })

  it('keeps the connection for the next one', async () => {
    const { url, connections } = await serving(() => ({ text: '{}' }))

    for (let call = 0; call < 5; call += 1) await postJson(url, {}, {})

    expect(connections()).toBe(1)
  })

  it('is made again on a new connection where the kept one had been closed', async () => {
    const { url, connections } = await serving((_, number) => ({ text: JSON.stringify({ number }), ...(number === 1 ? { close: true } : {}) }))

    expect(await postJson(url, {}, {})).toMatchObject({ body: { number: 1 } })
    expect(await postJson(url, {}, {})).toMatchObject({ body: { number: 2 } })
    expect(connections()).toBe(2)
  })

  it.each([
    ['what is no JSON', () => ({ text: '<html>' })],
    ['nothing', () => ({ text: '' })],
  ])('fails where the answer is %s', async (_, answer) => {
    const { url } = await serving(answer)

    await expect(postJson(url, {}, {})).rejects.toThrow(SyntaxError)
  })

  it('fails where nobody listens', async () => {
    const { url } = await serving(() => ({ text: '{}' }))
    server?.close()
    server = undefined

    await expect(postJson(url, {}, {})).rejects.toThrow(/ECONNREFUSED/)
  })
})
