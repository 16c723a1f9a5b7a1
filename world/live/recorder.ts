import { closeSync, openSync, writeSync } from 'node:fs'
import { HistoryLines } from '../../contract/history-file.ts'
import type { EventDraft, HistoryEvent, HistoryHeader } from '../../contract/index.ts'
import type { VirtualMs } from '../ports.ts'

/**
 * The history of a live run: every event is appended to its file when it happens, so that whatever ends the run, what was
 * seen until then is on disk. The file is personal data at a vendor's: only its owner may read it.
 */
export class LiveRecorder {
  readonly events: HistoryEvent[] = []
  private readonly lines = new HistoryLines()
  private fd: number | undefined

  /** @param file undefined where the events are kept in memory alone: what recording costs is measured against that */
  constructor(
    file: string | undefined,
    header: HistoryHeader,
    private readonly now: () => VirtualMs,
    /** Told of each event once it is written. */
    private readonly onEvent?: (event: HistoryEvent) => void,
  ) {
    if (file !== undefined) this.fd = openSync(file, 'w', 0o600)
    this.write(() => this.lines.header(header))
  }

  record(process: string, draft: EventDraft): number {
    const i = this.events.length
    // A draft is any event without its envelope; putting the envelope back makes it that event again.
    const event = { i, atMs: this.now(), process, ...draft } as HistoryEvent
    this.events.push(event)
    this.write(() => this.lines.event(event))
    this.onEvent?.(event)
    return i
  }

  /** Writes the footer and closes the file; once. What comes later is not recorded any more. */
  end(complete: boolean): void {
    if (this.fd === undefined) return
    this.write(() => this.lines.footer({ complete }))
    closeSync(this.fd)
    this.fd = undefined
  }

  private write(line: () => string): void {
    if (this.fd !== undefined) writeSync(this.fd, `${line()}\n`)
  }
}
