import { statSync } from 'node:fs'
import type { Journal } from './journal.ts'

/** A loop that nothing turns writes nothing; the slowest single test is far below. */
const SILENT_MS = 120_000

/** Ends the process that writes the journal when it falls silent, and notes its mutant as killed. */
export function endIfSilent(journal: Journal): { stop(): boolean } {
  let ended = false
  const begunMs = Date.now()
  const timer = setInterval(() => {
    const entries = journal.entries()
    const writer = entries.findLast((entry) => 'pid' in entry)
    const last = entries.at(-1)
    const silentMs = Date.now() - (entries.length === 0 ? begunMs : statSync(journal.path).mtimeMs)
    if (writer === undefined || last === undefined || !('on' in last) || silentMs < SILENT_MS) return
    ended = true
    journal.append({ killed: last.on, test: `${last.test} (hung)` })
    process.kill(writer.pid, 'SIGKILL')
  }, 5_000)
  return {
    stop: () => {
      clearInterval(timer)
      return ended
    },
  }
}
