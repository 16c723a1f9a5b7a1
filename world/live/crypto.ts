import { createPrivateKey, createPublicKey, type KeyObject, randomBytes, sign, verify } from 'node:crypto'
import type { Crypto, KeyMaker, Random } from '../ports.ts'
import { stepNames } from '../step-names.ts'
import type { LiveTask } from './task.ts'

/** What stands before the 32 secret bytes of an Ed25519 key in PKCS #8 (RFC 8410). */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex')

/**
 * Ed25519 by node:crypto; keys are base64 of DER (PKCS #8 and SPKI), signatures base64. Its signatures have no chance in
 * them, so the same key and message always give the same one.
 */
export const createLiveCrypto = (task: LiveTask): Crypto => ({
  sign: (privateKey, message) =>
    task.step(stepNames.sign(task.role), () =>
      sign(null, Buffer.from(message), privateKeyOf(privateKey)).toString('base64'),
    ),
  verify: (publicKey, message, signature) =>
    task.step(stepNames.verify(task.role), () => verified(publicKey, message, signature)),
  nonce: () => randomBytes(24).toString('base64url'),
})

/**
 * Makes the keys of cards from the keyed random stream `card <serial>`, so that a run repeated has the same cards. The
 * people are invented and these keys protect nobody.
 */
export const createKeyMaker =
  (random: Random): KeyMaker =>
  (serial) => {
    const secret = Buffer.from(Array.from({ length: 32 }, () => Math.floor(random.next(`card ${serial}`) * 256)))
    const privateKey = Buffer.concat([PKCS8_PREFIX, secret]).toString('base64')
    const publicKey = createPublicKey(privateKeyOf(privateKey)).export({ format: 'der', type: 'spki' })
    return { publicKey: publicKey.toString('base64'), privateKey }
  }

const privateKeyOf = (base64: string): KeyObject =>
  createPrivateKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'pkcs8' })

/** False for a key or signature that is none: whoever made it up proved nothing. */
function verified(publicKey: string, message: string, signature: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' })
    return verify(null, Buffer.from(message), key, Buffer.from(signature, 'base64'))
  } catch {
    return false
  }
}
