import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { HistoryLines } from '../contract/history-file.ts'
import { type History, TorichigaeError } from '../contract/index.ts'

/** The lines of a history as a file holds them, footer with digest last. */
export function historyText({ header, events, footer }: History): string {
  const lines = new HistoryLines()
  const written = [lines.header(header), ...events.map((event) => lines.event(event))]
  written.push(lines.footer({ complete: footer?.complete === true }))
  return `${written.join('\n')}\n`
}

/** Saves a history so that only its owner can read it. @throws TorichigaeError OUT_NOT_WRITABLE */
export function saveHistory(file: string, history: History): void {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    writeFileSync(file, historyText(history), { mode: 0o600 })
  } catch (error) {
    throw new TorichigaeError('OUT_NOT_WRITABLE', file, { cause: error })
  }
}
