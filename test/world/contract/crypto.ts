import { describe, expect, it } from 'vitest'
import type { KeyMaker } from '../../../world/ports.ts'
import { runIn, type Subject } from './subject.ts'

export interface CryptoSubject extends Subject {
  /** Makes keys as the cards of this world have them. */
  readonly makeKeys: KeyMaker
}

/** What every `Crypto` has to do. */
export function describeCryptoContract(name: string, makeSubject: () => CryptoSubject | Promise<CryptoSubject>): void {
  describe(`the signatures of ${name}`, () => {
    it('are verified by the card they were made with', async () => {
      const subject = await makeSubject()
      const { publicKey, privateKey } = subject.makeKeys('card-1')
      await runIn(subject, async ({ crypto }) => {
        const signature = await crypto.sign(privateKey, 'challenge 1')
        expect(await crypto.verify(publicKey, 'challenge 1', signature)).toBe(true)
      })
    })

    it('do not stand for another message', async () => {
      const subject = await makeSubject()
      const { publicKey, privateKey } = subject.makeKeys('card-1')
      await runIn(subject, async ({ crypto }) => {
        const signature = await crypto.sign(privateKey, 'challenge 1')
        expect(await crypto.verify(publicKey, 'challenge 2', signature)).toBe(false)
      })
    })

    it('do not stand for another card', async () => {
      const subject = await makeSubject()
      const [mine, other] = [subject.makeKeys('card-1'), subject.makeKeys('card-2')]
      await runIn(subject, async ({ crypto }) => {
        const signature = await crypto.sign(mine.privateKey, 'challenge 1')
        expect(await crypto.verify(other.publicKey, 'challenge 1', signature)).toBe(false)
      })
    })

    it.each(['', 'no signature', 'AAAA', 'あ'])('are not made up: "%s" is refused', async (forged) => {
      const subject = await makeSubject()
      const { publicKey } = subject.makeKeys('card-1')
      await runIn(subject, async ({ crypto }) => {
        expect(await crypto.verify(publicKey, 'challenge 1', forged)).toBe(false)
      })
    })

    it('fit the contract and are the same each time', async () => {
      const subject = await makeSubject()
      const { privateKey } = subject.makeKeys('card-1')
      await runIn(subject, async ({ crypto }) => {
        const signature = await crypto.sign(privateKey, 'challenge 1')
        expect(signature.length).toBeGreaterThan(0)
        expect(signature.length).toBeLessThanOrEqual(512)
        expect(await crypto.sign(privateKey, 'challenge 1')).toBe(signature)
      })
    })

    it('come from keys that belong to the card, again and again', async () => {
      const subject = await makeSubject()
      expect(subject.makeKeys('card-1')).toEqual(subject.makeKeys('card-1'))
      expect(subject.makeKeys('card-1')).not.toEqual(subject.makeKeys('card-2'))
      await subject.close()
    })
  })

  describe(`the nonces of ${name}`, () => {
    it('never come twice', async () => {
      await runIn(await makeSubject(), ({ crypto }) => {
        const nonces = Array.from({ length: 500 }, (_, n) => crypto.nonce(n % 2 === 0 ? 'shop-1' : 'shop-2'))
        expect(new Set(nonces).size).toBe(nonces.length)
        return Promise.resolve()
      })
    })
  })
}
