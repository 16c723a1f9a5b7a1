import { readFileSync } from 'node:fs'

interface Accepted {
  /** Why no test has to kill these. */
  readonly reason: string
  readonly mutants: readonly string[]
}

/** The reason for each survivor that was looked at and accepted, by the mutant's id: `accepted.json`. */
export function acceptedReasons(): ReadonlyMap<string, string> {
  const groups = JSON.parse(readFileSync(new URL('accepted.json', import.meta.url), 'utf8')) as readonly Accepted[]
  return new Map(groups.flatMap(({ reason, mutants }) => mutants.map((id) => [id, reason] as const)))
}
