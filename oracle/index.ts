/**
 * The oracle: says of every sheet in a history whether it belongs to the person who asked for it, and of the run whether
 * what must hold held. It imports the contract and nothing else, and reads paper, not metadata.
 */
export { judge } from './judge.ts'
export type { Breach, Checker, Finding, Undecided } from './checker.ts'
export { CHECKERS } from './invariants/index.ts'
export { INVARIANTS, type Invariant, type Judgement, type Unknown, type Verdict, type Violation } from './judgement.ts'
export { type FixAtSite, rolledOut, type RolledOut } from './rolled-out.ts'
export { type Closing, judgeAsSite, type SiteError, type SiteJudgement } from './site.ts'
export { HistoryIndex, indexHistory } from './index-of-history.ts'
export { fitsRecord, headOn, isOfResidents } from './identity.ts'
export { sealStopReason, type StopFact } from './stop-facts.ts'
