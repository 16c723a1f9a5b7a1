import type { EventOf } from '../contract/index.ts'

/** One person before one kiosk, from touching the panel to going away. */
export class KioskSession {
  /** Its end, once it was recorded. */
  ended: EventOf<'ok', 'session'> | undefined
  /** Cards that passed with their PIN, in the order of events. */
  readonly authenticated: { readonly asked: EventOf<'invoke', 'authenticate'>; readonly ok: EventOf<'ok', 'authenticate'> }[] = []
  constructor(readonly begun: EventOf<'invoke', 'session'>) {}
}

/**
 * Who stands before which kiosk while the events go by. A kiosk has one session at a time: a new one ends the claim of one
 * whose end was lost in a crash.
 */
export class Sessions {
  private readonly byKiosk = new Map<string, KioskSession>()
  private readonly byProcess = new Map<string, KioskSession>()
  private readonly byInvoke = new Map<number, KioskSession>()
  private readonly authenticating = new Map<string, EventOf<'invoke', 'authenticate'>>()

  begin(event: EventOf<'invoke', 'session'>): void {
    const session = new KioskSession(event)
    this.byKiosk.set(event.kiosk, session)
    this.byProcess.set(event.process, session)
    this.byInvoke.set(event.i, session)
  }

  end(event: EventOf<'ok', 'session'>): void {
    const session = this.byInvoke.get(event.because?.[0] ?? -1) ?? this.byProcess.get(event.process)
    if (session === undefined) return
    session.ended = event
    this.byInvoke.delete(session.begun.i)
  }

  authenticate(event: EventOf<'invoke', 'authenticate'>): void {
    this.authenticating.set(event.process, event)
  }

  authenticated(event: EventOf<'ok', 'authenticate'>): void {
    const asked = this.authenticating.get(event.process)
    if (asked === undefined) return
    this.authenticating.delete(event.process)
    this.byKiosk.get(asked.kiosk)?.authenticated.push({ asked, ok: event })
  }

  refused(event: EventOf<'fail', 'authenticate'>): void {
    this.authenticating.delete(event.process)
  }

  /** The session that is open at the kiosk now. */
  openAt(kiosk: string): KioskSession | undefined {
    const session = this.byKiosk.get(kiosk)
    return session?.ended === undefined ? session : undefined
  }
}
