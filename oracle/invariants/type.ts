import { isOfRecord, isOfTaxes, newestFiscalYear, type ShownItems } from '../../contract/index.ts'
import type { Checker, Finding } from '../checker.ts'
import { type Block, headOn } from '../identity.ts'
import type { HistoryIndex } from '../index-of-history.ts'
import type { Paper } from '../paper.ts'
import { ServiceCalendar } from '../service-calendar.ts'
import { askedFor, documentName, listed, printedAt, proof } from '../words.ts'

/**
 * TYPE: type, shown items, fiscal year and number of copies are those asked for, and nothing sensitive stands there that was not.
 *
 * An item that was asked for and is missing is a breach only where everybody whom the block fits has such an item: a foreign
 * national has no domicile, a Japanese national no foreign items. Copies are counted on prints that ended well, because a
 * jam leaves what it leaves.
 */
export const type: Checker = {
  name: 'TYPE',
  needs: 'kiosk',
  *check(index) {
    for (const paper of index.papers) yield* judgePaper(index, paper)
  },
}

type Item = keyof ShownItems

const ITEM_WORDS: Readonly<Record<Item, string>> = {
  relation: 'the relation to the head of household',
  domicile: 'the registered domicile',
  individualNumber: 'the individual number',
  recordCode: 'the record code',
  foreignItems: 'the items of foreign residents',
}
const ITEMS: readonly Item[] = ['relation', 'domicile', 'individualNumber', 'recordCode', 'foreignItems']

function* judgePaper(index: HistoryIndex, paper: Paper): Iterable<Finding> {
  const { application, print } = paper
  if (application.apply === undefined) return
  const { wish } = application.apply
  const faults: string[] = []
  if (paper.sheets.some((sheet) => sheet.type !== wish.type)) faults.push('It is another type of certificate.')
  const records = paper.blocks.filter(({ sheet }) => isOfRecord(sheet))
  const uncalled = ITEMS.filter((item) => !wish.show[item] && records.some((block) => shows(block, item)))
  if (uncalled.length > 0) faults.push(`It shows ${words(uncalled)}, which was not asked for.`)
  const missing = ITEMS.filter((item) => wish.show[item] && records.some((block) => lacks(block, item)))
  if (missing.length > 0) faults.push(`It leaves out ${words(missing)}, which was asked for.`)
  const year = wish.fiscalYear ?? newestFiscalYear(new ServiceCalendar(index.history.header.date).dateOf(application.apply.atMs))
  if (paper.sheets.some((sheet) => isOfTaxes(sheet) && sheet.fiscalYear !== year)) faults.push(`It is of another fiscal year than ${String(year)}.`)
  const copies = paper.copies.length
  if (print.type === 'ok' && paper.unreadable.length === 0 && copies !== wish.copies) {
    faults.push(`It has ${String(copies)} copies where ${String(wish.copies)} were asked for.`)
  }
  if (faults.length === 0) return
  const explanation = `${printedAt(paper)} ${documentName(paper)}. ${askedFor(index, application)}. ${faults.join(' ')}`
  yield { application: application.id, events: proof(application.apply, print), explanation }
}

const words = (items: readonly Item[]): string => listed(items.map((item) => ITEM_WORDS[item]))

function shows({ sheet, person }: Block, item: Item): boolean {
  switch (item) {
    case 'relation':
      return person.relation !== undefined || headOn(sheet) !== undefined
    case 'domicile':
      return person.domicile !== undefined
    case 'individualNumber':
      return person.individualNumber !== undefined
    case 'recordCode':
      return person.recordCode !== undefined
    case 'foreignItems':
      return person.foreign !== undefined
  }
}

function lacks(block: Block, item: Item): boolean {
  if (item === 'relation') return block.person.relation === undefined || headOn(block.sheet) === undefined
  if (shows(block, item)) return false
  if (item === 'domicile') return block.fitting.length > 0 && block.fitting.every(({ record }) => record.domicile !== undefined)
  if (item === 'foreignItems') return block.fitting.length > 0 && block.fitting.every(({ record }) => record.foreign !== undefined)
  return true
}
