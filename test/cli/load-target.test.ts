import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readHistory } from '../../contract/history-file.ts'
import { loadText } from '../../cli/load-text.ts'
import type { ClosedReport } from '../../load/closed-load.ts'
import type { LoadReport } from '../../load/report.ts'
import { judge } from '../../oracle/index.ts'
import { readCatalogue } from '../../scenario/catalogue.ts'
import { servedSettlements } from '../../scenario/served.ts'
import { connectDatabase } from '../../world/live/connection.ts'
import { dropSchema } from '../../world/live/schema.ts'
import { BUILD_MS, builtCommand, inProcess, oneLine, torichigae } from '../support/command.ts'
import { foundIn, personalDataOf } from '../support/personal-data.ts'
import { testDatabaseUrl } from '../support/postgres.ts'
import { ServedProcess } from '../support/served-process.ts'

const run = `load_target_test_${String(process.pid)}`
const DATE = '2023-06-28'
const municipalities = [{ code: 'munakata', build: 'repaired' }, { code: 'yokohama', build: 'yokohama-2023-03-27' }]
const BUILDS = 'munakata=repaired yokohama=yokohama-2023-03-27'
const TEST_MS = 120_000

const folder = mkdtempSync(join(tmpdir(), 'torichigae-load-target-'))
let served: ServedProcess
beforeAll(async () => {
  await builtCommand()
  const places = municipalities.flatMap(({ code, build }) => ['--municipality', `${code}=${build}`])
  const clock = ['--clock-factor', '20', '--date', DATE, '--start', '10:00:00']
  served = new ServedProcess(['--run', run, '--seed', '5', '--size', '300', ...clock, ...places, '--work-dir', join(folder, 'work')], { DATABASE_URL: await testDatabaseUrl() })
}, BUILD_MS)
afterAll(async () => {
  served.kill('SIGKILL')
  await served.exit()
  const { kysely, close } = await connectDatabase({ url: await testDatabaseUrl(), connectionsMax: 1 })
  for (const schema of [run, `${run}_queue`]) await dropSchema(kysely, schema)
  await close()
  rmSync(folder, { recursive: true })
}, TEST_MS)

const load = async (...args: string[]) => torichigae(['load', '--target', await served.url(), '--json', '--out', join(folder, 'out'), ...args])

describe('load on a served system', () => {
  // With ordinary demand that build is sound unless the machine is slow: K1 needs bulk printing.
  it('drives whole sessions, judges all that came out, and says of every municipality what it claims to run', async () => {
    const { exit, stdout, stderr } = await load('--rate', '10', '--duration', '5', '--demand', 'yokohama-2023-03-27', '--max-wrong', '0')
    const report = JSON.parse(stdout) as LoadReport
    const url = await served.url()

    expect([exit, stderr]).toEqual([1, ''])
    expect(report).toMatchObject({ world: 'target', target: new URL(url).host, build: BUILDS, verdict: 'violation', date: DATE, clockFactor: 20, wrongPrints: { judged: report.wrong } })
    // What is counted during the run includes papers of the wrong type that are nobody else's.
    expect(report.wrongPrints.counted).toBeGreaterThanOrEqual(report.wrong)
    expect(report.wrong).toBeGreaterThan(0)
    expect(report.municipalities.map(({ code, build }) => ({ code, build }))).toEqual(municipalities)
    const [munakata, yokohama] = report.municipalities
    expect([munakata?.wrong, yokohama?.wrong]).toEqual([0, report.wrong])
    expect((munakata?.papers ?? 0) + (yokohama?.papers ?? 0)).toBe(report.papers)
    const text = loadText({ ...report, history: 'runs/history.jsonl' })
    expect(oneLine(text)).toContain(`seed 1, target ${new URL(url).host}, which says that it runs ${BUILDS}, clock factor 20`)
    expect(text.split('\n').filter((line) => line.length > 80)).toEqual([])

    const { history, problems } = readHistory(readFileSync(report.history, 'utf8'))
    expect(history.header).toMatchObject({ world: 'target', build: BUILDS, rate: 'accelerated', seed: 5 })
    expect(judge(history, problems)).toMatchObject({ verdict: 'violation', wrongPapers: report.wrong, notObservable: expect.arrayContaining(['ONE-WRITER']) as string[] })

    const data = personalDataOf(servedSettlements({ seed: 5, size: 300, municipalities }, DATE, readCatalogue()).flatMap(({ population }) => population))
    const metrics = await (await fetch(`${url}/metrics`)).text()
    const logs = [served.stderr, readFileSync(join(dirname(report.history), 'log.jsonl'), 'utf8'), metrics]
    expect(served.stderr).toContain('"code":"JOB_ENDED"')
    expect(foundIn([...logs, JSON.stringify({ ...report, explained: '' })].join('\n'), data)).toEqual([])
  }, TEST_MS)

  it('keeps connections busy, twice, without taking one application for another', async () => {
    for (const seed of ['1', '1']) {
      const { stdout } = await load('--closed', '2', '--duration', '2', '--seed', seed)
      const report = JSON.parse(stdout) as ClosedReport

      expect(report).toMatchObject({ loop: 'closed', world: 'target', build: BUILDS, requests: { errors: 0 } })
      expect(report.documents).toBeGreaterThan(0)
      expect(report.municipalities.reduce((sum, { papers }) => sum + papers, 0)).toBe(report.documents)
      expect(report.municipalities.reduce((sum, { wrong }) => sum + wrong, 0)).toBe(report.wrong)
    }
  }, TEST_MS)
})

describe('load with a target', () => {
  const understood = (detail: string): string => `The command line is not understood: ${detail}. See "torichigae --help".`

  it.each([
    // A reserved address, at which nobody is: it is never asked for anything.
    ['on another machine', ['--target', 'http://192.0.2.1:7001'], 'The target is not on this machine: 192.0.2.1:7001. Nothing was sent to it. If it is a test system and you may put load on it, say so with --i-am-authorised.'],
    ['that is no URL', ['--target', 'here'], understood('a target is a URL such as http://127.0.0.1:7001, and "here" is none')],
    ['and a build', ['--target', 'http://127.0.0.1:9', '--build', 'repaired'], understood('with --target the target decides --build')],
    ['and all else that is its own', ['--target', 'http://127.0.0.1:9', '--size', '3', '--clock-factor', '20', '--municipality', 'munakata'], understood('with --target the target decides --municipality and --size and --clock-factor')],
    ['that is none, and an authorisation', ['--i-am-authorised'], understood('--i-am-authorised is about a --target, and none is given')],
  ])('%s ends in 64 and says why', async (_what, args, sentence) => {
    const { exit, stdout, stderr } = await inProcess('load', ...args)

    expect({ exit, stdout, sentence: oneLine(stderr) }).toEqual({ exit: 64, stdout: '', sentence })
  })
})
