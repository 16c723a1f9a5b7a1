import type { History } from '../contract/index.ts'
import { indexHistory, type Judgement } from '../oracle/index.ts'
import type { LoadGround } from './venue.ts'

/** What came out of one municipality. */
export interface MunicipalityLine {
  readonly code: string
  readonly name: string
  /** Of a target the one it says it runs. */
  readonly build: string
  readonly papers: number
  /** Papers of another person. */
  readonly wrong: number
}

/** Papers and wrong ones by municipality's code. */
export type MunicipalityCounts = ReadonlyMap<string, { readonly papers: number; readonly wrong: number }>

/** A line for each municipality of a load, those from which nothing came out among them. */
export const linesOf = ({ places }: LoadGround, counts: MunicipalityCounts): readonly MunicipalityLine[] =>
  places.map(({ municipality: { code, name }, build }) => ({ code, name, build, ...(counts.get(code) ?? { papers: 0, wrong: 0 }) }))

/** Counts a judged history's papers by where they were applied for. */
export function countsByMunicipality(history: History, { violations }: Judgement): MunicipalityCounts {
  const counts = new Map<string, { papers: number; wrong: number }>()
  const { papers, applications } = indexHistory(history)
  const of = (application: string): { papers: number; wrong: number } => {
    const code = applications.get(application)?.apply?.municipality ?? ''
    const known = counts.get(code) ?? { papers: 0, wrong: 0 }
    counts.set(code, known)
    return known
  }
  for (const { application } of papers) of(application.id).papers += 1
  for (const { invariant, application } of violations) if (invariant === 'SUBJECT' && application !== undefined) of(application).wrong += 1
  return counts
}
