import type { HistoryEvent } from '../contract/index.ts'

/** What of a session is measured, in the order in which a person lives through it. */
export const PHASES = ['authenticate', 'applyToDocument', 'payToPaper', 'session'] as const
export type Phase = (typeof PHASES)[number]

/** One session of a history in times; scenario milliseconds. */
export interface SessionTimes {
  readonly kiosk: string
  readonly beganMs: number
  /** How long each phase took, as far as there was one and it came to its end. */
  readonly tookMs: ReadonlyMap<Phase, number>
  /**
   * The certificate never came: the kiosk gave up, or was told that somebody had. `applyToDocument` is then how long the
   * person had waited: leaving those out would make a system the faster the more people it fails.
   */
  readonly gaveUp: boolean
}

/** What the kiosk is told where a server waited in vain; any other refusal is an answer. */
const WAITED_IN_VAIN: ReadonlySet<string> = new Set(['CENTRE_TIMEOUT', 'SERVER_TIMEOUT'])

/**
 * The times of all sessions, in the order in which they began.
 *
 * - `authenticate`: from putting the card down, PIN entered, to its acceptance (`invoke` to `ok` of that name)
 * - `applyToDocument`: from sending the application to having the certificate (`invoke apply` to `ok document`, `ready`)
 * - `payToPaper`: from the screen that asks for the fee to the last sheet in the tray (`invoke pay` to `ok print`)
 * - `session`: from stepping up to the kiosk to going away (`invoke` to `ok` of that name)
 */
export function sessionTimes(events: Iterable<HistoryEvent>): readonly SessionTimes[] {
  const sessions: Timing[] = []
  const byProcess = new Map<string, Timing>()
  for (const event of events) {
    if (event.type === 'invoke' && event.f === 'session') {
      const begun = new Timing(event.kiosk, event.atMs)
      byProcess.set(event.process, begun)
      sessions.push(begun)
    }
    byProcess.get(event.process)?.take(event)
  }
  return sessions
}

/** One session as its kiosk's events go by. */
class Timing implements SessionTimes {
  readonly tookMs = new Map<Phase, number>()
  gaveUp = false
  private readonly openMs = new Map<Phase, number>()

  constructor(
    readonly kiosk: string,
    readonly beganMs: number,
  ) {}

  take(event: HistoryEvent): void {
    const { type, f, atMs } = event
    if (type === 'invoke') this.open(OPENS[f], atMs)
    else if (f === 'document') this.document(event)
    else if (type === 'info' && f === 'outcome') this.cancelled(event.outcome === 'cancelled', atMs)
    else if (type === 'ok') this.close(CLOSES[f], atMs)
    else if (type === 'fail' && f === 'apply') this.cancelled(WAITED_IN_VAIN.has(event.code), atMs)
    // A jam or a refused card is no latency of anything that was wanted.
    else if (type === 'fail') this.drop(CLOSES[f] ?? OPENS[f])
  }

  private document(event: HistoryEvent & { f: 'document' }): void {
    if (event.type === 'ok' && event.state === 'ready') this.close('applyToDocument', event.atMs)
    else if (event.type === 'fail') this.cancelled(WAITED_IN_VAIN.has(event.code), event.atMs)
  }

  private cancelled(inVain: boolean, atMs: number): void {
    if (inVain && this.openMs.has('applyToDocument')) {
      this.gaveUp = true
      this.close('applyToDocument', atMs)
    } else this.drop('applyToDocument')
  }

  private open(phase: Phase | undefined, atMs: number): void {
    if (phase !== undefined) this.openMs.set(phase, atMs)
  }

  private drop(phase: Phase | undefined): void {
    if (phase !== undefined) this.openMs.delete(phase)
  }

  private close(phase: Phase | undefined, atMs: number): void {
    const openedMs = phase === undefined ? undefined : this.openMs.get(phase)
    if (phase === undefined || openedMs === undefined) return
    this.tookMs.set(phase, atMs - openedMs)
    this.openMs.delete(phase)
  }
}

const OPENS: Readonly<Partial<Record<HistoryEvent['f'], Phase>>> = { session: 'session', authenticate: 'authenticate', apply: 'applyToDocument', pay: 'payToPaper' }
const CLOSES: Readonly<Partial<Record<HistoryEvent['f'], Phase>>> = { session: 'session', authenticate: 'authenticate', print: 'payToPaper' }
