import type { Resident } from '../../contract/index.ts'
import type { Schedule } from '../../world/node.ts'
import type { TableDefinition, World } from '../../world/ports.ts'
import { REPLICA } from './replica.ts'

/** How far the link has carried the register's changes over. */
const CURSOR: TableDefinition<number> = { name: 'replica.cursor' }
const CURSOR_KEY = 'changes'

/** Changes fetched at once. */
const BATCH = 100

/**
 * The link from register to replica: every `everyMs` it fetches what has changed since the last run, in commit order, and
 * applies it. Between two runs the replica is late, by design.
 */
export function createLink(municipality: string, everyMs: number): Schedule {
  return {
    words: 'link run',
    everyMs,
    async run(world) {
      const begun = world.history.record({ type: 'invoke', f: 'link', municipality })
      try {
        const sequence = await carryOver(world, municipality)
        world.history.record({ type: 'ok', f: 'link', municipality, sequence, because: [begun] })
      } catch (error) {
        world.history.record({ type: 'fail', f: 'link', municipality, because: [begun] })
        throw error
      }
    },
  }
}

/** Fetches and applies until nothing is left; gives the last sequence applied. */
async function carryOver(world: World, municipality: string): Promise<number> {
  const cursor = await world.database.get(CURSOR, CURSOR_KEY)
  let after = cursor?.data ?? 0
  for (;;) {
    const { changes } = await world.network.call('changes', municipality, { after, limit: BATCH })
    for (const { sequence, resident } of changes) {
      await applyChange(world, municipality, resident)
      after = sequence
    }
    if (changes.length < BATCH) break
  }
  if (cursor === undefined) await world.database.insert(CURSOR, CURSOR_KEY, 'cursor', after)
  else if (after > cursor.data) await world.database.replace(CURSOR, cursor, after)
  return after
}

/** Puts a resident's state into the replica unless that has the same or a newer version. */
async function applyChange(world: World, municipality: string, resident: Resident): Promise<void> {
  for (;;) {
    const row = await world.database.get(REPLICA, resident.id)
    if (row !== undefined && row.data.version >= resident.version) return
    // The household is what the replica lists by, so a change of household has to move the row to its new group.
    const done =
      row === undefined
        ? await world.database.insert(REPLICA, resident.id, resident.household, resident)
        : await world.database.replace(REPLICA, { ...row, group: resident.household }, resident)
    if (!done) continue
    world.history.record({ type: 'info', f: 'replica', municipality, resident: resident.id, version: resident.version })
    return
  }
}
