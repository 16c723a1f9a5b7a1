import { Refusal, type RefusalCode, type SessionAnswer } from '../contract/index.ts'
import { timeWords } from '../world/calendar.ts'
import type { KioskWorld } from '../world/ports.ts'
import type { CardContents } from './card.ts'
import { cancel, print, takeFee } from './hand-over.ts'
import { apply, authenticate, awaitDocument, codeOf, type ReadyDocument, type Underway } from './issuance-client.ts'
import { ATTENDANT_MS, IDLE_LIMIT_MS } from './limits.ts'
import { type Happening, nextScreen, type Screen } from './session-machine.ts'
import { type AtPanel, type Visit, Visitor, waitsForPerson } from './visit.ts'

export type { Visit } from './visit.ts'

/** How the session ended for the person. */
export type SessionEnd =
  /** `left`: it was forgotten in the tray and went into the shop's keeping. */
  | { readonly end: 'paper'; readonly application: string; readonly sheets: number; readonly left?: true }
  | { readonly end: 'refused'; readonly code: RefusalCode }
  /** The printer failed after payment, or the kiosk stopped; a ticket was given. */
  | { readonly end: 'refunded'; readonly application: string; readonly code: RefusalCode }

/**
 * One whole session, from the first touch to the paper taken, every step of it in the history.
 * @param person who stands at the panel; by default somebody who does what the visit says
 */
export function runSession(world: KioskWorld, visit: Visit, person: AtPanel = new Visitor(visit)): Promise<SessionEnd> {
  return new KioskSession(world, visit, person).run()
}

/** On a screen on which nobody does anything, what the kiosk takes that for once its limit has passed. */
const NOBODY: Readonly<Partial<Record<Screen, Happening>>> = {
  municipality: 'left',
  pin: 'left',
  takeCard: 'left',
  cardRefused: 'left',
  paper: 'left',
  refused: 'read',
  cancelled: 'read',
  trouble: 'ticketTaken',
}

class KioskSession {
  private screen: Screen = 'idle'
  private contents: CardContents | undefined
  private opened: SessionAnswer | undefined
  private underway: Underway | undefined
  private document: ReadyDocument | undefined
  private ended: SessionEnd = { end: 'refused', code: 'USER_CANCELLED' }

  constructor(
    private readonly world: KioskWorld,
    private readonly visit: Visit,
    private readonly person: AtPanel,
  ) {}

  async run(): Promise<SessionEnd> {
    const { kiosk, resident, municipality } = this.visit
    const begun = this.world.history.record({ type: 'invoke', f: 'session', kiosk, resident, municipality })
    do {
      this.person.sees(this.screen)
      const happening = waitsForPerson(this.screen) ? await this.ask() : await this.work()
      this.screen = nextScreen(this.screen, happening)
    } while (this.screen !== 'idle')
    this.world.history.record({ type: 'ok', f: 'session', because: [begun] })
    return this.ended
  }

  /** Waits for the person; a screen that nobody touches is given up. */
  private async ask(): Promise<Happening> {
    if (this.screen === 'refused' || this.screen === 'cardRefused') await this.printSlip()
    const decision = await this.person.decide(this.screen)
    // Before the first touch there is nothing that could be given up.
    const idles = decision === 'nothing' || (this.screen !== 'idle' && this.visit.touchMs > IDLE_LIMIT_MS)
    await this.world.clock.sleep(idles ? IDLE_LIMIT_MS : this.visit.touchMs)
    if (!idles) return decision === 'cancel' ? this.cancelled() : this.touched(decision)
    return NOBODY[this.screen] ?? this.cancelled()
  }

  /** What follows from a touch besides the next screen. */
  private async touched(happening: Happening): Promise<Happening> {
    if (this.screen === 'confirm') await this.begin()
    return happening
  }

  private async cancelled(): Promise<Happening> {
    if (this.screen === 'payment') await this.giveUp('USER_CANCELLED')
    // Somebody who gives up after a wrong PIN was refused for that.
    else if (this.screen !== 'pin') this.refuse('USER_CANCELLED')
    return 'cancel'
  }

