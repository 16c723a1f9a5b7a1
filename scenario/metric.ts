import type { History } from '../contract/index.ts'
import { type Invariant, type Judgement, judgeAsSite } from '../oracle/index.ts'
import type { HalfFix } from './incident.ts'

/** A number by which two builds are compared on the same script or load. */
export function metricOf(metric: HalfFix['metric'], history: History, judgement: Judgement): number {
  if (metric === 'wrongPapers') return judgement.wrongPapers
  if (metric === 'wrongedPeople') return wrongedPeople(judgement)
  if (metric === 'stalePapers') return judgement.stalePapers
  if (metric === 'siteErrors') return judgeAsSite(history).errors.length
  return firstPaperAtMs(history, judgement, metric === 'firstStalePaperAtMs' ? 'FRESH' : 'SUBJECT')
}

/** People who got what was another's, or paid for nothing. */
function wrongedPeople({ violations }: Judgement): number {
  const wronging = violations.filter(({ invariant }) => invariant === 'SUBJECT' || invariant === 'STOPPED' || invariant === 'PAID')
  return new Set(wronging.map(({ application }) => application)).size
}

/** When the first paper came out that breaks this invariant; Infinity if none did. */
function firstPaperAtMs({ events }: History, { violations }: Judgement, broken: Invariant): number {
  const wrong = new Set(violations.filter(({ invariant }) => invariant === broken).map(({ application }) => application))
  const print = events.find((event) => event.type === 'ok' && event.f === 'print' && wrong.has(event.application))
  return print?.atMs ?? Infinity
}

/**
 * Whether the half-fix stands to the build as deployed as it says. Where that build showed nothing, there is nothing to say.
 * `hidden-from-site`: the site sees none of it any more, and it happens all the same.
 * @param wrongPapers of the half-fix
 */
export function relationHolds(relation: HalfFix['relation'], deployed: number, halfFixed: number, wrongPapers = 0): boolean {
  if (relation === 'hidden-from-site') return halfFixed === 0 && (wrongPapers > 0 || deployed === 0)
  if (relation === 'same') return halfFixed === deployed
  if (relation === 'later') return halfFixed > deployed || deployed === Infinity
  return halfFixed < deployed || deployed === 0
}
