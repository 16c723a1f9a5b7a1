import type { Person, Stage } from '../world/stage.ts'
import { runSession, type SessionEnd, type Visit } from './session.ts'

/**
 * A driver for many kiosks: one person at a time stands before a kiosk, the others queue behind. Sessions begin when it is
 * their turn; `visit` resolves when the person leaves.
 */
export class KioskHall {
  private readonly queues = new Map<string, Promise<unknown>>()
  constructor(private readonly stage: Stage) {}

  visit(person: Person, visit: Visit): Promise<SessionEnd> {
    const before = this.queues.get(visit.kiosk) ?? Promise.resolve()
    const session = before.then(() => runSession(this.stage.kioskWorld(visit.kiosk, person), visit))
    this.queues.set(visit.kiosk, session.catch(() => undefined))
    return session
  }
}
