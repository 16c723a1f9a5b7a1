import type { EventDraft, HistoryEvent } from '../../contract/index.ts'
import type { VirtualMs } from '../ports.ts'
import { type Registered, registeredEvents } from '../stage.ts'

/** The events of one simulated run, in memory. */
export class SimulatedRecorder {
  readonly events: HistoryEvent[] = []

  constructor(registered: Registered, atMs: VirtualMs) {
    for (const event of registeredEvents(registered)) this.add('register', atMs, event)
  }

  add(process: string, atMs: VirtualMs, draft: EventDraft): number {
    const i = this.events.length
    // A draft is any event without its envelope; putting the envelope back makes it that event again.
    this.events.push({ i, atMs, process, ...draft })
    return i
  }
}
