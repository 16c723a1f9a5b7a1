import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { readCatalogue } from '../../scenario/catalogue.ts'
import { openTarget, type Target } from '../../scenario/target.ts'
import { connectDatabase } from '../../world/live/connection.ts'
import { createLogger } from '../../world/live/log.ts'
import { dropSchema } from '../../world/live/schema.ts'
import { BUILD_MS, builtCommand, inProcess, oneLine } from '../support/command.ts'
import { testDatabaseUrl } from '../support/postgres.ts'
import { ServedProcess } from '../support/served-process.ts'
import { applyOnly } from '../support/visitors.ts'

const run = `serve_test_${String(process.pid)}`
/** A job of two scenario seconds or more can be caught in the middle. */
const LINE = ['--run', run, '--size', '200', '--date', '2023-06-28', '--start', '10:00:00']
const TEST_MS = 120_000
const PATIENT = { timeout: 60_000, interval: 20 }

let folder: string
let databaseUrl: string
let targets = 0
const serving: ServedProcess[] = []

beforeAll(async () => {
  await builtCommand()
  databaseUrl = await testDatabaseUrl()
  folder = mkdtempSync(join(tmpdir(), 'torichigae-serve-test-'))
}, BUILD_MS)
afterEach(async () => {
  for (const each of serving.splice(0)) {
    each.kill('SIGKILL')
    await each.exit()
  }
})
afterAll(async () => {
  const { kysely, close } = await connectDatabase({ url: databaseUrl, connectionsMax: 1 })
  for (const name of [run, `${run}_two`, `${run}_slow`]) for (const schema of [name, `${name}_queue`]) await dropSchema(kysely, schema)
  await close()
  rmSync(folder, { recursive: true })
})

function serve(...args: string[]): ServedProcess {
  const served = new ServedProcess([...LINE, '--work-dir', join(folder, 'work'), ...args], { DATABASE_URL: databaseUrl })
  serving.push(served)
  return served
}

async function comeBefore(served: ServedProcess): Promise<Target> {
  targets += 1
  return openTarget({ url: await served.url(), folder: join(folder, `target-${String(targets)}`), rate: 'script', logger: createLogger({ level: 'silent' }) }, readCatalogue())
}

describe('torichigae serve', () => {
  it('says of itself that it is a test system, and that it listens on this machine only', { timeout: TEST_MS }, async () => {
    const served = serve('--municipality', 'munakata', '--municipality', 'yokohama=as-2023', '--run', `${run}_two`)
    const url = await served.url()

    const said: unknown = await (await fetch(`${url}/v1/test-system`)).json()

    expect(said).toEqual({
      testSystem: true,
      name: 'torichigae',
      seed: 1,
      size: 200,
      date: '2023-06-28',
      nowMs: expect.any(Number) as number,
      clockFactor: 1,
      municipalities: [{ code: 'munakata', build: 'repaired' }, { code: 'yokohama', build: 'as-2023' }],
    })
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:/)
    served.kill('SIGTERM')
    expect(await served.exit()).toBe(0)
  })

  it('finishes the job at hand when it is told to end, ends with 0, and leaves everything to the next process', { timeout: TEST_MS }, async () => {
    const served = serve()
    const target = await comeBefore(served)
    const { application, session } = await applyOnly(target, 'shop-1', 0)
    await expect.poll(() => served.codes(application), PATIENT).toContain('JOB_BEGUN')

    served.kill('SIGTERM')

    expect(await served.exit()).toBe(0)
    expect(served.codes(application)).toContain('JOB_ENDED')
    target.stage.close(false)
    const next = await comeBefore(serve())
    const { network } = next.stage.kioskWorld('shop-1', { purseYen: 0 })
    expect(await network.call('fetchDocument', 'munakata', { application, session })).toMatchObject({ state: 'ready', feeYen: 300 })
    next.stage.close(false)
  })

  it('hands back what is not finished in time, and another process takes it at once', { timeout: TEST_MS }, async () => {
    // Were the job only abandoned, it would be taken over after ten minutes.
    const slow = ['--takeover', '600000', '--nodes', 'print']
    const front = serve('--nodes', 'centre,issuing')
    const served = serve(...slow, '--stop-within', '0')
    await served.url()
    const target = await comeBefore(front)
    const { application, document } = await applyOnly(target, 'shop-1', 1)
    await expect.poll(() => served.codes(application), PATIENT).toEqual(['JOB_BEGUN'])

    served.kill('SIGTERM')
    expect(await served.exit()).toBe(0)

    const other = serve(...slow)
    await other.url()
    await expect.poll(async () => (await document()).state, PATIENT).toBe('ready')
    // The document is there before the worker has said so.
    await expect.poll(() => other.codes(application), PATIENT).toEqual(['JOB_BEGUN', 'JOB_ENDED'])
    expect(served.codes(application)).toEqual(['JOB_BEGUN'])
    target.stage.close(false)
  })

  it('ends at once when it is told a second time', { timeout: TEST_MS }, async () => {
    const served = serve('--clock-factor', '0.01', '--run', `${run}_slow`)
    const target = await comeBefore(served)
    const { application } = await applyOnly(target, 'shop-1', 2)
    await expect.poll(() => served.codes(application), PATIENT).toContain('JOB_BEGUN')

    served.kill('SIGTERM')
    await expect.poll(() => served.stderr, PATIENT).toContain('ending; at most 20 s')
    served.kill('SIGTERM')

    expect(await served.exit()).toBe(130)
    expect(served.codes(application)).not.toContain('JOB_ENDED')
    target.stage.close(false)
  })

  it.each([
    ['nodes that there are not', ['--nodes', 'kiosk'], 'there are no nodes "kiosk", only centre, issuing, print and all'],
    ['a centre that knows no issuing server', ['--nodes', 'centre'], 'centre has to know where issuing is: --peers issuing=URL'],
    ['some nodes and no database', ['--nodes', 'print'], 'a process with some of the nodes needs DATABASE_URL; only all of them can share an embedded database'],
    ['a fresh start for some nodes', ['--nodes', 'issuing', '--fresh'], '--fresh is for all nodes, or goes with --prepare'],
    ['a day and no time', ['--date', '2023-06-28'], '--date and --start go together'],
    ['a peer that is no URL', ['--peers', 'issuing=here'], 'a peer is written centre=URL or issuing=URL, not "issuing=here"'],
    ['one municipality twice', ['--municipality', 'munakata', '--municipality', 'munakata=as-2023'], 'the municipality munakata is given twice'],
    ['a worker\'s name that is none', ['--worker', '../1'], 'option \'--worker <name>\' argument \'../1\' is invalid. It is a number, or up to 20 small letters, digits and hyphens'],
  ])('with %s ends in 64 and says what is wrong', async (_what, args, detail) => {
    const before = process.env['DATABASE_URL']
    delete process.env['DATABASE_URL']
    try {
      const { exit, stderr } = await inProcess('serve', ...args)

      expect([exit, oneLine(stderr)]).toEqual([64, `The command line is not understood: ${detail}. See "torichigae --help".`])
    } finally {
      if (before !== undefined) process.env['DATABASE_URL'] = before
    }
  })

  it('with a municipality that there is not ends in 64', async () => {
    const { exit, stderr } = await inProcess('serve', '--municipality', 'atlantis')

    expect([exit, oneLine(stderr)]).toEqual([64, 'There is no municipality "atlantis". The municipalities are listed in seeds/municipalities.json.'])
  })
})
