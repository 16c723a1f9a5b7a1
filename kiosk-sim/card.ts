import { type CardFace, Refusal, type UserCertificate } from '../contract/index.ts'
import type { Crypto } from '../world/ports.ts'

/** Three misses in a row lock the PIN; it is unlocked at the counter (`domain.md`, section 2). */
const TRIES = 3

export interface CardData {
  /** Absent on a card for which none was set: such cards exist since 2023. */
  readonly pin?: string
  readonly privateKey: string
  readonly face: CardFace
  readonly certificate: UserCertificate
  /** The last day on which the card itself is good. */
  readonly expiresOn: string
  /** The chip is broken. */
  readonly unreadable?: boolean
}

/** What a reader reads off a card before any PIN. */
export interface CardContents {
  readonly face: CardFace
  readonly certificate: UserCertificate
  readonly expiresOn: string
}

/** A person's My Number Card. PIN and key never leave it; the face is rewritten at the counter. */
export interface Card {
  readonly serial: string
  face(): CardFace
  /** @throws Refusal CARD_UNREADABLE */
  read(): CardContents
  /** Signs after the PIN. @throws Refusal PIN_NOT_SET, PIN_LOCKED; PIN_WRONG with the tries that are left */
  sign(crypto: Pick<Crypto, 'sign'>, pin: string, challenge: string): Promise<string>
  /** What the counter does after a change of the register. */
  rewriteFace(face: CardFace): void
}

export function createCard(data: CardData): Card {
  const { pin, privateKey, certificate, expiresOn } = data
  let triesLeft = TRIES
  let present = data.face
  return {
    serial: certificate.serial,
    face: () => present,
    read() {
      if (data.unreadable === true) throw new Refusal('CARD_UNREADABLE')
      return { face: present, certificate, expiresOn }
    },
    async sign(crypto, tried, challenge) {
      if (pin === undefined) throw new Refusal('PIN_NOT_SET')
      if (triesLeft === 0) throw new Refusal('PIN_LOCKED')
      if (tried !== pin) {
        triesLeft -= 1
        throw triesLeft === 0 ? new Refusal('PIN_LOCKED') : new Refusal('PIN_WRONG', triesLeft)
      }
      triesLeft = TRIES
      return crypto.sign(privateKey, challenge)
    },
    rewriteFace: (rewritten) => {
      present = rewritten
    },
  }
}
