import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { type HistoryProblem, readHistory } from '../../contract/history-file.ts'
import { type History, TorichigaeError } from '../../contract/index.ts'
import { judge, judgeAsSite, type Judgement, type SiteJudgement, type Verdict } from '../../oracle/index.ts'
import { siteText } from '../site-text.ts'
import { paragraph } from '../terminal.ts'

/** 0 clean, 1 violation, 2 unknown: of `check`, `replay`, `explore` and `load`. */
export const EXIT_OF_VERDICT: Readonly<Record<Verdict, 0 | 1 | 2>> = { pass: 0, violation: 1, unknown: 2 }

/** `torichigae check`: judge a history file. */
export function checkCommand(ran: (exit: number) => void): Command {
  return new Command('check')
    .description('Judge a history file.')
    .argument('<file>', 'a history (JSON Lines)')
    .option('--papers <dir>', 'judge the papers that lie there (PDFs by application) in place of what the history says of them')
    .option('--json', 'print one JSON object')
    .action(async (file: string, { json, papers }: { json?: true; papers?: string }) => {
      const recorded = openHistory(file)
      const { history, problems } = papers === undefined ? recorded : await (await import('../papers.ts')).withPapers(recorded, papers)
      const judgement = judge(history, problems)
      const site = judgeAsSite(history)
      process.stdout.write(json === true ? `${JSON.stringify({ ...judgement, site, problems })}\n` : judgementText(judgement, site))
      ran(EXIT_OF_VERDICT[judgement.verdict])
    })
}

/** Reads a history. @throws TorichigaeError NO_FILE, BAD_HISTORY */
export function openHistory(file: string): { history: History; problems: readonly HistoryProblem[] } {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new TorichigaeError('NO_FILE', file, { cause: error })
  }
  return readHistory(text)
}

/** Violations told one after another, and what the site itself knew; a long list is cut, and says so. */
export function judgementText({ verdict, violations, unknowns, wrongPapers, stalePapers }: Judgement, site: SiteJudgement): string {
  const parts = violations.slice(0, SHOWN_MAX).map(({ invariant, explanation }) => paragraph(`${invariant}: ${explanation}`))
  if (violations.length > SHOWN_MAX) parts.push(`... and ${String(violations.length - SHOWN_MAX)} more; --json has all.`)
  for (const { invariant, why } of unknowns.slice(0, SHOWN_MAX)) parts.push(paragraph(`unknown, ${invariant}: ${why}`))
  parts.push(...siteText(site))
  const broken = [...new Set(violations.map(({ invariant }) => invariant))]
  parts.push(`${verdict}; papers wrong: ${String(wrongPapers)}, stale: ${String(stalePapers)}; broken: ${broken.length === 0 ? 'nothing' : broken.join(', ')}`)
  return `${parts.join('\n\n')}\n`
}

const SHOWN_MAX = 20
