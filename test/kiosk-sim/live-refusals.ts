import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { KioskHall, type VisitEnd } from '../../kiosk-sim/hall.ts'
import { judge, type Violation } from '../../oracle/index.ts'
import { connectDatabase } from '../../world/live/connection.ts'
import { createLogger } from '../../world/live/log.ts'
import { drawSheets } from '../../world/live/paper/draw.ts'
import { readPdf } from '../../world/live/paper/read.ts'
import { openQueues } from '../../world/live/queue/open-queues.ts'
import { playLive } from '../../world/live/stage.ts'
import { CardMaker } from '../../scenario/cards.ts'
import { HANAKO, HEADER, TARO } from '../oracle/history-builder.ts'
import { livePress, settingOf, visitOf } from '../services/small-system.ts'
import { testDatabaseUrl } from '../support/postgres.ts'

/** What no font of ours has, and what no form of ours holds. */
const NAMES = { GLYPH_PENDING: '山田　\u{E000}子', TEXT_TOO_LONG: `山田　${'花'.repeat(200)}` } as const

/** One session on the live stage of somebody whose name cannot be printed. */
export async function glyphOrLength(code: keyof typeof NAMES): Promise<{ end: VisitEnd; paid: number; slip: string; violations: readonly Violation[] }> {
  const who = { ...HANAKO, name: NAMES[code] }
  const databaseUrl = await testDatabaseUrl()
  const database = await connectDatabase({ url: databaseUrl })
  const folder = mkdtempSync(join(tmpdir(), 'torichigae-refusal-'))
  const run = `refusal_${String(process.pid)}_${code.toLowerCase()}`
  const queues = await openQueues({ databaseUrl, run })
  const header = { ...HEADER, world: 'live', clockFactor: 40 } as const
  const setting = settingOf({ people: [who, TARO], press: livePress })
  const logger = createLogger({ destination: new Writable({ write: (_chunk, _encoding, done) => { done() } }) })
  const ends: VisitEnd[] = []
  try {
    const options = { kysely: database.kysely, queues, paper: { drawSheets, readPdf }, logger, run, folder, header, orderings: [] }
    const { events } = await playLive(setting, options, async (stage) => {
      const card = new CardMaker(livePress, HEADER.date).cardOf(who)
      ends.push(await new KioskHall(stage).visit({ purseYen: 10_000 }, visitOf(who, { card })))
    })
    const paid = events.filter(({ type, f }) => type === 'ok' && f === 'pay').length
    const { violations } = judge({ header, events, footer: { footer: true, events: events.length, papers: 0, complete: true, digest: '' } })
    const slip = await readPdf(readFileSync(join(folder, 'kiosks', 'slips', 'shop-1.1.pdf')))
    return { end: ends[0]!, paid, slip: slip.flatMap(({ text }) => text).join('\n'), violations }
  } finally {
    await queues.close()
    await database.close()
    rmSync(folder, { recursive: true })
  }
}
