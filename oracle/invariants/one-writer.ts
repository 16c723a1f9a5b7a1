import type { EventOf } from '../../contract/index.ts'
import type { Breach, Checker } from '../checker.ts'
import type { HistoryIndex, WorkEvent } from '../index-of-history.ts'
import { proof, timeOf } from '../words.ts'
import { runsOn } from '../work.ts'

type FileEvent = EventOf<'info', 'work-file'>

/**
 * ONE-WRITER: from a job's write of a work file until it has read it back, no other job writes that file.
 *
 * 1. A write makes the job a holder of the name.
 * 2. Its read or removal of that name, its end, or the crash of its node lets go.
 * 3. A write by a job while another holds the name is a violation, told once for each such write.
 */
export const oneWriter: Checker = {
  name: 'ONE-WRITER',
  needs: 'inside',
  *check(index) {
    const holders = new Holders()
    for (const [at, event] of index.work.entries()) {
      const other = event.f === 'work-file' && event.op === 'write' ? holders.other(event) : undefined
      if (event.f === 'work-file' && other !== undefined) yield breach(index, other, event, readBack(index.work, other, at))
      holders.take(event)
    }
    if (index.work.length === 0 && index.images.length === 0 && someDocument(index)) {
      yield { unknown: 'Documents reached a kiosk, and no job, image or work file was recorded.' }
    }
  },
}

const someDocument = (index: HistoryIndex): boolean => [...index.applications.values()].some(({ fetches }) => fetches.length > 0)

class Holders {
  /** By file name, then job: the write by which the job holds the name. */
  private readonly held = new Map<string, Map<string, FileEvent>>()
  /** By job: the names it holds, so that its end need not search. */
  private readonly names = new Map<string, Set<string>>()

  other(write: FileEvent): FileEvent | undefined {
    for (const [job, held] of this.held.get(write.name) ?? []) if (job !== write.job) return held
    return undefined
  }

  take(event: WorkEvent): void {
    if (event.f === 'node') {
      if (event.op === 'crash') this.crashed(event.node)
    } else if (event.f === 'job') {
      if (event.op === 'end') this.ended(event.job)
    } else if (event.op === 'write') this.hold(event)
    else this.letGo(event.name, event.job)
  }

  private hold(write: FileEvent): void {
    const jobs = this.held.get(write.name) ?? new Map<string, FileEvent>()
    this.held.set(write.name, jobs.set(write.job, write))
    this.names.set(write.job, (this.names.get(write.job) ?? new Set()).add(write.name))
  }

  private letGo(name: string, job: string): void {
    const jobs = this.held.get(name)
    jobs?.delete(job)
    if (jobs?.size === 0) this.held.delete(name)
    const names = this.names.get(job)
    names?.delete(name)
    if (names?.size === 0) this.names.delete(job)
  }

  private ended(job: string): void {
    for (const name of this.names.get(job) ?? []) this.letGo(name, job)
  }

  private crashed(node: string): void {
    for (const jobs of [...this.held.values()]) {
      for (const write of [...jobs.values()]) if (runsOn(write.process, node)) this.letGo(write.name, write.job)
    }
  }
}

/** The read by the first job that came after the second's write, if its job lived to make one. */
function readBack(work: readonly WorkEvent[], first: FileEvent, from: number): FileEvent | undefined {
  for (let at = from + 1; at < work.length; at += 1) {
    const event = work[at]
    if (event?.f === 'work-file' && event.job === first.job && event.name === first.name) return event.op === 'read' ? event : undefined
    if (event?.f === 'job' && event.op === 'end' && event.job === first.job) return undefined
  }
  return undefined
}

function breach(index: HistoryIndex, first: FileEvent, second: FileEvent, read: FileEvent | undefined): Breach {
  const after = read === undefined ? '' : ` At ${timeOf(read)} the first job read what the second had written.`
  return {
    ...(first.application === '' ? {} : { application: first.application }),
    events: proof(first, second, read),
    explanation:
      `At ${timeOf(first)} ${whose(index, first)} wrote the work file ${first.name}. Before it had read it back, ` +
      `${whose(index, second)} wrote the same file at ${timeOf(second)}.${after}`,
    ...(read === undefined ? { absent: 'earlier' as const } : {}),
  }
}

function whose(index: HistoryIndex, { job, application }: FileEvent): string {
  const applicant = index.applications.get(application)?.apply?.applicant
  return applicant === undefined ? `the print job ${job}` : `the print job ${job} for ${index.nameOf(applicant)}`
}
