import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { HistoryProblem } from '../contract/history-file.ts'
import { type History, type HistoryEvent, type PrintedSheet, TorichigaeError } from '../contract/index.ts'
import { closeReaders, readPdf } from '../world/live/paper/read.ts'

interface Recorded {
  readonly history: History
  readonly problems: readonly HistoryProblem[]
}

/**
 * The history with each print's sheets read anew from the paper itself, `<application>.pdf` in `folder`: what the paper says
 * now, not what was recorded of it.
 * @throws TorichigaeError UNREADABLE_IMAGE
 */
export async function withPapers({ history, problems }: Recorded, folder: string): Promise<Recorded> {
  try {
    const events: HistoryEvent[] = []
    for (const event of history.events) events.push(await reread(event, folder))
    return { history: { ...history, events }, problems }
  } finally {
    await closeReaders()
  }
}

async function reread(event: HistoryEvent, folder: string): Promise<HistoryEvent> {
  if (event.f !== 'print' || event.type !== 'ok' || event.sheets.length === 0) return event
  const file = join(folder, `${event.application}.pdf`)
  const sheets = (await readPdf(bytesOf(file))).map(mutableSheet)
  return { ...event, sheets }
}

const mutableSheet = ({ text, provenance }: PrintedSheet): { text: string[]; provenance?: string } => ({
  text: [...text],
  ...(provenance === undefined ? {} : { provenance }),
})

function bytesOf(file: string): Uint8Array {
  try {
    return readFileSync(file)
  } catch (error) {
    throw new TorichigaeError('UNREADABLE_IMAGE', `${file} is not there`, { cause: error })
  }
}
