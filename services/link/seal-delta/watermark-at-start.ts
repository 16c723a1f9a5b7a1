import { readMark } from '../mark.ts'
import { scanSeals } from './scan.ts'
import type { SealDeltaFactory } from './seal-delta.ts'

/**
 * Half-fix of K5a: the watermark is the time at which the run began. What is stamped during a run is then found by the next
 * one; what was stamped before it began, and committed behind its scan, is still lost.
 */
export const watermarkAtStart: SealDeltaFactory = () => ({
  async extract(world, municipality, pageMs) {
    const begunMs = world.clock.now()
    const watermark = await readMark(world, 'seals')
    const seals = await scanSeals(world, municipality, pageMs, watermark.at)
    return { seals, done: () => watermark.moveTo(begunMs) }
  },
})
