import { isFamilyType } from '../contract/index.ts'
import type { Paper } from './paper.ts'
import type { Snapshot } from './snapshots.ts'

/**
 * Who has to stand on the paper if it was made at this instant: those chosen by name, the applicant, or everyone of the
 * household who was a resident then, or of the family register.
 */
export function chosenAt({ application, circle, register }: Paper, snapshot: Snapshot): readonly string[] {
  const { apply } = application
  if (apply === undefined) return []
  const { scope, type } = apply.wish
  if (scope === 'applicant') return [apply.applicant]
  if (scope !== 'household') return scope
  if (isFamilyType(type)) return register.families.circleOf(apply.applicant)
  return snapshot
    .householdOf(apply.applicant, circle)
    .filter((id) => snapshot.stateOf(id)?.record.status === 'resident')
}
