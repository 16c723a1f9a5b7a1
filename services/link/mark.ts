import type { TableDefinition, World } from '../../world/ports.ts'

/** How far a link has carried a register over; what the number means is the link's own. */
export interface Mark {
  /** 0 before the first run. */
  readonly at: number
  /** Moves on; back it never goes. */
  moveTo(at: number): Promise<void>
}

const MARKS: TableDefinition<number> = { name: 'replica.marks' }

/** The mark of one link, as it stands in the issuing system's database. */
export async function readMark(world: World, link: string): Promise<Mark> {
  const row = await world.database.get(MARKS, link)
  return {
    at: row?.data ?? 0,
    async moveTo(at) {
      if (row === undefined) await world.database.insert(MARKS, link, 'marks', at)
      else if (at > row.data) await world.database.replace(MARKS, row, at)
    },
  }
}
