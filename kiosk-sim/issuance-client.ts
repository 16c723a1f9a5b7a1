import { type DocumentAnswer, type Image, type Outcome, Refusal, type RefusalCode, type SessionAnswer } from '../contract/index.ts'
import type { KioskWorld } from '../world/ports.ts'
import type { CardContents } from './card.ts'
import { POLL_MS, WAIT_LIMIT_MS } from './limits.ts'
import type { Visit } from './visit.ts'

/** An application on its way, as the kiosk knows it. */
export interface Underway {
  readonly application: string
  readonly municipality: string
  readonly session: string
}

/** A certificate that has arrived. */
export interface ReadyDocument {
  readonly state: 'ready'
  readonly feeYen: number
  readonly image: Image
}

/** Why it was refused. @throws the error itself where it is no refusal but a mistake */
export function codeOf(error: unknown): RefusalCode {
  if (error instanceof Refusal) return error.code
  throw error
}

/** Signs a challenge with the card and opens a session at the centre, between `invoke` and `ok` or `fail` in the history. @throws Refusal */
export async function authenticate(world: KioskWorld, visit: Visit, contents: CardContents, pin: string): Promise<SessionAnswer> {
  const { kiosk, municipality, card, resident } = visit
  const { face, certificate } = contents
  const begun = world.history.record({ type: 'invoke', f: 'authenticate', kiosk, resident })
  try {
    const { challenge } = await world.network.call('challenge', municipality, { kiosk })
    const signature = await card.sign(world.crypto, pin, challenge)
    const opened = await world.network.call('openSession', municipality, { kiosk, municipality, card: { face, certificate }, challenge, signature })
    world.history.record({ type: 'ok', f: 'authenticate', because: [begun] })
    return opened
  } catch (error) {
    const left = error instanceof Refusal && error.triesLeft !== undefined ? { triesLeft: error.triesLeft } : {}
    world.history.record({ type: 'fail', f: 'authenticate', code: codeOf(error), ...left, because: [begun] })
    throw error
  }
}

/** Sends the application. @throws Refusal */
export async function apply(world: KioskWorld, { application, session }: Underway, visit: Visit): Promise<void> {
  const { kiosk, municipality, resident, wish } = visit
  const begun = world.history.record({ type: 'invoke', f: 'apply', application, kiosk, applicant: resident, municipality, wish })
  try {
    await world.network.call('apply', municipality, { application, session, wish })
    world.history.record({ type: 'ok', f: 'apply', application, because: [begun] })
  } catch (error) {
    world.history.record({ type: 'fail', f: 'apply', application, code: codeOf(error), because: [begun] })
    throw error
  }
}

/**
 * Asks for the document until it is there.
 * @param patienceMs how long the person waits
 * @throws Refusal USER_CANCELLED where the person has had enough, CENTRE_TIMEOUT where the kiosk gives up, and what was answered
 */
export async function awaitDocument(world: KioskWorld, underway: Underway, patienceMs: number): Promise<ReadyDocument> {
  const { clock } = world
  const askedMs = clock.now()
  for (;;) {
    const waitedMs = clock.now() - askedMs
    if (waitedMs >= patienceMs) throw new Refusal('USER_CANCELLED')
    if (waitedMs >= WAIT_LIMIT_MS) throw new Refusal('CENTRE_TIMEOUT')
    const document = await fetchDocument(world, underway)
    if (document.state === 'ready') return document
    await clock.sleep(Math.min(POLL_MS, patienceMs - waitedMs))
  }
}

async function fetchDocument(world: KioskWorld, { application, municipality, session }: Underway): Promise<DocumentAnswer> {
  const begun = world.history.record({ type: 'invoke', f: 'document', application })
  try {
    const document = await world.network.call('fetchDocument', municipality, { application, session })
    const image = document.state === 'ready' ? { digest: document.image.digest, pages: document.image.pages } : {}
    world.history.record({ type: 'ok', f: 'document', application, state: document.state, ...image, because: [begun] })
    return document
  } catch (error) {
    world.history.record({ type: 'fail', f: 'document', application, code: codeOf(error), because: [begun] })
    throw error
  }
}

/**
 * Tells the issuing side how it ended, and once it knows, closes the journal's entry. That it cannot be told changes nothing
 * for the person; the entry stays open, and the next restart tells it.
 */
export async function report(world: KioskWorld, underway: Underway, outcome: Outcome): Promise<void> {
  const { application, municipality, session } = underway
  world.history.record({ type: 'info', f: 'outcome', application, outcome })
  try {
    await world.network.call('reportOutcome', municipality, { application, session, outcome })
  } catch (error) {
    world.log.warn('OUTCOME_NOT_REPORTED', { application, detail: codeOf(error) })
    // An application that the other side never took in has no outcome there.
    if (codeOf(error) !== 'APPLICATION_UNKNOWN') return
  }
  await world.journal.append({ ...underway, state: 'closed', yen: 0 })
}
