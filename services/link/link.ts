import type { RegisterName, Resident } from '../../contract/index.ts'
import type { Schedule } from '../../world/node.ts'
import type { World } from '../../world/ports.ts'
import { readMark } from './mark.ts'
import type { ReplicaLock } from './replica-lock/replica-lock.ts'
import { copyInto, REPLICA } from './replica.ts'

/** Changes fetched at once. */
export const BATCH = 100

/** When the link of the resident register runs. */
export interface ResidentLinkTiming {
  /** From one run to the next. */
  readonly everyMs: number
  /** How long a run takes besides: the resident system is slow to answer. Left out, no time. */
  readonly takesMs?: number
}

/**
 * The link from register to replica: every `everyMs` it fetches what has changed since the last run, in commit order, and
 * applies it. Between two runs the replica is late, by design.
 */
export const createLink = (municipality: string, { everyMs, takesMs = 0 }: ResidentLinkTiming, lock: ReplicaLock): Schedule => ({
  words: 'link run',
  everyMs,
  run: (world) => recordedRun(world, municipality, 'residents', () => lock.during(world, () => carryOver(world, municipality, takesMs))),
})


/** A run of a link between its `invoke` and its `ok` or `fail` in the history. */
export async function recordedRun(world: World, municipality: string, register: RegisterName, run: () => Promise<void>): Promise<void> {
  const begun = world.history.record({ type: 'invoke', f: 'link', municipality, register })
  try {
    await run()
    world.history.record({ type: 'ok', f: 'link', municipality, register, because: [begun] })
  } catch (error) {
    world.history.record({ type: 'fail', f: 'link', municipality, register, because: [begun] })
    throw error
  }
}

/** Fetches and applies until nothing is left. */
async function carryOver(world: World, municipality: string, takesMs: number): Promise<void> {
  if (takesMs > 0) await world.clock.sleep(takesMs)
  const mark = await readMark(world, 'residents')
  let after = mark.at
  for (;;) {
    const { changes } = await world.network.call('changes', municipality, { after, limit: BATCH })
    for (const { sequence, resident } of changes) {
      await applyChange(world, municipality, resident)
      after = sequence
    }
    if (changes.length < BATCH) break
  }
  await mark.moveTo(after)
}

/** Puts a resident's state into the replica unless that has the same or a newer version. */
const applyChange = (world: World, municipality: string, record: Resident): Promise<number> =>
  copyInto(
    world,
    { register: 'residents', table: REPLICA, municipality, resident: record.id, group: record.household, record },
    ({ version }) => version >= record.version,
  )
