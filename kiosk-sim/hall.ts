import type { Person, Stage } from '../world/stage.ts'
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
  private readonly crashes = new Map<string, Promise<'crashed'>>()
  constructor(private readonly stage: Pick<Stage, 'kioskWorld' | 'crashed'>) {}

  visit(person: Person, visit: Visit): Promise<VisitEnd> {
    const before = this.queues.get(visit.kiosk) ?? Promise.resolve()
    const session = before.then(() => this.stand(person, visit))
    this.queues.set(visit.kiosk, session.catch(() => undefined))
    return session
  }

  private async stand(person: Person, visit: Visit): Promise<VisitEnd> {
    const { kiosk } = visit
    const end = await Promise.race([runSession(this.stage.kioskWorld(kiosk, person), visit), this.crash(kiosk)])
    if (end !== 'crashed') return end
    return { end: 'power-failed', recovered: await this.restart(kiosk) }
  }

  /** Starting can be broken off by another stop, and begins anew then. */
  private async restart(kiosk: string): Promise<readonly Recovered[]> {
    const recovered: Recovered[] = []
    for (;;) {
      this.crashes.delete(kiosk)
      const done = await Promise.race([restartKiosk(this.stage.kioskWorld(kiosk, NOBODY)), this.crash(kiosk)])
      if (done !== 'crashed') return [...recovered, ...done]
    }
  }

  /** One promise a kiosk until it stops, so that sessions which went well leave nothing behind. */
  private crash(kiosk: string): Promise<'crashed'> {
    const known = this.crashes.get(kiosk)
    if (known !== undefined) return known
    const crash = this.stage.crashed(kiosk).then(() => 'crashed' as const)
    this.crashes.set(kiosk, crash)
    return crash
  }
}
