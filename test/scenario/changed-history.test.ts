import { describe, expect, it } from 'vitest'
import { readHistory } from '../../contract/history-file.ts'
import type { History } from '../../contract/index.ts'
import { judge } from '../../oracle/index.ts'
import { readCatalogue } from '../../scenario/catalogue.ts'
import { incidentPlan, witnessPlan } from '../../scenario/plan.ts'
import { historyText } from '../../scenario/save.ts'
import { layGround } from '../../scenario/setting.ts'
import { performSimulated } from '../../scenario/simulated.ts'
import { simulatedPress } from '../../world/simulated/keys.ts'
import { HANAKO, ICHIRO, type PaperSheet, resident, TARO, withPaper } from '../oracle/history-builder.ts'
import { runSmall } from '../services/small-system.ts'

/** A household of six: two sheets. */
const SIX = Array.from({ length: 6 }, (_, at) => resident(`six-${String(at)}`, { household: 'six', ...(at === 0 ? {} : { relation: '子' }) }))

/** A clean history of three papers, the second of two sheets. */
const { history: clean } = await runSmall({ people: [HANAKO, TARO, ICHIRO, ...SIX] }, async ({ visit }) => {
  await visit(HANAKO, { wish: { scope: 'household' } })
  await visit(SIX[0]!, { wish: { scope: 'household' } })
  await visit(ICHIRO)
})
const papers = clean.events.flatMap((event) => (event.f === 'print' && event.type === 'ok' ? [event.sheets] : []))

/** Writes a history anew, with a digest that is right for it, and judges the file. */
function judged(history: History) {
  const { history: read, problems } = readHistory(historyText(history))
  return { problems, ...judge(read, problems) }
}
const brokenBy = (history: History): string[] => [...new Set(judged(history).violations.map(({ invariant }) => invariant))]

/** Changes the papers by their number, 0 to 2. */
function changed(change: (sheets: readonly PaperSheet[], paper: number) => PaperSheet[]): History {
  let paper = -1
  return withPaper(clean, (sheets) => {
    paper += 1
    return change(sheets, paper)
  })
}
const renamed = (sheets: readonly PaperSheet[], from: string, to: string): PaperSheet[] =>
  sheets.map((sheet) => ({ ...sheet, text: sheet.text.map((line) => line.replaceAll(from, to)) }))
const stripped = (history: History): History => withPaper(history, (sheets) => sheets.map(({ text }) => ({ text })))

describe('a clean history of three papers', () => {
  it('passes as it was written', () => {
    expect(papers.map((sheets) => sheets.length)).toEqual([1, 2, 1])
    expect(judged(clean)).toMatchObject({ problems: [], verdict: 'pass' })
  })

  it.each<readonly [string, History, string]>([
    ['a name changed', changed((sheets, paper) => (paper === 0 ? renamed(sheets, TARO.name, '山田　次郎') : [...sheets])), 'SUBJECT'],
    ['a name changed to another resident\'s', changed((sheets, paper) => (paper === 2 ? renamed(sheets, ICHIRO.name, HANAKO.name) : [...sheets])), 'SUBJECT'],
    ['a variation selector put into a name', changed((sheets, paper) => (paper === 2 ? renamed(sheets, '佐藤', '佐\u{E0100}藤') : [...sheets])), 'SUBJECT'],
    ['a birth date changed', changed((sheets, paper) => (paper === 2 ? renamed(sheets, '平成3年11月30日', '平成3年11月29日') : [...sheets])), 'SUBJECT'],
    ['the first of two sheets dropped', changed((sheets, paper) => (paper === 1 ? sheets.slice(1) : [...sheets])), 'WHOLE'],
    ['the last of two sheets dropped', changed((sheets, paper) => (paper === 1 ? sheets.slice(0, 1) : [...sheets])), 'WHOLE'],
    ['a sheet doubled', changed((sheets, paper) => (paper === 1 ? [...sheets, sheets[0]!] : [...sheets])), 'WHOLE'],
    ['a whole paper dropped', changed((sheets, paper) => (paper === 2 ? [] : [...sheets])), 'PAID'],
    ['two papers swapped', changed((sheets, paper) => [...(papers[paper === 0 ? 2 : paper === 2 ? 0 : paper] ?? [])]), 'SUBJECT'],
    ['one sheet swapped into another\'s paper', changed((sheets, paper) => (paper === 1 ? [sheets[0]!, papers[2]![0]!] : [...sheets])), 'SUBJECT'],
    ['a line taken out of a sheet', changed((sheets, paper) => (paper === 2 ? sheets.map((sheet) => ({ ...sheet, text: sheet.text.filter((line) => !line.startsWith('フリガナ')) })) : [...sheets])), 'WHOLE'],
  ])('is caught with %s, though its digest was made right again', (_, history, invariant) => {
    expect(judged(history).problems).toEqual([])
    expect(brokenBy(history)).toContain(invariant)
  })

  it('never passes with a name changed in the file itself: the digest is wrong then', () => {
    const text = historyText(clean).replace(`氏名 ${ICHIRO.name}`, '氏名 佐藤　次郎')
    const { history, problems } = readHistory(text)

    expect(problems.map(({ kind }) => kind)).toEqual(['broken-chain'])
    expect(judge(history, problems).verdict).not.toBe('pass')
  })
})

describe('the provenance line', () => {
  const catalogue = readCatalogue()
  const ofIncident = async (row: string, play: typeof incidentPlan): Promise<History> => {
    const incident = catalogue.incident(row)
    const plan = play(layGround(incident, catalogue, simulatedPress), catalogue.build(incident.build), 1)
    return (await performSimulated(plan)).history
  }

  it.each<readonly [string, () => Promise<History>]>([
    ['a clean history', () => Promise.resolve(clean)],
    ['Munakata', () => ofIncident('K6', incidentPlan)],
    ['Yokohama in its smallest form', () => ofIncident('K1', witnessPlan)],
    ['Yokohama under load', () => ofIncident('K1', incidentPlan)],
  ])('stripped from all sheets changes nothing of the judgement: %s (seed 1)', async (_, make) => {
    const history = await make()
    const without = stripped(history)

    expect(historyText(without)).not.toBe(historyText(history))
    expect(judged(without)).toEqual(judged(history))
  })

  it('that names another\'s application changes nothing either', () => {
    const swapped = changed((sheets, paper) => sheets.map(({ text }) => ({ text, provenance: papers[(paper + 1) % 3]![0]!.provenance! })))

    expect(judged(swapped)).toEqual(judged(clean))
  })
})
