import type { Arena } from '../explore/arena.ts'
import { type SectionEnd, type SectionName, SECTIONS } from '../explore/sections.ts'
import type { Verdict } from '../oracle/index.ts'
import { paragraph } from './terminal.ts'

/** A section that was searched in every order, and what came of it. */
export interface Sectioned {
  readonly arena: Arena
  readonly section: SectionName
  readonly timeJumps: number
  readonly end: SectionEnd
  readonly verdict: Verdict
}

/** What `--json` prints; interleavings as text, since they may be more than a number holds. */
export function sectionJson({ arena, section, timeJumps, end, verdict }: Sectioned): object {
  const { complete, schedules, redundant, interleavings, failing, ends, unknown, found } = end
  return {
    verdict,
    build: arena.named.name,
    scenario: arena.scenario.id,
    section,
    timeJumps,
    complete,
    schedules,
    redundant,
    interleavings: String(interleavings),
    failing,
    ends: Object.fromEntries(ends),
    unknown,
    ...(found === undefined ? {} : { violation: { ...found.violation, broken: found.broken } }),
  }
}

export function sectionText({ arena, section, timeJumps, end, verdict }: Sectioned): string {
  const { complete, schedules, redundant, interleavings, failing, unknown, found } = end
  const searched = `build ${arena.named.name}, scenario ${arena.scenario.id}, section ${section}: ${SECTIONS[section]}. Time passes ${timeJumps === 0 ? 'only when none of them is ready' : `up to ${String(timeJumps)} times while one of them is ready`}.`
  const covered = `${schedules.toLocaleString('en')} schedules stand for ${many(interleavings)} interleavings; ${redundant.toLocaleString('en')} more were broken off because they led where others had been${unknown === 0 ? '' : `; ${String(unknown)} could not be judged`}.`
  const proves = complete ? 'That is all there are: whatever the order of these steps, the end is one of these.' : 'It was stopped before its end, and proves nothing about the rest.'
  const what = found === undefined ? `${verdict}: none of them broke what is looked for.` : `${found.violation.invariant}, in ${failing.toLocaleString('en')} of them. ${found.violation.explanation}`
  const next = found === undefined ? [] : ['"explore" without --exhaustive looks for such a run, makes it small, and prints its token.']
  return `${[searched, covered, proves, what, ...next].map((text) => paragraph(text)).join('\n\n')}\n`
}

/** A number as it is, and where that would be long, its size. */
function many(count: bigint): string {
  const text = String(count)
  return text.length <= 15 ? count.toLocaleString('en') : `${text.slice(0, 1)}.${text.slice(1, 3)} · 10^${String(text.length - 1)}`
}
