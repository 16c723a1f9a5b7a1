import fc from 'fast-check'
import { Value } from 'typebox/value'
import { describe, expect, it } from 'vitest'
import { Id } from '../../../contract/index.ts'
import { KeyedRandom } from '../../../world/keyed-random.ts'
import { createKeyMaker, createLiveCrypto } from '../../../world/live/crypto.ts'
import { createLiveIds } from '../../../world/live/ids.ts'
import { describeCryptoContract } from '../contract/crypto.ts'
import { describeRandomAndIdsContract } from '../contract/random-and-ids.ts'
import { onSkippedClock } from './live-subject.ts'

describeRandomAndIdsContract('the live world', (seed) => {
  const random = new KeyedRandom(seed)
  return onSkippedClock(() => ({ random, ids: createLiveIds() }))
})

describeCryptoContract('the live world', () => ({
  ...onSkippedClock((task) => ({ crypto: createLiveCrypto(task) })),
  makeKeys: createKeyMaker(1),
}))

describe('live ids', () => {
  it('are ids by the contract whatever kind and owner are called (seed 20230327)', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), fc.string({ unit: 'grapheme', maxLength: 80 }), (kind, owner) =>
        Value.Check(Id, createLiveIds().next(kind, owner)),
      ),
      { seed: 20230327 },
    )
  })

  it('stay unique where the owner is too long to be shown whole', () => {
    const owner = 'o'.repeat(64)
    const ids = createLiveIds()

    expect(ids.next('application', owner)).not.toBe(ids.next('application', owner))
  })
})
