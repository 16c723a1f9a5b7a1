import type { TableDefinition } from '../../../world/ports.ts'
import type { ReplicaLockFactory } from './replica-lock.ts'

/** One row, there to be locked. */
const LOCK: TableDefinition<'residents'> = { name: 'replica.lock' }
const KEY = 'residents'

/**
 * As deployed at Adachi (a reconstruction; confidence medium): the link has the replica to itself for as long as it runs, and a
 * print job waits for its end.
 *
 * Who would have written it: whoever had seen half a household on a paper, and put a lock around what must not be seen half done. It
 * is right as far as it goes. But all who have waited go on at the same moment, and whatever comes next in a print job is then done
 * by several at once, at a site where that had hardly ever happened.
 */
export const wholeRun: ReplicaLockFactory = () => ({
  async during(world, run) {
    await world.database.insert(LOCK, KEY, KEY, 'residents')
    await world.database.transaction('link run', async (tx) => {
      await tx.get(LOCK, KEY)
      await run()
    })
  },
  async pass(world) {
    await world.database.transaction('wait for the link', (tx) => tx.get(LOCK, KEY))
  },
})
