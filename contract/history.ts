import Type, { type Static, type TSchema } from 'typebox'
import { FamilyRegister } from './family-register.ts'
import { CertificateStatus, CertificateType, Outcome, Wish } from './issuance.ts'
import { Municipality } from './municipality.ts'
import { REFUSAL_CODES } from './refusals.ts'
import { IsoDate, Resident } from './resident.ts'
import { SealRegistration } from './seal.ts'
import { TaxRecord } from './tax.ts'

/**
 * A history: what was asked, what changed in the registers, what each printed sheet visibly says, and what was seen
 * inside. JSON Lines: a header, events in the order in which they happened, a footer with a digest chained over the lines.
 * It is appended while the run goes on and saved before it is judged. A simulated one holds no host, path or wall time.
 *
 * An event is `invoke` (begun), `ok` or `fail` (ended as its `f` says) or `info` (something seen). `atMs` counts from
 * midnight (Japan) of the header's `date`; many events may share one instant, their order is the order of `i`.
 * `because` names the events that this one follows from; for `ok` and `fail` the first is its `invoke`.
 */
export const HISTORY_SCHEMA = 'torichigae-history/1'

const Code = Type.Enum([...REFUSAL_CODES])
const Application = Type.String()

function event<T extends 'invoke' | 'ok' | 'fail' | 'info', F extends string, P extends Record<string, TSchema>>(
  type: T,
  f: F,
  payload: P,
) {
  return Type.Object({
    i: Type.Integer({ minimum: 0 }),
    atMs: Type.Number(),
    process: Type.String(),
    type: Type.Literal(type),
    f: Type.Literal(f),
    because: Type.Optional(Type.Array(Type.Integer({ minimum: 0 }))),
    ...payload,
  })
}

/** What one sheet of paper visibly says, as read off it; `provenance` is the machine's line, apart. */
export const SheetOnPaper = Type.Object({ text: Type.Array(Type.String()), provenance: Type.Optional(Type.String()) })

/** The events of a kiosk session: what a person did and got. A black-box target gives at least these. */
const KIOSK_EVENTS = [
  event('invoke', 'session', { kiosk: Type.String(), resident: Type.String(), municipality: Type.String() }),
  event('ok', 'session', {}),
  event('invoke', 'authenticate', { kiosk: Type.String(), resident: Type.String() }),
  event('ok', 'authenticate', {}),
  /** `triesLeft` after a wrong PIN: so many tries the card says are left. */
  event('fail', 'authenticate', { code: Code, triesLeft: Type.Optional(Type.Integer({ minimum: 0 })) }),
  event('invoke', 'apply', {
    application: Application,
    kiosk: Type.String(),
    applicant: Type.String(),
    municipality: Type.String(),
    wish: Wish,
  }),
  event('ok', 'apply', { application: Application }),
  event('fail', 'apply', { application: Application, code: Code }),
  event('invoke', 'document', { application: Application }),
  event('ok', 'document', {
    application: Application,
    /** `pending`: asked too early, ask again. Only `ready` is a successful document fetch. */
    state: Type.Enum(['pending', 'ready']),
    digest: Type.Optional(Type.String()),
    pages: Type.Optional(Type.Integer()),
  }),
  event('fail', 'document', { application: Application, code: Code }),
  event('invoke', 'pay', { application: Application, yen: Type.Integer() }),
  event('ok', 'pay', { application: Application, yen: Type.Integer() }),
  event('fail', 'pay', { application: Application, code: Code }),
  event('invoke', 'print', { application: Application, kiosk: Type.String() }),
  event('ok', 'print', { application: Application, kiosk: Type.String(), sheets: Type.Array(SheetOnPaper) }),
  /** `sheets` had come out before it failed. Without a code, the kiosk itself stopped while it fed. */
  event('fail', 'print', { application: Application, kiosk: Type.String(), sheets: Type.Array(SheetOnPaper), code: Type.Optional(Code) }),
  /** Card or paper was forgotten: an alarm sounds until somebody presses stop and takes it into keeping. */
  event('info', 'alarm', { kiosk: Type.String(), about: Type.Enum(['card', 'paper']), op: Type.Enum(['sounds', 'stopped']) }),
  event('info', 'refund', { application: Application, yen: Type.Integer() }),
  event('info', 'outcome', { application: Application, outcome: Outcome }),
] as const

/** The registers of record and the certificates of cards: their state at the beginning, and every operation. */
const REGISTER_EVENTS = [
  event('info', 'registered', { resident: Resident }),
  event('info', 'seal-registered', { seal: SealRegistration }),
  event('info', 'family-registered', { register: FamilyRegister }),
  event('info', 'tax-registered', { record: TaxRecord }),
  /** Somebody who lives elsewhere has been registered for use of the family registers, from that day on. */
  event('info', 'domicile-user', { resident: Type.String(), from: IsoDate }),
  /** A card's certificate that is not in force at the beginning; of the others nothing is said. */
  event('info', 'certificate', { resident: Type.String(), status: CertificateStatus }),
  event('invoke', 'counter', { operation: Type.String(), residents: Type.Array(Type.String()) }),
  /** What the registers say afterwards of everybody whom it changed; `seals` where it changed the seal register. */
  event('ok', 'counter', {
    operation: Type.String(),
    residents: Type.Array(Resident),
    seals: Type.Optional(Type.Array(SealRegistration)),
    /** Certificates of cards that it suspended, revoked or put in force again. */
    certificates: Type.Optional(Type.Array(Type.Object({ resident: Type.String(), status: CertificateStatus }))),
  }),
  event('fail', 'counter', { operation: Type.String() }),
] as const

