import type { KeyMaker } from '../ports.ts'

/** Keys of the simulated world: one word for both, a keyed hash being all that signing is there. */
export const simulatedKeyPair: KeyMaker = (serial) => ({ publicKey: `key-of-${serial}`, privateKey: `key-of-${serial}` })
