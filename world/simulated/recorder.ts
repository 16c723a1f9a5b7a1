import type { EventDraft, HistoryEvent, Resident } from '../../contract/index.ts'
import type { VirtualMs } from '../ports.ts'

/** The events of one simulated run, in memory. */
export class SimulatedRecorder {
  readonly events: HistoryEvent[] = []

  constructor(registered: readonly Resident[], atMs: VirtualMs) {
    for (const resident of registered) this.add('register', atMs, { type: 'info', f: 'registered', resident })
  }

  add(process: string, atMs: VirtualMs, draft: EventDraft): number {
    const i = this.events.length
    // A draft is any event without its envelope; putting the envelope back makes it that event again.
    this.events.push({ i, atMs, process, ...draft })
    return i
  }
}
