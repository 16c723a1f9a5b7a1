import { afterEach, describe, expect, it, type TestContext, vi } from 'vitest'
import { missingTool, requireTool, TOOLS } from './tools.ts'

/** A tool that no machine has, asked for like any other. */
const absent = 'redis-server'

afterEach(() => {
  vi.unstubAllEnvs()
  vi.resetModules()
})

/** The module anew, on a machine without any tool. */
async function withoutTools(): Promise<typeof import('./tools.ts')> {
  vi.stubEnv('PATH', '')
  vi.resetModules()
  return import('./tools.ts')
}

describe('a tool that is missing', () => {
  it('skips the test and says why', async () => {
    vi.stubEnv('CI', '')
    const tools = await withoutTools()
    const skipped: unknown[] = []
    const context = { skip: (note: unknown) => skipped.push(note) } as unknown as TestContext

    tools.requireTool(absent, context)

    expect(skipped).toEqual([tools.missingTool(absent)])
    expect(skipped[0]).toBe('redis-server is not installed: the queue on Redis')
  })

  it('fails the test under CI', async () => {
    vi.stubEnv('CI', 'true')
    const tools = await withoutTools()

    expect(() => { tools.requireTool(absent, {} as TestContext) }).toThrow(/redis-server is not installed/)
  })
})

describe('a tool that is there', () => {
  it('lets the test run', (context) => {
    const [there] = (Object.keys(TOOLS) as (keyof typeof TOOLS)[]).filter((tool) => missingTool(tool) === undefined)
    if (there === undefined) return context.skip('none of the tools is installed')

    expect(() => { requireTool(there, context) }).not.toThrow()
  })
})
