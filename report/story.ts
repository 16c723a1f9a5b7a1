import type { History } from '../contract/index.ts'
import { clockTime, narrate } from './narrative.ts'

/** A step that had to be out of order, and who had to wait for it. */
export interface OutOfOrder {
  readonly step: number
  readonly atMs: number
  readonly process: string
  readonly name: string
  readonly fault?: string
  readonly insteadOf?: { readonly process: string; readonly name: string }
}

/** A history told in columns: one for each kiosk and who stood there, and one for all that happened behind. */
export interface Story {
  readonly heads: readonly string[]
  /** Time, a cell a column. */
  readonly rows: readonly (readonly string[])[]
}

const BEHIND = 'behind the kiosks'

/** Tells a history person by person, with the steps that had to be out of order where they happened. */
export function storyOf(history: History, outOfOrder: readonly OutOfOrder[]): Story {
  const kiosks = kioskColumns(history)
  const columns = [...kiosks.keys(), BEHIND]
  const row = (atMs: number, column: string, sentence: string) => ({ atMs, cells: [clockTime(atMs).slice(0, 8), ...columns.map((one) => (one === column ? sentence : ''))] })
  const told = narrate(history).map(({ atMs, process, sentence }) => row(atMs, columnOf(process, kiosks), sentence))
  const late = outOfOrder.map((one) => row(one.atMs, BEHIND, sentenceOf(one)))
  const rows = [...late, ...told].sort((a, b) => a.atMs - b.atMs).map(({ cells }) => cells)
  return { heads: ['', ...[...kiosks].map(([kiosk, people]) => `${kiosk}: ${people.join(', then ')}`), BEHIND], rows }
}

/** Kiosks in the order in which somebody first came to them, with the names of those who came. */
function kioskColumns({ events }: History): Map<string, string[]> {
  const names = new Map<string, string>()
  const kiosks = new Map<string, string[]>()
  for (const event of events) {
    if (event.f === 'registered') names.set(event.resident.id, event.resident.name)
    if (event.type === 'invoke' && event.f === 'session') kiosks.set(event.kiosk, [...(kiosks.get(event.kiosk) ?? []), names.get(event.resident) ?? event.resident])
  }
  return kiosks
}

function columnOf(process: string, kiosks: ReadonlyMap<string, unknown>): string {
  const kiosk = process.replace(/^kiosk:/, '')
  return kiosks.has(kiosk) ? kiosk : BEHIND
}

function sentenceOf({ step, process, name, fault, insteadOf }: OutOfOrder): string {
  const what = `▶ step ${String(step)}, ${process}: ${name}`
  if (fault !== undefined) return `${what}; fault: ${fault}`
  return insteadOf === undefined ? what : `${what}, while ${insteadOf.process} waits to ${insteadOf.name}`
}

/** `4 of 214 steps had to be out of order, and 1 had to go wrong`. */
export function outOfOrderWords(deviations: readonly Pick<OutOfOrder, 'fault' | 'insteadOf'>[], steps: number): string {
  const wrong = deviations.filter(({ fault }) => fault !== undefined).length
  const late = deviations.filter(({ fault, insteadOf }) => fault === undefined || insteadOf !== undefined).length
  const words = `${String(late)} of ${String(steps)} steps had to be out of order`
  return wrong === 0 ? words : `${words}, and ${String(wrong)} had to go wrong`
}
