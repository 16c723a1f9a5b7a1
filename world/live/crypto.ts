import { createPrivateKey, createPublicKey, type KeyObject, randomBytes, sign, verify } from 'node:crypto'
import { keyedStream } from '../keyed-random.ts'
import type { CardPress, Crypto, KeyMaker, Signer } from '../ports.ts'
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
      liveSignature(privateKey, message),
    ),
  verify: (publicKey, message, signature) =>
    task.step(stepNames.verify(task.role), () => verified(publicKey, message, signature)),
  nonce: () => randomBytes(24).toString('base64url'),
})

/**
 * Makes the keys of cards, each from the random stream `card <serial>` of the seed, so that a run repeated, and another
 * process, has the same cards. The people are invented and these keys protect nobody.
 */
export const createKeyMaker =
  (seed: number): KeyMaker =>
  (serial) => {
    const stream = keyedStream(seed, `card ${serial}`)
    const secret = Buffer.from(Array.from({ length: 32 }, () => Math.floor(stream() * 256)))
    const privateKey = Buffer.concat([PKCS8_PREFIX, secret]).toString('base64')
    const publicKey = createPublicKey(privateKeyOf(privateKey)).export({ format: 'der', type: 'spki' })
    return { publicKey: publicKey.toString('base64'), privateKey }
  }

/** An Ed25519 signature, base64. */
export const liveSignature: Signer = (privateKey, message) => sign(null, Buffer.from(message), privateKeyOf(privateKey)).toString('base64')

/** What the cards of a live run are made with. */
export const createCardPress = (seed: number): CardPress => ({ makeKeys: createKeyMaker(seed), sign: liveSignature })

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
