import { type FamilyRegisterSheet, isOfFamily, type Sheet, type SupplementSheet } from '../../contract/index.ts'
import type { Checker, Finding } from '../checker.ts'
import type { Block } from '../identity.ts'
import type { HistoryIndex } from '../index-of-history.ts'
import type { Paper } from '../paper.ts'
import { listIn } from '../states.ts'
import { askedFor, listed, printedAt, proof } from '../words.ts'

/**
 * SUBJECT: everyone on the paper is someone the applicant may request, and chose.
 *
 * 1. Whoever a block may be: the people of whom one register state fits every visible field of it.
 * 2. It passes if one of them is allowed: the applicant, or somebody of the applicant's household at some instant of the
 *    allowed window, and within what was chosen. So namesakes whom the paper does not tell apart raise no alarm.
 * 3. Nobody allowed, or nobody at all, is a wrong paper. One finding a print, whoever many are wrong on it.
 *
 * A sheet that cannot be read violates WHOLE; whose it is stays unknown here.
 */
export const subject: Checker = {
  name: 'SUBJECT',
  needs: 'kiosk',
  *check(index) {
    for (const paper of index.papers) yield* judgePaper(index, paper)
  },
}

function* judgePaper(index: HistoryIndex, paper: Paper): Iterable<Finding> {
  const { application, print } = paper
  if (application.apply === undefined) {
    yield { unknown: `${printedAt(paper)} a paper for application ${application.id}, which nobody is recorded to have made.` }
    return
  }
  if (index.register.empty) {
    yield { unknown: `${printedAt(paper)} a paper, and the history holds no register to compare it with.` }
    return
  }
  if (paper.unreadable.length > 0) {
    yield { unknown: `${printedAt(paper)} a sheet that cannot be read, so whose it is cannot be said.` }
  }
  const wrong = paper.blocks.filter((block) => paper.allowedFor(block).length === 0)
  if (wrong.length === 0) return
  const nobodys = wrong.every(({ people }) => people.size === 0)
  if (index.register.unsure(concerned(index, paper, wrong, nobodys), print.i)) {
    yield { unknown: `${printedAt(paper)} records that may be another's, while an operation at the counter had begun whose end was not recorded.` }
    return
  }
  yield {
    application: application.id,
    events: proof(application.apply, print),
    explanation: explain(index, paper, wrong),
    // A paper that fits a person of the register is that person's, whatever else was lost; one that fits nobody may fit a
    // state that was lost.
    ...(nobodys ? { absent: 'earlier' as const } : {}),
  }
}

/** Those whose unrecorded change at the counter would explain the paper. */
function concerned(index: HistoryIndex, { application, circle }: Paper, wrong: readonly Block[], nobodys: boolean): string[] {
  const named = wrong.flatMap(({ person }) => index.register.statesNamed(person.name).map(({ record }) => record.id))
  return [...named, ...(nobodys ? circle : [application.apply?.applicant ?? ''])]
}

function explain(index: HistoryIndex, paper: Paper, wrong: readonly Block[]): string {
  const { application } = paper
  const others = wrong.filter(({ people }) => people.size > 0)
  const nobodys = wrong.filter(({ people }) => people.size === 0)
  const what = [
    ...others.flatMap(({ person, sheet }) => (isOfFamily(sheet) ? [] : [`${RECORD_WORDS[sheet.type]} of ${person.name}, born ${person.birthDate}, of ${sheet.address}`])),
    ...familiesAmong(others),
    ...nobodys.map(({ person }) => `a record in the name of ${person.name}, born ${person.birthDate}`),
  ]
  const why = [
    ...others.map((block) => whyNot(index, paper, block)),
    ...(nobodys.length === 0
      ? []
      : [`What stands there under ${listed(nobodys.map(({ person }) => person.name))} fits nobody in the register at any time up to then.`]),
  ]
  return `${printedAt(paper)} ${listed([...new Set(what)])}. ${askedFor(index, application)}. ${[...new Set(why)].join(' ')}`
}

/** Each family register once, with those of it who stand there. */
function familiesAmong(blocks: readonly Block[]): string[] {
  const names = new Map<string, string[]>()
  for (const { sheet, person } of blocks) if (isOfFamily(sheet)) listIn(names, sheet.domicile).push(person.name)
  return [...names].map(([domicile, people]) => `the family register of ${domicile} with ${listed([...new Set(people)])}`)
}

const RECORD_WORDS: Readonly<Record<Exclude<Sheet, FamilyRegisterSheet | SupplementSheet>['type'], string>> = {
  'residence-record': 'the record',
  'certificate-of-items': 'items of the record',
  'seal-certificate': 'a seal certificate',
  'income-tax-certificate': 'the taxes',
  'tax-payment-certificate': 'the tax payments',
}

function whyNot(index: HistoryIndex, { application, circle }: Paper, { people, person, sheet }: Block): string {
  const applicant = application.apply?.applicant ?? ''
  const around = isOfFamily(sheet) ? new Set(index.register.families.circleOf(applicant)) : circle
  if ([...people].some((id) => around.has(id))) return `${person.name} was not among those whom ${index.nameOf(applicant)} could ask for and chose.`
  return isOfFamily(sheet)
    ? `That is not the family register in which ${index.nameOf(applicant)} stands.`
    : `${person.name} never belonged to the household of ${index.nameOf(applicant)}: it is another person's record.`
}
