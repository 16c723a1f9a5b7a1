import type { SiteJudgement } from '../oracle/index.ts'
import { paragraph } from './terminal.ts'

const closedWords = (closed: number, of: number): string => (closed === of ? 'closed' : closed === 0 ? 'still open' : `${String(closed)} closed`)
const counted = (count: number): string => `${String(count)} error${count === 1 ? '' : 's'}`

/** What the site itself made of a run, in a paragraph; nothing where its log has no error. */
export function siteText({ errors, alarms }: SiteJudgement): string[] {
  if (errors.length === 0) return []
  const closed = errors.filter(({ closedAs }) => closedAs !== undefined).length
  const [first, ...more] = alarms
  const alarm = first === undefined ? '' : ` ALARM is broken: ${first}${more.length === 0 ? '' : ` ${String(more.length)} more like it.`}`
  return [paragraph(`The site's own log has ${counted(errors.length)}, ${closedWords(closed, errors.length)}.${alarm}`)]
}
