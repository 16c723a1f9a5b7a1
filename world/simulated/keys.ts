import { textHash } from '../hash.ts'
import type { CardPress, KeyMaker, Signer } from '../ports.ts'

/** Keys of the simulated world: one word for both, a keyed hash being all that signing is there. */
export const simulatedKeyPair: KeyMaker = (serial) => ({ publicKey: `key-of-${serial}`, privateKey: `key-of-${serial}` })

/** The keyed hash that stands for a signature; who verifies has the same key. */
export const simulatedSignature: Signer = (key, message) => textHash(`${key}\n${message}`)

export const simulatedPress: CardPress = { makeKeys: simulatedKeyPair, sign: simulatedSignature }
