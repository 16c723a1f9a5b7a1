import type { Schedule } from '../../world/node.ts'
import { APPLICATIONS, end, isOpen } from './applications.ts'

/** Time from one sweep to the next, and how long an application may stay open: well beyond a kiosk's patience. Both ours. */
const EVERY_MS = 900_000
const LIFE_MS = 3_600_000

/** Rows looked at with one reading. */
const PAGE = 100

/**
 * Ends applications whose kiosk has vanished. A kiosk says how an application ended; one that never says so, because its
 * power or its line is gone, must not leave a certificate lying at the issuing server for ever.
 */
export const createSweep = (): Schedule => ({
  words: 'sweep of abandoned applications',
  everyMs: EVERY_MS,
  run: async (world) => {
    for (let after = ''; ; ) {
      const rows = await world.database.range(APPLICATIONS, after, PAGE)
      for (const { key, data } of rows) {
        if (!isOpen(data) || world.clock.now() - data.receivedMs < LIFE_MS) continue
        world.log.warn('APPLICATION_ABANDONED', { application: key })
        await end(world, key, 'cancelled')
      }
      const last = rows.at(-1)
      if (last === undefined || rows.length < PAGE) return
      after = last.key
    }
  },
})
