import type { TableDefinition, World } from '../../../world/ports.ts'
import { scanSeals } from './scan.ts'
import type { SealDeltaFactory } from './seal-delta.ts'
import { watermarkAtEnd } from './watermark-at-end.ts'

/** The day of the last full copy. */
const COPIED: TableDefinition<string> = { name: 'replica.seals-copied' }
const COPIED_KEY = 'day'

/**
 * Half-fix of K5a: the first run of each day copies the whole register, the others go on as before. What was lost is found
 * in the night; until then it is as lost as ever.
 */
export const nightlyCopy: SealDeltaFactory = () => {
  const delta = watermarkAtEnd()
  return {
    async extract(world, municipality, pageMs) {
      const changed = await delta.extract(world, municipality, pageMs)
      if (!(await isDue(world))) return changed
      return { ...changed, seals: await scanSeals(world, municipality, pageMs) }
    },
  }
}

/** Whether today's copy is still to be made; says so once a day. */
async function isDue(world: World): Promise<boolean> {
  const today = world.clock.today()
  const row = await world.database.get(COPIED, COPIED_KEY)
  if (row === undefined) return world.database.insert(COPIED, COPIED_KEY, COPIED_KEY, today)
  return row.data !== today && world.database.replace(COPIED, row, today)
}
