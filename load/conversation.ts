import { type AnswerOf, type Image, type OperationName, OPERATIONS, type RequestOf, type Wish } from '../contract/index.ts'
import type { Card } from '../kiosk-sim/card.ts'
import type { Crypto } from '../world/ports.ts'
import type { Asker } from './ownership.ts'

/** Somebody who wants a document, as far as a connection has to know. */
export interface Customer {
  /** Where the document is asked for. */
  readonly municipality: string
  readonly card: Card
  readonly pin: string
  readonly wish: Wish
  readonly asker: Asker
}

/** What a connection of the closed loop needs. */
export interface ConversationOptions {
  /** The kiosk that this connection is. */
  readonly kiosk: string
  /** Signs for cards. */
  readonly crypto: Pick<Crypto, 'sign'>
  /** Who comes next. */
  nextCustomer(): Customer
  /** Told of each document that came, and of when its application was sent and it was there; real milliseconds. */
  onDocument(customer: Customer, image: Image, tookMs: number): void
  onRefused(code: string): void
  /** Told how long somebody had waited for a document that was then refused. */
  onWaitedInVain(tookMs: number): void
  /** Real milliseconds, to measure with. */
  now(): number
}

/** One request of the wire contract. */
export interface WireRequest {
  readonly path: string
  readonly body: string
}

/**
 * One connection's side of the wire contract, a request after the other: a challenge, a session, an application, its document
 * until that is ready, how it ended, and the next customer. It keeps who asked, so that each document can be held against
 * that person.
 *
 * A card signs while a request is on its way, for the load generator asks for the next request the moment an answer is there:
 * the challenge of the next customer is fetched before the outcome of the one before is told. Where there is no outcome to
 * tell, one more challenge is asked for and not used.
 */
export class Conversation {
  private step: 'challenge' | 'signing' | OperationName = 'challenge'
  private customer: Customer
  private challenge = ''
  private signature = ''
  private session = ''
  private applications = 0
  private sentMs = 0
  private unreported: RequestOf<'reportOutcome'> | undefined

  constructor(private readonly options: ConversationOptions) {
    this.customer = options.nextCustomer()
  }

  /** The request to be sent now. */
  next(): WireRequest {
    const { kiosk } = this.options
    const { card, municipality, wish } = this.customer
    switch (this.step) {
      case 'openSession': {
        const { face, certificate } = card.read()
        return wire('openSession', { kiosk, municipality, card: { face, certificate }, challenge: this.challenge, signature: this.signature })
      }
      case 'apply':
        this.sentMs = this.options.now()
        return wire('apply', { application: this.application, session: this.session, wish })
      case 'fetchDocument':
        return wire('fetchDocument', { application: this.application, session: this.session })
      case 'signing':
        return this.unreported === undefined ? wire('challenge', { kiosk }) : wire('reportOutcome', this.unreported)
      default:
        return wire('challenge', { kiosk })
    }
  }

  /** Takes the answer to the request sent last. */
  took(status: number, body: string): void {
    if (this.step === 'signing') {
      // An outcome that is refused leaves a document behind at the issuing side: that is a fault like any other.
      if (status >= 400) this.options.onRefused(codeIn(body))
      this.unreported = undefined
      this.step = 'openSession'
    } else if (status >= 400) this.refused(body)
    else if (this.step === 'challenge') this.sign(answer<'challenge'>(body).challenge)
    else if (this.step === 'openSession') this.opened(answer<'openSession'>(body).session)
    else if (this.step === 'apply') this.step = 'fetchDocument'
    else this.fetched(answer<'fetchDocument'>(body))
  }

  private get application(): string {
    return `application-${this.options.kiosk}-${String(this.applications)}`
  }

  private sign(challenge: string): void {
    const { card, pin } = this.customer
    this.challenge = challenge
    this.step = 'signing'
    card.sign(this.options.crypto, pin, challenge).then(
      (signature) => {
        this.signature = signature
      },
      // An empty signature is refused by the centre, and counted there.
      () => {
        this.signature = ''
      },
    )
  }

  private opened(session: string): void {
    this.session = session
    this.applications += 1
    this.step = 'apply'
  }

  private fetched(document: AnswerOf<'fetchDocument'>): void {
    if (document.state !== 'ready') return
    this.options.onDocument(this.customer, document.image, this.options.now() - this.sentMs)
    this.unreported = { application: this.application, session: this.session, outcome: 'printed' }
    this.nextCustomer()
  }

  /** Whoever was refused after applying has waited too: without them a system would be the faster the more it fails. */
  private refused(body: string): void {
    this.options.onRefused(codeIn(body))
    if (this.step === 'apply' || this.step === 'fetchDocument') this.options.onWaitedInVain(this.options.now() - this.sentMs)
    this.nextCustomer()
  }

  private nextCustomer(): void {
    this.customer = this.options.nextCustomer()
    this.step = 'challenge'
  }
}

const wire = <N extends OperationName>(operation: N, request: RequestOf<N>): WireRequest => ({ path: OPERATIONS[operation].path, body: JSON.stringify(request) })

/** The server is held to the contract by the same table of schemas. */
const answer = <N extends OperationName>(body: string): AnswerOf<N> => JSON.parse(body) as AnswerOf<N>

function codeIn(body: string): string {
  try {
    const { code } = JSON.parse(body) as { code?: unknown }
    return typeof code === 'string' ? code : 'NO_CODE'
  } catch {
    return 'NO_CODE'
  }
}
