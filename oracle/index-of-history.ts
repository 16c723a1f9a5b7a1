import type { EventOf, History, HistoryEvent, RegisterName } from '../contract/index.ts'
import { Application } from './application.ts'
import { Certificates } from './certificates.ts'
import { Paper } from './paper.ts'
import { Register } from './register.ts'
import { listIn } from './states.ts'
import { Sessions } from './sessions.ts'

/** Events seen inside, in order, as their checkers need them. */
export type WorkEvent = EventOf<'info', 'work-file' | 'job' | 'node'>

/** A link run that ended well. */
export interface LinkRun {
  readonly municipality: string
  readonly register: RegisterName
  readonly invokedI: number
  readonly ok: EventOf<'ok', 'link'>
}

/**
 * A history prepared for judging, in one pass over its events: the register history, who stood at which kiosk when, each
 * application's story, the papers, and what was seen inside. Filled by {@link indexHistory}, then only read.
 */
export class HistoryIndex {
  readonly register: Register
  readonly applications = new Map<string, Application>()
  readonly papers: Paper[] = []
  readonly certificates = new Certificates()
  /** Sessions that began at a kiosk where an alarm over something forgotten was still sounding. */
  readonly alarmed: { readonly alarm: EventOf<'info', 'alarm'>; readonly session: EventOf<'invoke', 'session'> }[] = []
  readonly work: WorkEvent[] = []
  readonly images: EventOf<'info', 'image'>[] = []
  readonly keys: EventOf<'info', 'key'>[] = []
  readonly answers: EventOf<'info', 'answer'>[] = []
  readonly replicas: EventOf<'info', 'replica'>[] = []
  readonly linkRuns: LinkRun[] = []
  readonly counters: { readonly invokedI: number; readonly ok: EventOf<'ok', 'counter'> }[] = []

  constructor(readonly history: History) {
    this.register = new Register(history.header.municipalities)
  }

  /** How a person is spoken of in explanations. */
  nameOf(id: string): string {
    return this.register.nameOf(id)
  }
}

/** Prepares a history for judging. */
export function indexHistory(history: History): HistoryIndex {
  const index = new HistoryIndex(history)
  const filler = new Filler(index)
  for (const event of history.events) filler.take(event)
  filler.end()
  return index
}

class Filler {
  private readonly sessions = new Sessions()
  private readonly counters = new Map<string, EventOf<'invoke', 'counter'>[]>()
  private readonly links = new Map<string, EventOf<'invoke', 'link'>[]>()
  private readonly sounding = new Map<string, EventOf<'info', 'alarm'>>()
  private readonly linkedI = new Map<string, Partial<Record<RegisterName, number>>>()

  constructor(private readonly index: HistoryIndex) {}

  take(event: HistoryEvent): void {
    switch (event.type) {
      case 'invoke':
        this.invoke(event)
        break
      case 'ok':
        this.ok(event)
        break
      case 'fail':
        this.fail(event)
        break
      case 'info':
        this.info(event)
    }
  }

  /** Counter operations still open had an effect that nobody recorded. */
  end(): void {
    for (const { residents, i } of [...this.counters.values()].flat()) {
      this.index.register.addUnended(residents, i)
      for (const resident of residents) this.index.certificates.addUnended(resident, i)
    }
  }

  private invoke(event: Extract<HistoryEvent, { type: 'invoke' }>): void {
    if (event.f === 'session') this.begun(event)
    else if (event.f === 'authenticate') this.sessions.authenticate(event)
    else if (event.f === 'apply') this.applied(event)
    else if (event.f === 'document') this.application(event.application).asking = event
    else if (event.f === 'counter') open(this.counters, event)
    else if (event.f === 'link') open(this.links, event)
  }

  private ok(event: Extract<HistoryEvent, { type: 'ok' }>): void {
    if (event.f === 'session') this.sessions.end(event)
    else if (event.f === 'authenticate') this.sessions.authenticated(event)
    else if (event.f === 'document') this.fetched(event)
    else if (event.f === 'pay') this.paid(event)
    else if (event.f === 'apply') this.application(event.application).accepted ??= event
    else if (event.f === 'print') {
      this.application(event.application).prints.push(event)
      this.printed(event)
    } else if (event.f === 'counter') this.changed(event)
    else if (event.f === 'link') this.linked(event)
  }

  private fail(event: Extract<HistoryEvent, { type: 'fail' }>): void {
    if (event.f === 'authenticate') this.sessions.refused(event)
    else if (event.f === 'apply' || event.f === 'document' || event.f === 'pay') this.application(event.application).stops.push(event)
    else if (event.f === 'print') this.printed(event)
    else if (event.f === 'counter') close(this.counters, event)
    else close(this.links, event)
  }

