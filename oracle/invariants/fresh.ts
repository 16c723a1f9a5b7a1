import type { EventOf } from '../../contract/index.ts'
import type { Checker, Finding } from '../checker.ts'
import { type Block, differences, fitsRecord, headOn, isOfResidents, type ResidentSheet } from '../identity.ts'
import type { HistoryIndex } from '../index-of-history.ts'
import type { Paper } from '../paper.ts'
import { pairs } from '../matching.ts'
import { chosenAt } from '../scope.ts'
import { sealStopReason, stopReason } from '../stop-facts.ts'
import type { Snapshot } from '../snapshots.ts'
import { askedFor, documentName, listed, printedAt, proof, timeOf } from '../words.ts'

/**
 * FRESH, in two halves with two clocks, neither of which is a clock: both go by the order of events.
 *
 * 1. Facts that stop all issue (moved out, deceased, restricted, left the applicant's household), and of a seal certificate the
 *    revocation of the seal: a violation if the counter's `ok` came before the `invoke` of the fetch that brought the document to the kiosk.
 * 2. Everything else the paper shows: it equals the register at one instant of the allowed window, the same instant for all
 *    sheets. The window begins where the last link run that had completed when the application was made began.
 *
 * Whoever is on the paper without being allowed is a matter of SUBJECT and passed over here. A family register is asked for where it
 * is kept, a year's taxes are made once, and neither changes in a scenario: of their certificates only the applicant can be stopped,
 * and what fits nobody is SUBJECT's.
 */
export const fresh: Checker = {
  name: 'FRESH',
  needs: 'kiosk',
  *check(index) {
    if (index.register.empty) {
      yield { unknown: 'The history holds no register to compare papers with.' }
      return
    }
    for (const paper of index.papers) {
      if (paper.application.apply === undefined) continue
      yield* judgeStops(index, paper)
      yield* judgeContent(index, paper)
    }
  },
}

/** Blocks that rest on the resident register. */
const ofResidents = (blocks: readonly Block[]): readonly Block<ResidentSheet>[] =>
  blocks.filter((block): block is Block<ResidentSheet> => isOfResidents(block.sheet))

function* judgeStops(index: HistoryIndex, paper: Paper): Iterable<Finding> {
  const { application, print } = paper
  const fetch = application.fetchedBefore(print.i)
  const asked = fetch?.invoke
  if (asked === undefined || application.apply === undefined) {
    yield { unknown: `${printedAt(paper)} a paper for application ${application.id} whose document the kiosk is not recorded to have fetched.` }
    return
  }
  const reasons = new Map<string, EventOf<'ok', 'counter'> | undefined>()
  const stop = (id: string): boolean => {
    const ofSeal = paper.isSealCertificate ? sealStopReason(index.register, id, asked.i) : undefined
    const reason = stopReason(index.register, id, application.apply?.applicant ?? '', asked.i) ?? ofSeal
    if (reason !== undefined) reasons.set(`${index.nameOf(id)} ${reason.words}`, reason.operation?.ended)
    return reason !== undefined
  }
  const applicantStopped = stop(application.apply.applicant)
  const blocksStopped = ofResidents(paper.blocks).map((block) => paper.allowedFor(block)).filter((people) => people.length > 0 && people.every(stop))
  if (!applicantStopped && blocksStopped.length === 0) return
  const since = [...reasons].map(([words, ended]) => (ended === undefined ? words : `${words} (counter, ${timeOf(ended)})`))
  yield {
    application: application.id,
    events: proof(...reasons.values(), application.apply, asked, print),
    explanation:
      `${printedAt(paper)} ${documentName(paper)}. ${askedFor(index, application)}, and the kiosk fetched the document at ${timeOf(asked)}. ` +
      `Before that ${listed(since)}, so nothing could be issued any more.`,
  }
}

function* judgeContent(index: HistoryIndex, paper: Paper): Iterable<Finding> {
  const blocks = ofResidents(paper.blocks).filter((block) => paper.allowedFor(block).length > 0)
  if (blocks.length === 0) return
  const complete = paper.snapshots.filter((snapshot) => hasAll(paper, blocks, snapshot))
  // Where nobody could be complete at any instant WHOLE says so, and the content is compared for itself.
  const instants = complete.length > 0 ? complete : paper.snapshots
  if (instants.some((snapshot) => blocks.every((block) => holds(paper, block, snapshot)))) return
  if (index.register.unsure(paper.circle, paper.print.i)) {
    yield { unknown: `${printedAt(paper)} a paper that the register does not bear out, while an operation at the counter had begun whose end was not recorded.` }
    return
  }
  const { application, print } = paper
  yield {
    application: application.id,
    events: proof(...operationsOn(index, paper, blocks), application.apply, print),
    explanation: `${printedAt(paper)} content that the register did not hold at any one time allowed. ${askedFor(index, application)}. ${whatIsOld(index, paper, blocks)} ${window(index, paper)}`,
    absent: 'earlier',
  }
}

/** Whether the people on the paper are the household, or those chosen, as of this instant. */
function hasAll(paper: Paper, blocks: readonly Block<ResidentSheet>[], snapshot: Snapshot): boolean {
  const chosen = chosenAt(paper, snapshot)
  return pairs(chosen.map((id) => blocks.filter((block) => paper.allowedFor(block).includes(id)))) === chosen.length
}

function holds(paper: Paper, block: Block<ResidentSheet>, snapshot: Snapshot): boolean {
  const { sheet, person } = block
  return paper.allowedFor(block).some((id) => {
    const record = snapshot.stateOf(id)?.record
    if (record === undefined || !fitsRecord(sheet, person, record)) return false
    const head = headOn(sheet)
    if (head !== undefined && !snapshot.hasHead(record.household, head, paper.circle)) return false
    return sheet.type !== 'seal-certificate' || snapshot.sealOf(id)?.impression === sheet.impression
  })
}

function whatIsOld(index: HistoryIndex, paper: Paper, blocks: readonly Block<ResidentSheet>[]): string {
  const last = paper.snapshots.at(-1)
  const said = blocks.flatMap((block) => {
    const [id] = paper.allowedFor(block)
    const record = last?.stateOf(id ?? '')?.record
    const labels = record === undefined ? [] : differences(block.sheet, block.person, record)
    return labels.length === 0 ? [] : [`${index.nameOf(id ?? '')}'s ${listed(labels)}`]
  })
  if (said.length === 0) return 'What it says of its people never held all at the same time.'
  return `By then the register said otherwise of ${listed([...new Set(said)])}.`
}

function window(index: HistoryIndex, paper: Paper): string {
  const fromI = paper.application.windowFromI(paper.isSealCertificate)
  const run = index.linkRuns.find(({ invokedI }) => invokedI === fromI)
  if (run === undefined) return 'No link run had completed before, so anything from the beginning on was allowed.'
  return `The last link run completed before that ended at ${timeOf(run.ok)}; what was true when it began, or later, was allowed.`
}

const operationsOn = (index: HistoryIndex, paper: Paper, blocks: readonly Block[]): (EventOf<'ok', 'counter'> | undefined)[] =>
  blocks
    .flatMap((block) => paper.allowedFor(block))
    .flatMap((id) => [...index.register.statesOf(id), ...index.register.sealStatesOf(id)])
    .map(({ operation }) => operation?.ended)
    .filter((ended) => ended !== undefined && ended.i < paper.print.i)
