import { type CardFace, Refusal } from '../contract/index.ts'
import type { Crypto } from '../world/ports.ts'

/** Three misses in a row lock the PIN; it is unlocked at the counter (`domain.md`, section 2). */
const TRIES = 3

export interface CardData {
  readonly serial: string
  readonly pin: string
  readonly privateKey: string
  readonly face: CardFace
}

/** A person's My Number Card. PIN and key never leave it; the face is rewritten at the counter. */
export interface Card {
  readonly serial: string
  face(): CardFace
  /** Signs after the PIN. @throws Refusal PIN_WRONG, PIN_LOCKED */
  sign(crypto: Crypto, pin: string, challenge: string): Promise<string>
  /** What the counter does after a change of the register. */
  rewriteFace(face: CardFace): void
}

export function createCard({ serial, pin, privateKey, face }: CardData): Card {
  let triesLeft = TRIES
  let present = face
  return {
    serial,
    face: () => present,
    async sign(crypto, tried, challenge) {
      if (triesLeft === 0) throw new Refusal('PIN_LOCKED')
      if (tried !== pin) {
        triesLeft -= 1
        throw new Refusal(triesLeft === 0 ? 'PIN_LOCKED' : 'PIN_WRONG')
      }
      triesLeft = TRIES
      return crypto.sign(privateKey, challenge)
    },
    rewriteFace: (rewritten) => {
      present = rewritten
    },
  }
}
