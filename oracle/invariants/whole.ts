import { isOfFamily, type Sheet } from '../../contract/index.ts'
import type { Checker, Finding } from '../checker.ts'
import { type Block, headOn } from '../identity.ts'
import type { HistoryIndex } from '../index-of-history.ts'
import { pairs } from '../matching.ts'
import type { Copy, Paper } from '../paper.ts'
import { chosenAt } from '../scope.ts'
import { askedFor, listed, printedAt, proof } from '../words.ts'

/**
 * WHOLE: each copy is one document, complete, once.
 *
 * 1. Its sheets are 1 to n of n, in order, each once, and agree in issue number, form, municipality, date, address and head.
 * 2. Everyone chosen stands on it once, as the household was at some instant of the allowed window. This is asked only of a
 *    copy on which everybody is allowed: whoever got another person's document has a SUBJECT violation, and that document
 *    may well be whole.
 * 3. A sheet that cannot be read is a violation: whoever paid for a certificate holds something that is none.
 *
 * Only prints that ended well are asked; a jam leaves part of a document and a refund. A print that ended well with no sheet
 * at all is no half document but a fee for nothing, hence a matter of PAID and STOPPED.
 */
export const whole: Checker = {
  name: 'WHOLE',
  needs: 'kiosk',
  *check(index) {
    for (const paper of index.papers) if (paper.print.type === 'ok') yield* judgePaper(index, paper)
  },
}

function* judgePaper(index: HistoryIndex, paper: Paper): Iterable<Finding> {
  const { application, print } = paper
  const ofSheets = paper.unreadable.map((why) => `A sheet is no readable certificate: ${why}.`)
  if (ofSheets.length === 0) ofSheets.push(...paper.copies.flatMap(sheetFaults))
  const ofPeople = paper.unreadable.length > 0 ? [] : paper.copies.flatMap((copy) => peopleFaults(index, paper, copy))
  const faults = new Set([...ofSheets, ...ofPeople])
  if (faults.size === 0) return
  if (ofSheets.length === 0 && index.register.unsure(paper.circle, print.i)) {
    yield { unknown: `${printedAt(paper)} a paper on which somebody may be missing, while an operation at the counter had begun whose end was not recorded.` }
    return
  }
  yield {
    application: application.id,
    events: proof(application.apply, print),
    explanation: `${printedAt(paper)} a document that is not whole. ${askedFor(index, application)}. ${[...faults].join(' ')}`,
    // Who had to be on it rests on the register, of which an operation may have been lost.
    ...(ofSheets.length === 0 ? { absent: 'earlier' as const } : {}),
  }
}

/** What all sheets of one document have in common, in a clerk's words. */
const COMMON: readonly (readonly [string, (sheet: Sheet) => string])[] = [
  ['number of sheets', ({ of }) => String(of)],
  ['issue number', ({ issueNumber }) => issueNumber],
  ['type', ({ type }) => type],
  ['form', (sheet) => (sheet.type === 'residence-record' ? sheet.form : '')],
  ['municipality', ({ municipality }) => municipality],
  ['mayor', ({ mayor }) => mayor],
  ['date', ({ certifiedOn }) => certifiedOn],
  ['address', (sheet) => (isOfFamily(sheet) ? '' : sheet.address)],
  ['registered domicile', (sheet) => (isOfFamily(sheet) ? `${sheet.domicile} ${sheet.head}` : '')],
  ['head of household', (sheet) => headOn(sheet) ?? ''],
]

function sheetFaults(copy: Copy): string[] {
  const [first] = copy
  const faults: string[] = []
  const numbers = copy.map(({ k }) => k)
  if (first !== undefined && (numbers.length !== first.of || numbers.some((k, at) => k !== at + 1))) {
    faults.push(`Of ${String(first.of)} sheets it has number ${listed(numbers.map(String))}.`)
  }
  const differing = COMMON.filter(([, of]) => first !== undefined && copy.some((sheet) => of(sheet) !== of(first))).map(([label]) => label)
  if (differing.length > 0) faults.push(`Its sheets differ in ${listed(differing)}, so they are not of one document.`)
  return faults
}

function peopleFaults(index: HistoryIndex, paper: Paper, copy: Copy): string[] {
  const { application } = paper
  const blocks = paper.copies.length === 1 ? paper.blocks : paper.blocks.filter(({ sheet }) => copy.includes(sheet))
  const allowed = blocks.map((block) => paper.allowedFor(block))
  if (application.apply === undefined || index.register.empty || allowed.some((people) => people.length === 0)) return []
  if (pairs(allowed) < blocks.length) return ['The same person stands on it more than once.']
  const missing = paper.snapshots.map((snapshot) => missingAt(paper, blocks, chosenAt(paper, snapshot)))
  const least = missing.sort((a, b) => a.length - b.length)[0] ?? []
  if (least.length === 0) return []
  return [`${listed(least.map((id) => index.nameOf(id)))} had to be on it and is not.`]
}

/** Those of the chosen for whom no block is left; nobody where each chosen one has a block of their own. */
function missingAt(paper: Paper, blocks: readonly Block[], chosen: readonly string[]): readonly string[] {
  const fits = (id: string): Block[] => blocks.filter((block) => paper.allowedFor(block).includes(id))
  if (pairs(chosen.map(fits)) === chosen.length) return []
  const absent = chosen.filter((id) => fits(id).length === 0)
  return absent.length > 0 ? absent : chosen
}