  /** What the kiosk does by itself on the screens that do not wait for the person. */
  private work(): Promise<Happening> {
    switch (this.screen) {
      case 'reading':
        return this.read()
      case 'checking':
        return this.check()
      case 'waiting':
        return this.waitForDocument()
      case 'paying':
        return this.pay()
      case 'printing':
        return this.print()
      case 'cardLeft':
        return this.alarm('card')
      case 'paperLeft':
        return this.alarm('paper')
      default:
        throw new RangeError(`the kiosk has nothing to do on the screen "${this.screen}"`)
    }
  }

  private read(): Promise<Happening> {
    try {
      const contents = this.visit.card.read()
      if (this.world.clock.today() > contents.expiresOn) throw new Refusal('CARD_EXPIRED')
      this.contents = contents
      return Promise.resolve('read')
    } catch (error) {
      this.refuse(codeOf(error))
      return Promise.resolve('refused')
    }
  }

  private async check(): Promise<Happening> {
    try {
      this.opened = await authenticate(this.world, this.visit, known(this.contents), this.person.nextPin())
      return 'authenticated'
    } catch (error) {
      const code = codeOf(error)
      this.refuse(code)
      return code === 'PIN_WRONG' ? 'pinWrong' : 'refused'
    }
  }

  /** The application gets its id, and the journal its first entry, before anything is sent. */
  private async begin(): Promise<void> {
    const { kiosk, municipality } = this.visit
    const application = this.world.ids.next('application', kiosk)
    this.underway = { application, municipality, session: known(this.opened).session }
    await this.world.journal.append({ ...this.underway, state: 'applied', yen: 0 })
  }

  private async waitForDocument(): Promise<Happening> {
    const underway = known(this.underway)
    try {
      await apply(this.world, underway, this.visit)
      this.document = await awaitDocument(this.world, underway, this.visit.patienceMs ?? Infinity)
      await this.world.printer.prepare(this.document.image)
      return 'arrived'
    } catch (error) {
      const code = codeOf(error)
      await this.giveUp(code)
      return code === 'USER_CANCELLED' ? 'cancel' : code === 'CENTRE_TIMEOUT' ? 'timedOut' : 'refused'
    }
  }

  private async pay(): Promise<Happening> {
    try {
      await takeFee(this.world, known(this.underway), known(this.document).feeYen)
      return 'paid'
    } catch (error) {
      await this.giveUp(codeOf(error))
      return 'moneyShort'
    }
  }

  private async print(): Promise<Happening> {
    const document = known(this.document)
    const { application } = known(this.underway)
    const trouble = await print(this.world, this.visit.kiosk, known(this.underway), document)
    this.ended =
      trouble === undefined
        ? { end: 'paper', application, sheets: document.image.pages }
        : { end: 'refunded', application, code: trouble }
    return trouble === undefined ? 'printed' : 'failed'
  }

  /** An alarm sounds until somebody in the shop presses stop and takes what was forgotten into keeping. */
  private async alarm(about: 'card' | 'paper'): Promise<Happening> {
    const { kiosk } = this.visit
    const sounds = this.world.history.record({ type: 'info', f: 'alarm', kiosk, about, op: 'sounds' })
    if (about === 'card') this.refuse('CARD_LEFT')
    else if (this.ended.end === 'paper') this.ended = { ...this.ended, left: true }
    await this.world.clock.sleep(ATTENDANT_MS)
    this.world.history.record({ type: 'info', f: 'alarm', kiosk, about, op: 'stopped', because: [sounds] })
    return 'stopped'
  }

  /** Whoever was refused takes away in writing why, and goes to the counter with it. */
  private async printSlip(): Promise<void> {
    if (this.ended.end !== 'refused') return
    const { printer, clock } = this.world
    const application = this.underway === undefined ? {} : { application: this.underway.application }
    await printer.slip({ code: this.ended.code, kiosk: this.visit.kiosk, at: timeWords(clock), ...application })
  }

  private async giveUp(code: RefusalCode): Promise<void> {
    this.refuse(code)
    await cancel(this.world, known(this.underway))
  }

  private refuse(code: RefusalCode): void {
    this.ended = { end: 'refused', code }
  }
}

/** What an earlier screen has brought, or the table of screens would be wrong. */
function known<T>(value: T | undefined): T {
  if (value === undefined) throw new RangeError('a screen was reached before the one it follows from')
  return value
}
