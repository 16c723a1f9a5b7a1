import { createServer, type Server } from 'node:http'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { TorichigaeError } from '../../contract/index.ts'
import { targetBase } from '../../scenario/target-address.ts'
import { askTestSystem } from '../../scenario/target.ts'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

const SAYS = { testSystem: true, name: 'torichigae', seed: 1, size: 10, date: '2023-06-28', nowMs: 0, clockFactor: 1, municipalities: [{ code: 'munakata', build: 'repaired' }] }

/** A server of this machine; what it was asked for is kept. */
async function server(status: number, body: unknown, headers: Record<string, string> = {}): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = []
  const made = createServer((request, response) => {
    asked.push(String(request.url))
    response.writeHead(status, headers).end(JSON.stringify(body))
  })
  servers.push(made)
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve))
  const address = made.address()
  return { url: `http://127.0.0.1:${String(typeof address === 'object' ? address?.port : address)}`, asked }
}

describe('the address of a target', () => {
  it.each([
    ['http://127.0.0.1:7001/', 'http://127.0.0.1:7001'],
    ['http://127.9.8.7', 'http://127.9.8.7'],
    ['http://127.1:7001', 'http://127.0.0.1:7001'],
    ['http://LOCALHOST:7001/system/', 'http://localhost:7001/system'],
    ['https://[::1]:7001', 'https://[::1]:7001'],
  ])('%s is on this machine', (url, base) => {
    expect(targetBase(url, false)).toBe(base)
  })

  // 192.0.2.0/24, 2001:db8::/32 and the names under "example" are reserved: nobody is there.
  it.each(['http://192.0.2.1:7001', 'http://0.0.0.0:7001', 'http://127.0.0.1.example:7001', 'http://localhost.example', 'http://[2001:db8::1]', 'http://[::ffff:127.0.0.1]:7001', 'http://2130706434.example'])(
    '%s is not, and is asked nothing',
    async (url) => {
      const sent = vi.spyOn(globalThis, 'fetch')
      try {
        await expect(askTestSystem({ url })).rejects.toThrow(new TorichigaeError('TARGET_NOT_LOCAL', new URL(url).host))
        expect(sent).not.toHaveBeenCalled()
      } finally {
        sent.mockRestore()
      }
    },
  )

  it('on another machine may be called by somebody who is authorised', () => {
    expect(targetBase('http://192.0.2.1:7001', true)).toBe('http://192.0.2.1:7001')
  })

  it.each(['127.0.0.1:7001', 'ftp://127.0.0.1', 'somewhere', 'http://user:secret@127.0.0.1'])('"%s" is none, whoever is authorised', (url) => {
    expect(() => targetBase(url, true)).toThrow(TorichigaeError)
  })

  it('is refused without its password', () => {
    expect(() => targetBase('http://user:secret@127.0.0.1:7001', false)).toThrow(expect.objectContaining({ message: expect.not.stringContaining('secret') as string }) as Error)
  })
})

describe('a server on this machine', () => {
  it('is known by its answer', async () => {
    const { url, asked } = await server(200, SAYS)

    expect(await askTestSystem({ url })).toEqual(SAYS)
    expect(asked).toEqual(['/v1/test-system'])
  })

  it.each([
    ['has no such path', 404, { message: 'not found' }, {}],
    ['says that it is none', 200, { ...SAYS, testSystem: false }, {}],
    ['is another program', 200, 'welcome', {}],
    ['sends its caller elsewhere', 307, SAYS, { location: 'http://192.0.2.1:7001/v1/test-system' }],
  ] as const)('that %s is refused, authorised or not', async (_what, status, body, headers) => {
    const { url, asked } = await server(status, body, { ...headers })

    for (const authorised of [false, true]) await expect(askTestSystem({ url, authorised })).rejects.toMatchObject({ code: 'NOT_A_TEST_SYSTEM' })
    expect(asked).toEqual(['/v1/test-system', '/v1/test-system'])
  })
})
