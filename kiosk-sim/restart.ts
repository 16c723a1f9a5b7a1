import type { Outcome, RefusalCode } from '../contract/index.ts'
import type { JournalEntry, KioskWorld } from '../world/ports.ts'
import { cancel, refund } from './hand-over.ts'
import { report } from './issuance-client.ts'

/** What a kiosk did for somebody who stood there when it stopped. */
export interface Recovered {
  readonly application: string
  /** `paper-unknown`: it may have been printed, and a refund ticket was given; nothing is ever printed again. */
  readonly as: 'printed' | 'refunded' | 'cancelled' | 'paper-unknown'
}

/**
 * What a kiosk does when it starts: it reads its journal and brings every open entry to its end (`incidents.md`, PAID).
 * Feeding may have been over or not, so that is PAPER_UNKNOWN: a ticket, never a reprint. Money that the cash box holds
 * without a sheet having moved is refunded. Can be broken off anywhere by another restart and begun anew.
 */
export async function restartKiosk(world: KioskWorld): Promise<readonly Recovered[]> {
  const recovered: Recovered[] = []
  for (const story of openStories(await world.journal.entries())) recovered.push(await settle(world, story))
  return recovered
}

/** Entries by application, of those that are not closed. */
function openStories(entries: readonly JournalEntry[]): readonly JournalEntry[][] {
  const stories = new Map<string, JournalEntry[]>()
  for (const entry of entries) {
    if (entry.state === 'closed') stories.delete(entry.application)
    else stories.set(entry.application, [...(stories.get(entry.application) ?? []), entry])
  }
  return [...stories.values()]
}

async function settle(world: KioskWorld, story: readonly JournalEntry[]): Promise<Recovered> {
  const last = story.at(-1)
  if (last === undefined) throw new RangeError('a story has at least one entry')
  const { application, municipality, session } = last
  const underway = { application, municipality, session }
  const fed = story.some(({ state }) => state === 'feeding')
  if (last.state === 'printed') {
    await report(world, underway, 'printed')
    return { application, as: 'printed' }
  }
  if (last.state === 'refunded') {
    await report(world, underway, outcomeOf(last.code))
    return { application, as: last.code === 'PAPER_UNKNOWN' ? 'paper-unknown' : 'refunded' }
  }
  if (!fed && (await world.cash.held(application)) === 0) {
    await cancel(world, underway)
    return { application, as: 'cancelled' }
  }
  const code = fed ? 'PAPER_UNKNOWN' : 'KIOSK_STOPPED'
  await refund(world, underway, code)
  await report(world, underway, outcomeOf(code))
  return { application, as: fed ? 'paper-unknown' : 'refunded' }
}

/** What the issuing side is told of a refund. */
function outcomeOf(code: RefusalCode | undefined): Outcome {
  if (code === 'KIOSK_STOPPED') return 'cancelled'
  return code === 'PAPER_UNKNOWN' ? 'paper-unknown' : 'printer-failed'
}
