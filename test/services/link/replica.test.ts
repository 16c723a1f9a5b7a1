import { describe, expect, it } from 'vitest'
import { copyInto, SEAL_REPLICA } from '../../../services/link/replica.ts'
import { newerOnly } from '../../../services/link/seal-apply/newer-only.ts'
import type { World } from '../../../world/ports.ts'
import { HANAKO, sealOf } from '../../oracle/history-builder.ts'
import { replaced } from '../replaced.ts'
import { CODE, eventsOf, ISSUING_NODE, runSmall } from '../small-system.ts'

const older = sealOf(HANAKO, { version: 2 })
const newer = sealOf(HANAKO, { version: 3 })

/** Copies the newer registration while another writer gets in before it, once. */
const overtaken = (seals: readonly (typeof older)[]) =>
  runSmall({ seals }, async ({ stage }) => {
    const world = stage.world(ISSUING_NODE)
    let first = true
    const before = async (): Promise<void> => {
      if (!first) return
      first = false
      const row = await world.database.get(SEAL_REPLICA, HANAKO.id)
      if (row === undefined) await world.database.insert(SEAL_REPLICA, HANAKO.id, HANAKO.id, older)
      else await world.database.replace(SEAL_REPLICA, row, older)
    }
    const database = replaced(world.database, {
      insert: async (...call: Parameters<World['database']['insert']>) => {
        await before()
        return world.database.insert(...call)
      },
      replace: async (...call: Parameters<World['database']['replace']>) => {
        await before()
        return world.database.replace(...call)
      },
    })
    const place = { register: 'seals', table: SEAL_REPLICA, municipality: CODE, resident: HANAKO.id, group: HANAKO.id, record: newer } as const
    const version = await copyInto(replaced(world, { database }), place, (present) => present.version >= newer.version)
    return { version, row: (await world.database.get(SEAL_REPLICA, HANAKO.id))?.data }
  })

describe('a copy into a replica', () => {
  it.each([
    ['a row that was free', []],
    ['a row that was there', [sealOf(HANAKO)]],
  ])('is written, and told once, though another writer was faster at %s', async (_, seals) => {
    const { result, events } = await overtaken(seals)

    expect(result).toEqual({ version: 3, row: newer })
    expect(eventsOf(events, 'info', 'replica').map(({ version }) => version)).toEqual([3])
  })
})

describe('a seal registration (newer-only)', () => {
  it('that is there already is not written again', async () => {
    const { result, events } = await runSmall({ seals: [older] }, async ({ stage }) => {
      const world = stage.world(ISSUING_NODE)
      const apply = newerOnly()
      return [await apply(world, CODE, older), await apply(world, CODE, newer), await apply(world, CODE, newer), await apply(world, CODE, older)]
    })

    expect(result).toEqual([2, 3, 3, 3])
    expect(eventsOf(events, 'info', 'replica').map(({ version }) => version)).toEqual([3])
  })
})
