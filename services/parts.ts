import { milliseconds } from './exchange/request/milliseconds.ts'
import { ownId } from './exchange/request/own-id.ts'
import type { RequestsFactory } from './exchange/request/request.ts'
import { secondOfTheClock } from './exchange/request/second-of-the-clock.ts'
import { compareImage } from './issuing/final-match/compare-image.ts'
import type { FinalMatchFactory } from './issuing/final-match/final-match.ts'
import { noFinalMatch } from './issuing/final-match/none.ts'
import { noStopCheck } from './issuing/stop-check/none.ts'
import type { StopCheckFactory } from './issuing/stop-check/stop-check.ts'
import { stopList } from './issuing/stop-check/stop-list.ts'
import { noReplicaLock } from './link/replica-lock/none.ts'
import type { ReplicaLockFactory } from './link/replica-lock/replica-lock.ts'
import { wholeRun } from './link/replica-lock/whole-run.ts'
import { asItComes } from './link/seal-apply/as-it-comes.ts'
import { newerOnly } from './link/seal-apply/newer-only.ts'
import type { SealApplyFactory } from './link/seal-apply/seal-apply.ts'
import { changeSequence } from './link/seal-delta/change-sequence.ts'
import { nightlyCopy } from './link/seal-delta/nightly-copy.ts'
import type { SealDeltaFactory } from './link/seal-delta/seal-delta.ts'
import { watermarkAtEnd } from './link/seal-delta/watermark-at-end.ts'
import { watermarkAtStart } from './link/seal-delta/watermark-at-start.ts'
import { byResident } from './print/forms/by-resident.ts'
import { byVersion } from './print/forms/by-version.ts'
import type { FormsFactory } from './print/forms/forms.ts'
import { noForms } from './print/forms/none.ts'
import type { OnErrorFactory } from './print/on-error/on-error.ts'
import { refuse } from './print/on-error/refuse.ts'
import { tryAgain } from './print/on-error/try-again.ts'
import { bufferPerJob } from './print/output/buffer-per-job.ts'
import { clearedAfterSuccess } from './print/output/cleared-after-success.ts'
import { keptBuffer } from './print/output/kept-buffer.ts'
import type { OutputFactory } from './print/output/output.ts'
import { counted } from './print/passing/counted.ts'
import { oneSlot } from './print/passing/one-slot.ts'
import type { PassingFactory } from './print/passing/passing.ts'
import { wholeDocument } from './print/passing/whole-document.ts'
import { endJob } from './print/turn/end-job.ts'
import { ownerChecked } from './print/turn/owner-checked.ts'
import { releaseOnTimeout } from './print/turn/release-on-timeout.ts'
import type { TurnFactory } from './print/turn/turn.ts'
import { fixedName } from './print/work-file/fixed-name.ts'
import { ownNumber } from './print/work-file/own-number.ts'
import { sequenceNumber } from './print/work-file/sequence-number.ts'
import { ownName } from './print/work-file/own-name.ts'
import type { WorkFileNamesFactory } from './print/work-file/work-file.ts'

/**
 * A part is a place where history went wrong: a folder, its variants one file each behind one interface. This is the list
 * of all of them; a build is a choice from it.
 */
export interface Parts {
  readonly 'print/forms': FormsFactory
  readonly 'print/passing': PassingFactory
  readonly 'print/turn': TurnFactory
  readonly 'print/output': OutputFactory
  readonly 'print/on-error': OnErrorFactory
  readonly 'print/work-file': WorkFileNamesFactory
  readonly 'exchange/request': RequestsFactory
  readonly 'issuing/final-match': FinalMatchFactory
  readonly 'issuing/stop-check': StopCheckFactory
  readonly 'link/replica-lock': ReplicaLockFactory
  readonly 'link/seal-delta': SealDeltaFactory
  readonly 'link/seal-apply': SealApplyFactory
}
export type PartName = keyof Parts

export const VARIANTS: { readonly [P in PartName]: Readonly<Record<string, Parts[P]>> } = {
  'print/forms': { none: noForms, 'by-resident': byResident, 'by-version': byVersion },
  'print/passing': { 'one-slot': oneSlot, counted, 'whole-document': wholeDocument },
  'print/turn': { 'release-on-timeout': releaseOnTimeout, 'owner-checked': ownerChecked, 'end-job': endJob },
  'print/output': { 'kept-buffer': keptBuffer, 'cleared-after-success': clearedAfterSuccess, 'buffer-per-job': bufferPerJob },
  'print/on-error': { refuse, 'try-again': tryAgain },
  'print/work-file': { 'fixed-name': fixedName, 'sequence-number': sequenceNumber, 'own-number': ownNumber, 'own-name': ownName },
  'exchange/request': { 'second-of-the-clock': secondOfTheClock, milliseconds, 'own-id': ownId },
  'issuing/final-match': { none: noFinalMatch, 'compare-image': compareImage },
  'issuing/stop-check': { none: noStopCheck, 'stop-list': stopList },
  'link/replica-lock': { none: noReplicaLock, 'whole-run': wholeRun },
  'link/seal-delta': {
    'watermark-at-end': watermarkAtEnd,
    'watermark-at-start': watermarkAtStart,
    'nightly-copy': nightlyCopy,
    'change-sequence': changeSequence,
  },
  'link/seal-apply': { 'as-it-comes': asItComes, 'newer-only': newerOnly },
}
export const PART_NAMES = Object.keys(VARIANTS) as readonly PartName[]
