import { type DocumentAnswer, type Image, Refusal, type RefusalCode, type SessionAnswer, type Wish } from '../contract/index.ts'
import type { KioskWorld } from '../world/ports.ts'
import type { Card } from './card.ts'
import { type Happening, nextScreen, type Screen } from './session-machine.ts'

/** A person at a kiosk: who, with which card and PIN, wanting what. */
export interface Visit {
  readonly kiosk: string
  readonly municipality: string
  /** The person's key in the register, for the history; the kiosk itself never learns it. */
  readonly resident: string
  readonly card: Card
  readonly pin: string
  readonly wish: Wish
  /** How long the person takes for each touch of the panel. */
  readonly touchMs: number
  /** How long the person waits for the certificate before pressing cancel; forever by default. */
  readonly patienceMs?: number
}

/** How the session ended for the person. */
export type SessionEnd =
  | { readonly end: 'paper'; readonly application: string; readonly sheets: number }
  | { readonly end: 'refused'; readonly code: RefusalCode }
  | { readonly end: 'refunded'; readonly application: string }

/** The kiosk asks again so often while the certificate is being made, and gives up after so long. Both ours. */
const POLL_MS = 3_000
const WAIT_LIMIT_MS = 180_000

/** One whole session, from the first touch to the paper taken, every step of it in the history. */
export function runSession(world: KioskWorld, visit: Visit): Promise<SessionEnd> {
  return new KioskSession(world, visit).run()
}

class KioskSession {
  private screen: Screen = 'idle'
  constructor(
    private readonly world: KioskWorld,
    private readonly visit: Visit,
  ) {}

  async run(): Promise<SessionEnd> {
    const { kiosk, resident, municipality } = this.visit
    const begun = this.world.history.record({ type: 'invoke', f: 'session', kiosk, resident, municipality })
    try {
      const end = await this.certificate()
      this.leave()
      return end
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      this.leave()
      return { end: 'refused', code: error.code }
    } finally {
      this.world.history.record({ type: 'ok', f: 'session', because: [begun] })
    }
  }

  /** @throws Refusal where the session ends in one before money was taken */
  private async certificate(): Promise<SessionEnd> {
    await this.touch('touched', 'administrative', 'agreed', 'placed', 'chosen', 'entered')
    const opened = await this.authenticate()
    await this.touch('authenticated', 'cardTaken', 'chosen', 'chosen', 'chosen')
    const application = await this.apply(opened.session)
    const document = await this.wait(application, opened.session)
    this.move('arrived')
    await this.pay(application, opened.session, document.feeYen)
    return this.print(application, opened.session, document)
  }

  private async authenticate(): Promise<SessionAnswer> {
    const { world, visit } = this
    const { kiosk, municipality, card, pin, resident } = visit
    const begun = world.history.record({ type: 'invoke', f: 'authenticate', kiosk, resident })
    try {
      const { challenge } = await world.network.call('challenge', municipality, { kiosk })
      const signature = await card.sign(world.crypto, pin, challenge)
      const request = { kiosk, municipality, card: { serial: card.serial, face: card.face() }, challenge, signature }
      const opened = await world.network.call('openSession', municipality, request)
      world.history.record({ type: 'ok', f: 'authenticate', because: [begun] })
      return opened
    } catch (error) {
      const code = codeOf(error)
      world.history.record({ type: 'fail', f: 'authenticate', code, because: [begun] })
      this.move(code === 'PIN_WRONG' ? 'pinWrong' : 'refused')
      throw error
    }
  }

  private async apply(session: string): Promise<string> {
    const { world, visit } = this
    const { kiosk, municipality, resident, wish } = visit
    const application = world.ids.next('application', kiosk)
    await world.journal.append({ application, state: 'applied', yen: 0 })
    await this.touch('sent')
    const begun = world.history.record({ type: 'invoke', f: 'apply', application, kiosk, applicant: resident, municipality, wish })
    try {
      await world.network.call('apply', municipality, { application, session, wish })
      world.history.record({ type: 'ok', f: 'apply', application, because: [begun] })
      return application
    } catch (error) {
      world.history.record({ type: 'fail', f: 'apply', application, code: codeOf(error), because: [begun] })
      this.move('refused')
      throw error
    }
  }

  /** Asks for the document until it is there, the person has had enough, or the kiosk gives up. */
  private async wait(application: string, session: string): Promise<ReadyDocument> {
    const { clock } = this.world
    const askedMs = clock.now()
    const patienceMs = this.visit.patienceMs ?? Infinity
    for (;;) {
      const waitedMs = clock.now() - askedMs
      if (waitedMs >= patienceMs) return this.giveUp(application, session, 'cancel', 'USER_CANCELLED')
      if (waitedMs >= WAIT_LIMIT_MS) return this.giveUp(application, session, 'timedOut', 'CENTRE_TIMEOUT')
      const document = await this.fetch(application, session)
      if (document.state === 'ready') return document
      await clock.sleep(Math.min(POLL_MS, patienceMs - waitedMs))
    }
  }

