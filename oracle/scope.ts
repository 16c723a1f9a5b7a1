import type { Paper } from './paper.ts'
import type { Snapshot } from './snapshots.ts'

/**
 * Who has to stand on the paper if it was made at this instant: those chosen by name, the applicant, or everyone of the
 * household who was a resident then.
 */
export function chosenAt({ application, circle }: Paper, snapshot: Snapshot): readonly string[] {
  const { apply } = application
  if (apply === undefined) return []
  const { scope } = apply.wish
  if (scope === 'applicant') return [apply.applicant]
  if (scope !== 'household') return scope
  return snapshot
    .householdOf(apply.applicant, circle)
    .filter((id) => snapshot.stateOf(id)?.record.status === 'resident')
}
