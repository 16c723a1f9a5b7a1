import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { afterAll, beforeAll } from 'vitest'
import { HISTORY_SCHEMA } from '../../../contract/index.ts'
import { connectDatabase, type DatabaseConnection } from '../../../world/live/connection.ts'
import { createLogger } from '../../../world/live/log.ts'
import { drawSheets } from '../../../world/live/paper/draw.ts'
import { readPdf } from '../../../world/live/paper/read.ts'
import { openQueues } from '../../../world/live/queue/open-queues.ts'
import { playLive } from '../../../world/live/stage.ts'
import { testDatabaseUrl } from '../../support/postgres.ts'
import { describeStageContract, type RunOnStage } from '../contract/stage.ts'

const folder = mkdtempSync(join(tmpdir(), 'torichigae-stage-test-'))
let databaseUrl: string
let database: DatabaseConnection
let runs = 0

beforeAll(async () => {
  databaseUrl = await testDatabaseUrl()
  database = await connectDatabase({ url: databaseUrl })
})
afterAll(async () => {
  await database.close()
  rmSync(folder, { recursive: true })
})

const header = {
  schema: HISTORY_SCHEMA,
  tool: 'test',
  world: 'live',
  seed: 1,
  incident: 'none',
  build: 'none',
  fixture: 'none',
  date: '2023-03-27',
  clockFactor: 20,
  rate: 'script',
  municipalities: [],
  types: [],
} as const

const runLive: RunOnStage = async (setting, drive) => {
  runs += 1
  const run = `stage_test_${String(process.pid)}_${String(runs)}`
  const queues = await openQueues({ databaseUrl, run })
  const logger = createLogger({ destination: new Writable({ write: (_chunk, _encoding, done) => { done() } }) })
  const paper = { drawSheets, readPdf }
  try {
    const options = { kysely: database.kysely, queues, paper, logger, run, folder: join(folder, run), header: { ...header, municipalities: [], types: [] }, orderings: [] }
    return (await playLive(setting, options, drive)).events
  } finally {
    await queues.close()
  }
}

describeStageContract('live', runLive)