  private async fetch(application: string, session: string): Promise<DocumentAnswer> {
    const { world, visit } = this
    const begun = world.history.record({ type: 'invoke', f: 'document', application })
    try {
      const document = await world.network.call('fetchDocument', visit.municipality, { application, session })
      const image = document.state === 'ready' ? { digest: document.image.digest, pages: document.image.pages } : {}
      world.history.record({ type: 'ok', f: 'document', application, state: document.state, ...image, because: [begun] })
      return document
    } catch (error) {
      const code = codeOf(error)
      world.history.record({ type: 'fail', f: 'document', application, code, because: [begun] })
      if (!(error instanceof Refusal)) throw error
      return this.giveUp(application, session, 'refused', code)
    }
  }

  /** Nothing was taken and nothing is printed: the issuing side is told, so that it keeps nothing either. */
  private async giveUp(application: string, session: string, happening: Happening, code: RefusalCode): Promise<never> {
    this.move(happening)
    await this.report(application, session, 'cancelled')
    await this.world.journal.append({ application, state: 'cancelled', yen: 0 })
    throw new Refusal(code)
  }

  private async pay(application: string, session: string, yen: number): Promise<void> {
    const { world } = this
    const begun = world.history.record({ type: 'invoke', f: 'pay', application, yen })
    try {
      await world.clock.sleep(this.visit.touchMs)
      await world.cash.take(yen)
    } catch (error) {
      const code = codeOf(error)
      world.history.record({ type: 'fail', f: 'pay', application, code, because: [begun] })
      return this.giveUp(application, session, code === 'USER_CANCELLED' ? 'cancel' : 'moneyShort', code)
    }
    world.history.record({ type: 'ok', f: 'pay', application, yen, because: [begun] })
    await world.journal.append({ application, state: 'paid', yen })
    this.move('paid')
  }

  /** Feeds once: the journal says so before, and whatever happens then, nothing is fed again. */
  private async print(application: string, session: string, { image, feeYen }: ReadyDocument): Promise<SessionEnd> {
    const { world, visit } = this
    await world.journal.append({ application, state: 'feeding', yen: feeYen })
    const begun = world.history.record({ type: 'invoke', f: 'print', application, kiosk: visit.kiosk })
    try {
      const sheets = (await world.printer.feed(application, image)).map(({ text, provenance }) => ({
        text: [...text],
        ...(provenance === undefined ? {} : { provenance }),
      }))
      world.history.record({ type: 'ok', f: 'print', application, kiosk: visit.kiosk, sheets, because: [begun] })
    } catch {
      world.history.record({ type: 'fail', f: 'print', application, kiosk: visit.kiosk, sheets: [], because: [begun] })
      this.move('failed')
      await this.refund(application, session, feeYen)
      return { end: 'refunded', application }
    }
    await world.journal.append({ application, state: 'printed', yen: feeYen })
    this.move('printed')
    await this.report(application, session, 'printed')
    await this.touch('paperTaken')
    return { end: 'paper', application, sheets: image.pages }
  }

  private async refund(application: string, session: string, yen: number): Promise<void> {
    const { world } = this
    await world.cash.refund(yen)
    world.history.record({ type: 'info', f: 'refund', application, yen })
    await world.journal.append({ application, state: 'refunded', yen })
    await this.report(application, session, 'paper-unknown')
  }

  /** Tells the issuing side how it ended. That it cannot be told changes nothing for the person. */
  private async report(application: string, session: string, outcome: 'printed' | 'cancelled' | 'paper-unknown'): Promise<void> {
    this.world.history.record({ type: 'info', f: 'outcome', application, outcome })
    try {
      await this.world.network.call('reportOutcome', this.visit.municipality, { application, session, outcome })
    } catch (error) {
      this.world.log.warn('OUTCOME_NOT_REPORTED', { application, detail: codeOf(error) })
    }
  }

  /** What the person does on the panel, a touch after the other. */
  private async touch(...happenings: Happening[]): Promise<void> {
    for (const happening of happenings) {
      await this.world.clock.sleep(this.visit.touchMs)
      this.move(happening)
    }
  }

  /** The person reads why it ended, takes card or ticket, and goes; then the kiosk is idle again. */
  private leave(): void {
    for (const happening of LEAVING[this.screen] ?? []) this.move(happening)
    if (this.screen !== 'idle') throw new RangeError(`a session ended on the screen "${this.screen}"`)
  }

  private move(happening: Happening): void {
    this.screen = nextScreen(this.screen, happening)
  }
}

/** What a person does on a screen that ends a session early. */
const LEAVING: Readonly<Partial<Record<Screen, readonly Happening[]>>> = {
  pin: ['cancel', 'cardTakenAfterCancel'],
  cardRefused: ['cardTaken'],
  refused: ['read'],
  cancelled: ['read'],
  trouble: ['ticketTaken'],
}

interface ReadyDocument {
  readonly state: 'ready'
  readonly feeYen: number
  readonly image: Image
}

const codeOf = (error: unknown): RefusalCode => (error instanceof Refusal ? error.code : 'SERVER_ERROR')
