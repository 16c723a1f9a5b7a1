import type { Schedule } from '../../world/node.ts'
import { recordedRun } from './link.ts'
import type { SealApply } from './seal-apply/seal-apply.ts'
import type { SealDelta } from './seal-delta/seal-delta.ts'

/** When the seal link runs, and how long what it does takes. All of it is ours: nothing was published. */
export interface SealLinkTiming {
  readonly everyMs: number
  /** Pause after each page of a scan, so that the counter's terminals are not slowed. */
  readonly pageMs: number
  /** From the extract at the register to its arrival at the issuing system. */
  readonly transferMs: number
}

/** The link from seal register to replica: extracts what has changed, transfers it, and applies it there. */
export const createSealLink = (municipality: string, { everyMs, pageMs, transferMs }: SealLinkTiming, delta: SealDelta, apply: SealApply): Schedule => ({
  words: 'seal link run',
  everyMs,
  run: (world) =>
    recordedRun(world, municipality, 'seals', async () => {
      const extract = await delta.extract(world, municipality, pageMs)
      if (transferMs > 0) await world.clock.sleep(transferMs)
      for (const seal of extract.seals) await apply(world, municipality, seal)
      await extract.done()
    }),
})
