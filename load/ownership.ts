import { HEAD_OF_HOUSEHOLD, type PrintedSheet, personsOn, readSheet, type Resident, type Sheet, type Wish } from '../contract/index.ts'
import { fitsRecord, headOn, isOfResidents } from '../oracle/index.ts'

/** Who asked for a document, and what its papers may show. */
export interface Asker {
  readonly applicant: Resident
  /** Everybody of the applicant's household, the applicant among them. */
  readonly household: readonly Resident[]
  readonly wish: Wish
  /** What the applicant's seal shows, if one is in force. */
  readonly impression?: string
}

/** Whether a document is its asker's; if not, a sentence of what is wrong without personal data. */
export type Ownership = { readonly owned: true } | { readonly owned: false; readonly why: string }

/**
 * Says of one document, by what its sheets show and nothing else, whether it belongs to who asked: the type is right, and
 * every person on it is one whom the asker may request and chose. Registers do not change under a closed loop, so a record
 * fits or it does not; what they may do elsewhere is the oracle's to judge.
 */
export function ownershipOf(printed: readonly PrintedSheet[], asker: Asker): Ownership {
  if (printed.length === 0) return { owned: false, why: 'it has no sheet' }
  for (const [at, { text }] of printed.entries()) {
    const reading = readSheet({ text })
    const fault = 'unreadable' in reading ? 'cannot be read' : faultOf(reading.sheet, asker)
    if (fault !== undefined) return { owned: false, why: `sheet ${String(at + 1)} ${fault}` }
  }
  return { owned: true }
}

function faultOf(sheet: Sheet, asker: Asker): string | undefined {
  const { wish, household, impression } = asker
  if (sheet.type !== wish.type) return `is a ${sheet.type} where a ${wish.type} was asked for`
  if (!isOfResidents(sheet)) return 'rests on a register of which a load knows nothing'
  const chosen = chosenOf(asker)
  const strangers = personsOn(sheet).filter((person) => !chosen.some((record) => fitsRecord(sheet, person, record)))
  if (strangers.length > 0) return `shows ${String(strangers.length)} whom the applicant did not choose or may not request`
  const head = headOn(sheet)
  if (head !== undefined && !household.some(({ name, relation }) => relation === HEAD_OF_HOUSEHOLD && name === head)) return 'names another head of household'
  if (sheet.type === 'seal-certificate' && sheet.impression !== impression) return 'shows another seal'
  return undefined
}

function chosenOf({ applicant, household, wish: { scope } }: Asker): readonly Resident[] {
  if (scope === 'household') return household
  return scope === 'applicant' ? [applicant] : household.filter(({ id }) => scope.includes(id))
}
