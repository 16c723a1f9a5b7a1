import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { readHistory } from '../../contract/history-file.ts'
import { addUp, type NationalDayOptions, type NationalDayReport, performNationalDays } from '../../load/national-day.ts'
import { judge } from '../../oracle/index.ts'
import { readCatalogue } from '../../scenario/catalogue.ts'
import { readFleet } from '../../scenario/fleet.ts'
import { readNation } from '../../scenario/nation.ts'
import { packageRoot } from '../../scenario/package-root.ts'

const catalogue = readCatalogue()
const file = new URL('seeds/nation-2023.json', packageRoot())
const whole = readNation(file, catalogue)
const fleet = readFleet(new URL(whole.fleet, file), catalogue)
const folder = mkdtempSync(join(tmpdir(), 'torichigae-national-day-'))
afterAll(() => { rmSync(folder, { recursive: true }) })

/** A small country: two sites of the fleet, one of them Yokohama before its repair, and five other towns. */
const small: NationalDayOptions = {
  nation: { ...whole, municipalities: { ...whole.municipalities, count: 7 }, sessionsPerDay: { ...whole.sessionsPerDay, count: 150 } },
  fleet: { ...fleet, sites: fleet.sites.filter(({ name }) => name === 'yokohama' || name === 'site-002') },
  catalogue,
  ...{ from: '2023-03-27', days: 2, seed: 3, shard: { index: 1, of: 1 }, threads: 1 },
}

/** What does not depend on when and where it was played. */
const lasting = ({ seconds: _, memory: __, shard: ___, ...report }: NationalDayReport) => report

async function shardFiles(of: number): Promise<URL[]> {
  const files: URL[] = []
  for (let index = 1; index <= of; index += 1) {
    const path = join(folder, `part-${String(index)}-of-${String(of)}.json`)
    writeFileSync(path, JSON.stringify(await performNationalDays({ ...small, shard: { index, of } })))
    files.push(pathToFileURL(path))
  }
  return files
}

describe('national days (seed 3)', () => {
  it('come to the same in one part and in three, in one thread and in two', async () => {
    const alone = await performNationalDays(small)
    const files = await shardFiles(3)

    expect(alone).toMatchObject({ verdict: 'pass', municipalities: 7, sites: 2, days: 2, wrong: 0, undecided: 0, found: [] })
    expect(alone.sessions).toBeGreaterThan(200)
    expect(alone.papers).toBe(alone.sessions - Object.values(alone.refused).reduce((sum, count) => sum + count, 0))
    expect(lasting(addUp(files, catalogue))).toEqual(lasting(alone))
    expect(lasting(await performNationalDays({ ...small, threads: 2 }))).toEqual(lasting(alone))
  })

  it('are those of each municipality, which can be played again alone, and leave histories that are judged as they were', async () => {
    const out = join(folder, 'out')
    const all = await performNationalDays({ ...small, days: 1, out })
    const histories = readdirSync(join(out, small.from)).map((name) => readFileSync(join(out, small.from, name), 'utf8'))
    const read = histories.map((text) => readHistory(text))
    const { sessions, papers } = await performNationalDays({ ...small, days: 1, only: 'yokohama', out: join(folder, 'again') })

    expect(read).toHaveLength(7)
    expect(read.flatMap(({ problems }) => problems)).toEqual([])
    expect(read.map(({ history, problems }) => judge(history, problems).verdict)).toEqual(Array.from({ length: 7 }, () => 'pass'))
    expect(read.reduce((sum, { history }) => sum + history.events.length, 0)).toBe(all.events)
    expect([sessions, papers].every((count) => count > 0)).toBe(true)
    expect(readFileSync(join(folder, 'again', small.from, 'yokohama.jsonl'), 'utf8')).toBe(readFileSync(join(out, small.from, 'yokohama.jsonl'), 'utf8'))
  })
})

describe('adding up', () => {
  it('takes all parts of the same days, each once', async () => {
    const [one, two] = (await shardFiles(2)) as [URL, URL]
    const other = join(folder, 'other.json')
    writeFileSync(other, JSON.stringify({ ...(JSON.parse(readFileSync(two, 'utf8')) as object), seed: 4 }))
    writeFileSync(join(folder, 'none.json'), '{"verdict":"pass"}')

    expect(() => addUp([one], catalogue)).toThrow('of 2 parts 2 is missing')
    expect(() => addUp([one, one], catalogue)).toThrow(/part-1-of-2\.json is part 1, and so is .*part-1-of-2\.json/)
    expect(() => addUp([one, pathToFileURL(other)], catalogue)).toThrow(/other\.json is of other days than/)
    expect(() => addUp([pathToFileURL(join(folder, 'none.json'))], catalogue)).toThrow(/none\.json at \//)
    expect(addUp([two, one], catalogue).verdict).toBe('pass')
  })

  it('says nothing of days on which no paper came out', async () => {
    const nobody = { ...small.nation, sessionsPerDay: { ...small.nation.sessionsPerDay, count: 1 } }

    const report = await performNationalDays({ ...small, nation: nobody, days: 1, only: 'other-0001', from: '2023-12-30' })

    expect(report).toMatchObject({ papers: 0, verdict: 'unknown', perMillion: { wrong: null } })
  })
})
