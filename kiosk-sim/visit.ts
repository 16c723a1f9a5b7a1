import type { Wish } from '../contract/index.ts'
import type { Card } from './card.ts'
import type { CancelScreen, Happening, Screen } from './session-machine.ts'

/** A person at a kiosk: who, with which card and PIN, wanting what, and behaving how. */
export interface Visit {
  readonly kiosk: string
  readonly municipality: string
  /** The person's key in the register, for the history; the kiosk itself never learns it. */
  readonly resident: string
  readonly card: Card
  /** What the person enters; several are tried one after another. */
  readonly pin: string | readonly string[]
  readonly wish: Wish
  /** How long the person takes for each touch of the panel. */
  readonly touchMs: number
  /** How long the person waits for the certificate before pressing cancel; forever by default. */
  readonly patienceMs?: number
  /** The screen on which the person presses cancel; on none by default. */
  readonly cancelsAt?: CancelScreen
  /** The screen on which the person walks away, leaving card or paper where it is; none by default. */
  readonly walksAwayAt?: Exclude<Screen, 'idle'>
}

/** Whoever stands at the panel, as the kiosk sees it: a script's visitor, or somebody who is asked. */
export interface AtPanel {
  /** A screen comes up, be it one that waits for the person or not. */
  sees(screen: Screen): void
  /** What the person does on a screen that waits for it. */
  decide(screen: Screen): Decision | Promise<Decision>
  /** The next PIN the person enters. */
  nextPin(): string
}

/** What a person does on a screen, or that nobody is there any more. */
export type Decision = Happening | 'nothing'

/** On each screen that waits for the person, what leads on to the certificate. */
const FORWARD: Readonly<Partial<Record<Screen, Happening>>> = {
  idle: 'touched',
  services: 'administrative',
  consent: 'agreed',
  card: 'placed',
  municipality: 'chosen',
  pin: 'entered',
  takeCard: 'cardTaken',
  type: 'chosen',
  persons: 'chosen',
  copies: 'chosen',
  confirm: 'sent',
  payment: 'moneyIn',
  paper: 'paperTaken',
  cardRefused: 'cardTaken',
  refused: 'read',
  cancelled: 'read',
  trouble: 'ticketTaken',
}

/** Whether the kiosk waits for the person on this screen; on the others it works by itself. */
export const waitsForPerson = (screen: Screen): boolean => FORWARD[screen] !== undefined

/** The visitor of a script, who remembers what was done. */
export class Visitor implements AtPanel {
  private readonly pins: string[]
  private gone = false
  /** Has pressed cancel, and only wants the card back. */
  private cancelling = false

  constructor(private readonly visit: Visit) {
    this.pins = typeof visit.pin === 'string' ? [visit.pin] : [...visit.pin]
  }

  sees(screen: Screen): void {
    if (screen === this.visit.walksAwayAt) this.gone = true
  }

  decide(screen: Screen): Decision {
    if (this.gone) return 'nothing'
    if (screen === 'takeCard' && this.cancelling) return 'cardTakenAfterCancel'
    if (screen === this.visit.cancelsAt || (screen === 'pin' && this.pins.length === 0)) {
      this.cancelling = true
      return 'cancel'
    }
    return FORWARD[screen] ?? 'nothing'
  }

  nextPin(): string {
    return this.pins.shift() ?? ''
  }
}
