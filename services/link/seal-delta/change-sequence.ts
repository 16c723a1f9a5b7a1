import type { SealRegistration } from '../../../contract/index.ts'
import { BATCH } from '../link.ts'
import { readMark } from '../mark.ts'
import type { SealDeltaFactory } from './seal-delta.ts'

/**
 * Repaired, K5a: a run takes the changes behind the last sequence number it has seen. The numbers are given out in commit
 * order, so nothing can appear behind a run that has passed.
 */
export const changeSequence: SealDeltaFactory = () => ({
  async extract(world, municipality) {
    const mark = await readMark(world, 'seals')
    const seals: SealRegistration[] = []
    let after = mark.at
    for (;;) {
      const { changes } = await world.network.call('sealChanges', municipality, { after, limit: BATCH })
      seals.push(...changes.map(({ seal }) => seal))
      after = changes.at(-1)?.sequence ?? after
      if (changes.length < BATCH) break
    }
    return { seals, done: () => mark.moveTo(after) }
  },
})
