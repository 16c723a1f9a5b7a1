import type { EventOf, RegisterName, Resident, SealRegistration } from '../../contract/index.ts'
import type { Checker, Finding } from '../checker.ts'
import type { HistoryIndex, LinkRun } from '../index-of-history.ts'
import { timeOf } from '../words.ts'

/**
 * MONOTONIC, for each register and its replica:
 *
 * 1. A replica's version of a person never goes back. Writing the same version again is no step back.
 * 2. After a completed link run the replica has of each person at least the version whose operation at the counter had ended
 *    before that run began.
 */
export const monotonic: Checker = {
  name: 'MONOTONIC',
  needs: 'inside',
  *check(index) {
    yield* stepsBack(index)
    yield* left(index)
  },
}

/** A version that the counter had committed. */
interface Change {
  readonly register: RegisterName
  readonly municipality: string
  readonly resident: string
  readonly version: number
  readonly ok: EventOf<'ok', 'counter'>
}

const keyOf = ({ municipality, register, resident }: Pick<Change, 'municipality' | 'register' | 'resident'>): string =>
  `${municipality}\n${register}\n${resident}`

function* stepsBack(index: HistoryIndex): Iterable<Finding> {
  const latest = new Map<string, EventOf<'info', 'replica'>>()
  for (const event of index.replicas) {
    const before = latest.get(keyOf(event))
    if (before !== undefined && before.version > event.version) {
      yield {
        events: [before.i, event.i],
        explanation:
          `The replica of ${event.municipality} held version ${String(before.version)} of ${ofWhom(index, event)} from ${timeOf(before)} ` +
          `and went back to version ${String(event.version)} at ${timeOf(event)}. What the counter had changed in between was undone in it.`,
      }
    }
    latest.set(keyOf(event), event)
  }
}

/** Changes that a completed run should have carried over and after it were not in the replica, each once. */
function* left(index: HistoryIndex): Iterable<Finding> {
  const inOrder = [
    ...index.counters.flatMap(({ ok }) => changesOf(ok).map((change) => ({ i: ok.i, change }))),
    ...index.replicas.map((replica) => ({ i: replica.i, replica })),
    ...index.linkRuns.map((run) => ({ i: run.ok.i, run })),
  ].sort((a, b) => a.i - b.i)
  const waiting = new Map<string, Change[]>()
  const held = new Map<string, number>()
  for (const entry of inOrder) {
    if ('change' in entry) {
      const key = keyOf(entry.change)
      // What is carried over between an operation's commit and its recorded end is there already.
      if ((held.get(key) ?? 0) < entry.change.version) waiting.set(key, [...(waiting.get(key) ?? []), entry.change])
    } else if ('replica' in entry) {
      const key = keyOf(entry.replica)
      held.set(key, entry.replica.version)
      keep(waiting, key, ({ version }) => version > entry.replica.version)
    } else {
      const due = ({ register, municipality, ok }: Change): boolean =>
        register === entry.run.register && municipality === entry.run.municipality && ok.i < entry.run.invokedI
      for (const [key, changes] of [...waiting]) {
        for (const change of changes.filter(due)) yield lost(index, entry.run, change)
        keep(waiting, key, (change) => !due(change))
      }
    }
  }
}

function keep(waiting: Map<string, Change[]>, key: string, stays: (change: Change) => boolean): void {
  const changes = waiting.get(key)?.filter(stays) ?? []
  if (changes.length === 0) waiting.delete(key)
  else waiting.set(key, changes)
}

function changesOf(ok: EventOf<'ok', 'counter'>): Change[] {
  const ofResident = ({ municipality, id, version }: Resident): Change => ({ register: 'residents', municipality, resident: id, version, ok })
  const ofSeal = ({ municipality, resident, version }: SealRegistration): Change => ({ register: 'seals', municipality, resident, version, ok })
  return [...ok.residents.map(ofResident), ...(ok.seals ?? []).map(ofSeal)]
}

function lost(index: HistoryIndex, { municipality, ok: ran, invokedI }: LinkRun, change: Change): Finding {
  return {
    events: [change.ok.i, invokedI, ran.i],
    explanation:
      `At ${timeOf(change.ok)} the counter had ended "${change.ok.operation}", version ${String(change.version)} of ${ofWhom(index, change)}. ` +
      `A link run of ${municipality} began after that and completed at ${timeOf(ran)}, and the replica still had an older version.`,
    absent: 'earlier',
  }
}

const ofWhom = (index: HistoryIndex, { register, resident }: Pick<Change, 'register' | 'resident'>): string =>
  register === 'seals' ? `the seal registration of ${index.nameOf(resident)}` : index.nameOf(resident)
