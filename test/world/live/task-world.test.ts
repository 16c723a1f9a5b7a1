import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EventDraft } from '../../../contract/index.ts'
import { KeyedRandom } from '../../../world/keyed-random.ts'
import { createLiveClock } from '../../../world/live/clock.ts'
import { connectDatabase, type DatabaseConnection } from '../../../world/live/connection.ts'
import { LiveEngineRoom, type Paper } from '../../../world/live/engine.ts'
import { createLogger } from '../../../world/live/log.ts'
import { type LiveQueues, openQueues } from '../../../world/live/queue/open-queues.ts'
import { dropSchema, prepareSchema } from '../../../world/live/schema.ts'
import { createLiveWorld, type LivePlace, type LiveSurroundings } from '../../../world/live/task-world.ts'
import type { World } from '../../../world/ports.ts'
import { testDatabaseUrl } from '../../support/postgres.ts'
import { DATE, NOON, printTask } from './live-subject.ts'

/** Paper is not what these tests are about; an image is any bytes. */
const paper: Paper = { drawSheets: () => Promise.resolve(Buffer.from('%PDF /Type /Page ')), readPdf: () => Promise.resolve([]) }
const run = `test_${randomUUID().replaceAll('-', '')}`
const clock = createLiveClock({ startMs: NOON, date: DATE })
const events: (EventDraft & { process: string })[] = []
let connection: DatabaseConnection
let queues: LiveQueues
let folder: string

beforeAll(async () => {
  const databaseUrl = await testDatabaseUrl()
  folder = await mkdtemp(join(tmpdir(), 'torichigae-world-'))
  connection = await connectDatabase({ url: databaseUrl })
  await prepareSchema(connection.kysely, run)
  queues = await openQueues({ databaseUrl, run })
})
afterAll(async () => {
  clock.close()
  await queues.close()
  await dropSchema(connection.kysely, run)
  await connection.close()
  await rm(folder, { recursive: true })
})

function worldAt(place: Partial<LivePlace>): World {
  const around: LiveSurroundings = {
    clock,
    random: new KeyedRandom(1),
    kysely: connection.kysely,
    schema: run,
    queues,
    paper,
    logger: createLogger({ level: 'silent' }),
    record: (process, event) => events.push({ ...event, process }) - 1,
  }
  const network = { call: () => Promise.reject(new Error('nobody is called here')) }
  return createLiveWorld(printTask(1, 'application-shop-1-1'), around, { site: 'munakata', network, ...place })
}

describe('the live world of a task', () => {
  it('has every port, and puts into the history what is seen inside', async () => {
    const world = worldAt({ folder, room: new LiveEngineRoom({ capacity: 1, baseMs: 1, perSheetMs: 0 }, clock) })
    const table = { name: 'entries' }

    const image = await world.engine.draw([])
    await world.files.write('print.img', image)
    await world.engine.convert('print.img', 1)
    expect((await world.files.read('print.img'))?.body).toBe(image.body)
    await world.files.remove('print.img')
    world.log.warn('CHECKED')
    expect(await world.database.insert(table, 'a', 'group', 1)).toBe(true)
    await world.queue.add('print', { id: 'job-1' })
    expect(world.clock.today()).toBe(DATE)
    expect(world.random.next('a')).toBe(new KeyedRandom(1).next('a'))

    const whose = { process: 'print:munakata/1#1', application: 'application-shop-1-1' }
    const file = { type: 'info', f: 'work-file', name: 'munakata/print.img', job: 'print:munakata/1#1', ...whose }
    expect(events).toEqual([
      { type: 'info', f: 'image', op: 'made', digest: image.digest, job: 'print:munakata/1#1', ...whose },
      { ...file, op: 'write' },
      { ...file, op: 'read' },
      { ...file, op: 'remove' },
      { type: 'info', f: 'log', level: 'warn', code: 'CHECKED', ...whose },
    ])
  })

  it('says which port a node has not', () => {
    const world = worldAt({})

    expect(() => world.files.read('print.img')).toThrow('print:munakata/1#1 has no work folder')
    expect(() => world.engine.draw([])).toThrow('print:munakata/1#1 has no engine')
  })
})
