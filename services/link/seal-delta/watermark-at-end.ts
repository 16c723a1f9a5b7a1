import { readMark } from '../mark.ts'
import { scanSeals } from './scan.ts'
import type { SealDeltaFactory } from './seal-delta.ts'

/**
 * As deployed, K5a (a reconstruction): a run takes every row stamped after the watermark, and the watermark then becomes the
 * time at which the run ended.
 *
 * Who would have written it: whoever wanted the next run to begin exactly where this one stopped, as one does with a log. It
 * looked right because a run of a test register is over in an instant. A run of a real one takes seconds, in which the
 * counter goes on: what is stamped before its end and committed behind its scan is older than the next run's watermark and
 * never extracted.
 */
export const watermarkAtEnd: SealDeltaFactory = () => ({
  async extract(world, municipality, pageMs) {
    const watermark = await readMark(world, 'seals')
    const seals = await scanSeals(world, municipality, pageMs, watermark.at)
    return { seals, done: () => watermark.moveTo(world.clock.now()) }
  },
})