  private info(event: Extract<HistoryEvent, { type: 'info' }>): void {
    if (event.f === 'registered') this.index.register.add(event.resident)
    else if (event.f === 'seal-registered') this.index.register.addSeal(event.seal)
    else if (event.f === 'tax-registered') this.index.register.taxes.add(event.record)
    else if (event.f === 'family-registered') this.index.register.families.add(event.register)
    else if (event.f === 'domicile-user') listIn(this.index.register.domicileUsers, event.resident).push(event)
    else if (event.f === 'work-file' || event.f === 'job' || event.f === 'node') this.seenInside(event)
    else if (event.f === 'image') this.index.images.push(event)
    else if (event.f === 'key') this.index.keys.push(event)
    else if (event.f === 'answer') this.index.answers.push(event)
    else if (event.f === 'replica') this.index.replicas.push(event)
    else if (event.f === 'refund') this.application(event.application).refunds.push(event)
    else if (event.f === 'log') this.logged(event)
    else if (event.f === 'alarm') this.alarm(event)
    else if (event.f === 'certificate') this.index.certificates.add(event.resident, event.status)
    else if (event.f === 'outcome') {
      this.application(event.application).outcomes.push(event)
      if (event.outcome === 'cancelled') this.application(event.application).stops.push(event)
    }
  }

  private seenInside(event: WorkEvent): void {
    if (event.f === 'node' && event.op === 'crash') this.sounding.delete(event.node)
    this.index.work.push(event)
  }

  private begun(event: EventOf<'invoke', 'session'>): void {
    const alarm = this.sounding.get(event.kiosk)
    if (alarm !== undefined) this.index.alarmed.push({ alarm, session: event })
    this.sessions.begin(event)
  }

  /** A kiosk whose power failed is silent, and nobody knows what lies in it. */
  private alarm(event: EventOf<'info', 'alarm'>): void {
    if (event.op === 'sounds') this.sounding.set(event.kiosk, event)
    else this.sounding.delete(event.kiosk)
  }

  private application(id: string): Application {
    const known = this.index.applications.get(id)
    if (known !== undefined) return known
    const application = new Application(id)
    this.index.applications.set(id, application)
    return application
  }

  /** Sent twice, it is one application, and the first time counts. */
  private applied(event: EventOf<'invoke', 'apply'>): void {
    const application = this.application(event.application)
    if (application.apply !== undefined) return
    application.apply = event
    application.session = this.sessions.openAt(event.kiosk)
    application.linkedI = this.linkedI.get(event.municipality) ?? {}
  }

  private fetched(event: EventOf<'ok', 'document'>): void {
    const application = this.application(event.application)
    if (event.state === 'ready') application.fetches.push({ invoke: application.asking, ready: event })
  }

  /** A certificate that costs nothing is paid with nothing: no fee was taken, and none can be owed. */
  private paid(event: EventOf<'ok', 'pay'>): void {
    if (event.yen > 0) this.application(event.application).pays.push(event)
  }

  private printed(event: EventOf<'ok' | 'fail', 'print'>): void {
    if (event.sheets.length === 0) return
    const application = this.application(event.application)
    application.firstPaper ??= event
    this.index.papers.push(new Paper(this.index.register, application, event, this.sessions.openAt(event.kiosk)))
  }

  private changed(event: EventOf<'ok', 'counter'>): void {
    const invokedI = close(this.counters, event)?.i ?? event.i
    this.index.counters.push({ invokedI, ok: event })
    const operation = { invokedI, ended: event }
    for (const resident of event.residents) this.index.register.add(resident, operation)
    for (const seal of event.seals ?? []) this.index.register.addSeal(seal, operation)
    for (const { resident, status } of event.certificates ?? []) this.index.certificates.add(resident, status, operation)
  }

  private linked(event: EventOf<'ok', 'link'>): void {
    const invokedI = close(this.links, event)?.i
    if (invokedI === undefined) return
    const { municipality, register } = event
    this.index.linkRuns.push({ municipality, register, invokedI, ok: event })
    const before = this.linkedI.get(municipality)
    // A new object each time, since applications keep the one that they were made under.
    this.linkedI.set(municipality, { ...before, [register]: Math.max(invokedI, before?.[register] ?? -1) })
  }

  /** A job that failed logs an error; one that ran into the limit of its turn logs that and may not know it has to end. */
  private logged(event: EventOf<'info', 'log'>): void {
    const stops = event.level === 'error' || (event.level === 'warn' && event.code === 'TURN_LIMIT_PASSED')
    if (stops && event.application !== undefined) this.application(event.application).stops.push(event)
  }
}

function open<E extends HistoryEvent>(under: Map<string, E[]>, event: E): void {
  const begun = under.get(event.process)
  if (begun === undefined) under.set(event.process, [event])
  else begun.push(event)
}

/** Takes out the `invoke` that an end belongs to: the one it names first, else the latest of its process. */
function close<E extends HistoryEvent>(under: Map<string, E[]>, end: HistoryEvent): E | undefined {
  const own = under.get(end.process)
  const named = end.because?.[0]
  if (named === undefined || own?.some(({ i }) => i === named) === true) return remove(under, end.process, named)
  for (const [process, begun] of under) if (begun.some(({ i }) => i === named)) return remove(under, process, named)
  return remove(under, end.process, undefined)
}

function remove<E extends HistoryEvent>(under: Map<string, E[]>, process: string, named: number | undefined): E | undefined {
  const begun = under.get(process)
  if (begun === undefined) return undefined
  const at = named === undefined ? begun.length - 1 : begun.findIndex(({ i }) => i === named)
  const [invoke] = begun.splice(at, 1)
  if (begun.length === 0) under.delete(process)
  return invoke
}