/** Which register a link carries over and a replica copies. */
export const RegisterName = Type.Enum(['residents', 'seals'])
export type RegisterName = Static<typeof RegisterName>

/** Seen inside: what ONE-WRITER, UNIQUE, ECHO, PROVENANCE, MONOTONIC and STOPPED need. Absent from a black-box target. */
const INSIDE_EVENTS = [
  event('invoke', 'link', { municipality: Type.String(), register: RegisterName }),
  event('ok', 'link', { municipality: Type.String(), register: RegisterName }),
  event('fail', 'link', { municipality: Type.String(), register: RegisterName }),
  event('info', 'replica', { municipality: Type.String(), register: RegisterName, resident: Type.String(), version: Type.Integer() }),
  event('info', 'job', { op: Type.Enum(['start', 'end']), job: Type.String(), application: Application }),
  event('info', 'work-file', {
    op: Type.Enum(['write', 'read', 'remove']),
    /** Folder and name: `munakata/print.img`. */
    name: Type.String(),
    job: Type.String(),
    application: Application,
  }),
  /** From now on this key, of those called `what` at one site, stands for that application. */
  event('info', 'key', { what: Type.String(), key: Type.String(), application: Application }),
  /** An answer was taken for a request. `names` is the application that it says it answers, `compared` whether somebody looked. */
  event('info', 'answer', { key: Type.String(), application: Application, names: Type.Optional(Application), compared: Type.Boolean() }),
  /** A document's image was compared with its application before it was handed over, and whether they agreed. */
  event('info', 'comparison', { application: Application, agreed: Type.Boolean() }),
  event('info', 'image', { op: Type.Literal('made'), digest: Type.String(), job: Type.String(), application: Application }),
  event('info', 'log', {
    level: Type.Enum(['info', 'warn', 'error']),
    code: Type.String(),
    application: Type.Optional(Application),
  }),
  event('info', 'node', { node: Type.String(), op: Type.Enum(['crash', 'restart']) }),
] as const

/** Any event of a history, told apart by `type` and `f`; its number `i` is its place in the file. */
export const HistoryEvent = Type.Union([...KIOSK_EVENTS, ...REGISTER_EVENTS, ...INSIDE_EVENTS])
export type HistoryEvent = Static<typeof HistoryEvent>

/** The event of one kind: `EventOf<'ok', 'print'>`. */
export type EventOf<T extends HistoryEvent['type'], F extends HistoryEvent['f']> = Extract<HistoryEvent, { type: T; f: F }>

/** What the recorder adds by itself. */
export type EventEnvelope = 'i' | 'atMs' | 'process'
type WithoutEnvelope<E> = E extends HistoryEvent ? Omit<E, EventEnvelope> : never
/** An event as its author gives it to the recorder. */
export type EventDraft = WithoutEnvelope<HistoryEvent>

/** A history's first line: what was run, and all that a judge has to know beside the events. */
export const HistoryHeader = Type.Object({
  schema: Type.Literal(HISTORY_SCHEMA),
  tool: Type.String(),
  world: Type.Enum(['simulated', 'live', 'target']),
  seed: Type.Integer(),
  incident: Type.String(),
  build: Type.String(),
  /** Digest over people, build and script: two histories with the same one saw the same inputs. */
  fixture: Type.String(),
  /** The scenario's day; `atMs` counts from its midnight. */
  date: IsoDate,
  /** Real milliseconds times this are scenario milliseconds; 1 in the simulated world. */
  clockFactor: Type.Number({ exclusiveMinimum: 0 }),
  rate: Type.Enum(['script', 'natural', 'accelerated']),
  /** Types offered and who issues: what the oracle needs to know about the municipalities. */
  municipalities: Type.Array(Municipality),
  types: Type.Array(CertificateType),
})
export type HistoryHeader = Static<typeof HistoryHeader>

/** `digest` is the chain over every line before the footer; `complete` is false when the run was interrupted. */
export const HistoryFooter = Type.Object({
  footer: Type.Literal(true),
  events: Type.Integer({ minimum: 0 }),
  papers: Type.Integer({ minimum: 0 }),
  complete: Type.Boolean(),
  digest: Type.String(),
})
export type HistoryFooter = Static<typeof HistoryFooter>

/** A history in memory. `footer` is missing where the file was cut. */
export interface History {
  readonly header: HistoryHeader
  readonly events: readonly HistoryEvent[]
  readonly footer?: HistoryFooter
}
