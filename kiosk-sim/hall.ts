import { type Person, type Stage, untilCrash } from '../world/stage.ts'
import { type Recovered, restartKiosk } from './restart.ts'
import { runSession, type SessionEnd, type Visit } from './session.ts'

/** How a visit ended: as its session did, or with the kiosk stopping under it. */
export type VisitEnd = SessionEnd | { readonly end: 'power-failed'; readonly recovered: readonly Recovered[] }

/** Whoever looks after a kiosk that starts carries no money. */
const NOBODY: Person = { purseYen: 0 }

/**
 * A driver for many kiosks: one person at a time stands before a kiosk, the others queue behind. Sessions begin when it is
 * their turn; `visit` resolves when the person leaves. A kiosk that stops under a person starts again and brings its journal
 * in order before the next one comes.
 */
export class KioskHall {
  private readonly queues = new Map<string, Promise<unknown>>()
  /** Up to which of a kiosk's crashes its journal has been brought in order. */
  private readonly settled = new Map<string, number>()
  constructor(private readonly stage: Pick<Stage, 'kioskWorld' | 'onCrash' | 'crashes'>) {}

  visit(person: Person, visit: Visit): Promise<VisitEnd> {
    const before = this.queues.get(visit.kiosk) ?? Promise.resolve()
    const session = before.then(() => this.stand(person, visit))
    this.queues.set(visit.kiosk, session.catch(() => undefined))
    return session
  }

  private async stand(person: Person, visit: Visit): Promise<VisitEnd> {
    const { kiosk } = visit
    // It may have stopped while nobody stood there.
    await this.restart(kiosk)
    const end = await untilCrash(this.stage, kiosk, () => runSession(this.stage.kioskWorld(kiosk, person), visit))
    if (end !== 'crashed') return end
    return { end: 'power-failed', recovered: await this.restart(kiosk) }
  }

  /** Brings the journal in order if the kiosk has crashed since that was done. It can be broken off by another crash, and begins anew then. */
  private async restart(kiosk: string): Promise<readonly Recovered[]> {
    const recovered: Recovered[] = []
    for (;;) {
      const crashes = this.stage.crashes(kiosk)
      if (crashes === (this.settled.get(kiosk) ?? 0)) return recovered
      const done = await untilCrash(this.stage, kiosk, () => restartKiosk(this.stage.kioskWorld(kiosk, NOBODY)))
      if (done === 'crashed') continue
      recovered.push(...done)
      this.settled.set(kiosk, crashes)
    }
  }
}
