import type { Fate } from './campaign.ts'
import type { Target } from './targets.ts'

export interface Survivor {
  readonly id: string
  readonly place: string
  readonly diff: string
  readonly reached: boolean
  /** Why it was accepted, if it was. */
  readonly reason?: string
}

export interface Result {
  readonly target: string
  readonly mutants: number
  readonly killed: number
  readonly explained: number
  readonly unexplained: number
  /** Killed, of those that are not explained. */
  readonly share: number
  readonly least: number
  readonly passed: boolean
  readonly tookS: number
  /** Accepted although killed, or not made at all any more. */
  readonly stale: readonly string[]
  readonly survivors: readonly Survivor[]
}

/** What a target's mutants came to. */
export function resultOf(target: Target, fates: readonly Fate[], reasons: ReadonlyMap<string, string>, tookS: number): Result {
  const survivors = fates.filter(({ killedBy }) => killedBy === undefined).map((fate) => survivorOf(fate, reasons))
  const explained = survivors.filter(({ reason }) => reason !== undefined).length
  const files = new Set(fates.map(({ mutant }) => mutant.file))
  const alive = new Set(survivors.map(({ id }) => id))
  const killers = new Map(fates.map(({ mutant, killedBy }) => [mutant.id, killedBy]))
  const stale = [...reasons.keys()]
    .filter((id) => files.has(id.split(' ')[0] ?? '') && !alive.has(id))
    .map((id) => `${id}: ${killers.has(id) ? `killed by ${killers.get(id) ?? 'nothing'}` : 'not made any more'}`)
  const killed = fates.length - survivors.length
  const share = killed / Math.max(1, fates.length - explained)
  const passed = share >= target.least && stale.length === 0
  return { target: target.name, mutants: fates.length, killed, explained, unexplained: survivors.length - explained, share, least: target.least, passed, tookS, stale, survivors }
}

function survivorOf({ mutant, reached }: Fate, reasons: ReadonlyMap<string, string>): Survivor {
  const { id, file, line, column, diff } = mutant
  const reason = reasons.get(id)
  return { id, place: `${file}:${String(line)}:${String(column)}`, diff, reached, ...(reason === undefined ? {} : { reason }) }
}

const COLUMNS = [16, 9, 8, 11, 13, 9, 8] as const

/** Survivors without a reason, then the table, at 80 columns. */
export function tell(results: readonly Result[]): string {
  const lines = results.flatMap(({ survivors, stale }) => [
    ...survivors.filter(({ reason }) => reason === undefined).flatMap(({ id, place, diff, reached }) => [`survived: ${id}`, `  ${place}${reached ? '' : ' (no test comes by)'}`, `  ${shortened(diff, 76)}`]),
    ...stale.map((id) => `accepted, but not alive: ${id}`),
  ])
  const row = (cells: readonly string[]): string => cells.map((cell, at) => (at === 0 ? cell.padEnd(COLUMNS[at] ?? 0) : cell.padStart(COLUMNS[at] ?? 0))).join('').trimEnd()
  const table = results.map(({ target, mutants, killed, explained, unexplained, share, passed }) =>
    row([target, ...[mutants, killed, explained, unexplained].map(String), `${(Math.floor(share * 1000) / 10).toFixed(1)} %`, passed ? 'ok' : 'FAILED']),
  )
  return [...lines, row(['target', 'mutants', 'killed', 'explained', 'unexplained', 'percent', '']), ...table, ''].join('\n')
}

const shortened = (text: string, most: number): string => (text.length <= most ? text : `${text.slice(0, most - 1)}…`)
