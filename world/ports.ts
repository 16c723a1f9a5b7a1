import type {
  AnswerOf,
  EventDraft,
  Image,
  OperationName,
  PrintedSheet,
  RefusalCode,
  RequestOf,
  Sheet,
  Slip,
} from '../contract/index.ts'

/**
 * The ports: everything that services and kiosk may reach outside their own memory. Live and simulated world implement the
 * same ones, and one contract suite a port (`test/world/contract/`) holds them to it.
 *
 * Each running task, be it a request, a print job, a link run or a kiosk session, has a `World` of its own, so that every
 * port call says who made it without async hooks.
 */

/** Milliseconds since midnight (Japan) of the scenario's day. Never wall time: a type of its own keeps them apart. */
export type VirtualMs = number & { readonly virtual: unique symbol }

/** A number known to be scenario time. */
export const virtualMs = (ms: number): VirtualMs => ms as VirtualMs

export interface Timer {
  /** Stops the timer; nothing happens if it has fired. */
  cancel(): void
}

export interface Clock {
  /** Scenario time now. */
  now(): VirtualMs
  /** The scenario's calendar day now, `YYYY-MM-DD`. */
  today(): string
  /** Resolves once `ms` of scenario time have passed; never early, possibly late. */
  sleep(ms: number): Promise<void>
  /** Calls `fire` once after `ms`, as a step of its own named by `words`, unless cancelled before. */
  after(ms: number, words: string, fire: () => void): Timer
}

/** Random draws keyed by what they are for: the same key gives the same stream, whatever else is drawn. */
export interface Random {
  /** The next draw of stream `key`, uniform in [0, 1). */
  next(key: string): number
}

export interface Ids {
  /** A new id, unique over nodes and restarts: `kind` is a word ("application"), `owner` who needs it ("shop-1"). */
  next(kind: string, owner: string): string
}

/** The site's work folder, shared by all print workers of the site. Names have no path in them. */
export interface WorkFiles {
  /** Writes or overwrites. */
  write(name: string, image: Image): Promise<void>
  /** What the file holds now; `undefined` if there is none. */
  read(name: string): Promise<Image | undefined>
  /** Removes; no error if there is none. */
  remove(name: string): Promise<void>
}

/**
 * The print engine of one node. Drawing makes an image of typed sheets; converting is the slow part, which works on a file
 * in place, and for which only its duration matters here: processor sharing, each of n conversions progresses at
 * min(1, c/n) of full speed.
 */
export interface Engine {
  /** @throws Refusal GLYPH_PENDING, TEXT_TOO_LONG */
  draw(sheets: readonly Sheet[]): Promise<Image>
  /**
   * Converts so many sheets in the work file `name`; resolves when done.
   * @throws the signal's reason if `signal` is aborted before that: the conversion is killed and frees its share.
   */
  convert(name: string, sheets: number, signal?: AbortSignal): Promise<void>
  /** What the image visibly says, sheet by sheet. @throws UnreadableImage */
  read(image: Image): Promise<readonly PrintedSheet[]>
}

/** At least once, in order of arrival as far as concurrency allows; a job is known by its id and added once. */
export interface Queue {
  add(queue: QueueName, job: { readonly id: string }): Promise<void>
}
export type QueueName = 'print'

/** A table of rows of `T`. Declared once by the service that owns it. */
export interface TableDefinition<T> {
  readonly name: string
  /** Only for the type checker; never present. */
  readonly row?: T
}
/** `key` is unique in the table; `group` is what `list` finds by; `version` starts at 1 and grows with each write. */
export interface Row<T> {
  readonly key: string
  readonly group: string
  readonly version: number
  readonly data: T
}

/** Single-statement atomic operations on the tables of one site. */
export interface Database {
  get<T>(table: TableDefinition<T>, key: string): Promise<Row<T> | undefined>
  /** Rows of one group, by key. */
  list<T>(table: TableDefinition<T>, group: string): Promise<readonly Row<T>[]>
  /** At most `limit` rows of the whole table with a key greater than `after`, by key. */
  range<T>(table: TableDefinition<T>, after: string, limit: number): Promise<readonly Row<T>[]>
  /** Puts version 1 if the key is free; false, and nothing written, if it is taken. */
  insert<T>(table: TableDefinition<T>, key: string, group: string, data: T): Promise<boolean>
  /** Compare and set: writes `data` under `row.group` as the next version if the stored version is still `row.version`; else false. */
  replace<T>(table: TableDefinition<T>, row: Row<T>, data: T): Promise<boolean>
  /**
   * The one kind of transaction: an operation at the counter. Rows read in it stay locked until it ends; nothing of it is
   * seen from outside before. Commits when `body` resolves, rolls back when it throws.
   */
  transaction<T>(words: string, body: (tx: CounterTransaction) => Promise<T>): Promise<T>
}

/** Lock rows in one order (by table, then key), or two transactions may wait for each other. */
export interface CounterTransaction {
  get<T>(table: TableDefinition<T>, key: string): Promise<Row<T> | undefined>
  list<T>(table: TableDefinition<T>, group: string): Promise<readonly Row<T>[]>
  /** Inserts or overwrites; the version grows. */
  put<T>(table: TableDefinition<T>, key: string, group: string, data: T): Promise<void>
}

/** Calls across a network. @throws Refusal as the other side answered; CENTRE_TIMEOUT, SERVER_TIMEOUT where no answer came. */
export interface Network {
  call<N extends OperationName>(operation: N, municipality: string, request: RequestOf<N>): Promise<AnswerOf<N>>
}

/** Signatures of cards. Keys are made by {@link KeyMaker} when cards are. */
export interface Crypto {
  sign(privateKey: string, message: string): Promise<string>
  verify(publicKey: string, message: string, signature: string): Promise<boolean>
  /** A value nobody can guess (live) or that the seed decides (simulated). */
  nonce(key: string): string
}

export interface KeyPair {
  readonly publicKey: string
  readonly privateKey: string
}
/** Makes the key pair of the card `serial`: real Ed25519 (live), or a word of the serial (simulated). */
export type KeyMaker = (serial: string) => KeyPair
/** Signs where there is no run yet: the authority signs certificates while cards are made. As {@link Crypto} signs. */
export type Signer = (privateKey: string, message: string) => string

/** What cards are made with. */
export interface CardPress {
  readonly makeKeys: KeyMaker
  readonly sign: Signer
}

/** The site's log. `code` is a word in capitals; fields carry ids only, never personal data. */
export interface Log {
  info(code: string, fields?: LogFields): void
  warn(code: string, fields?: LogFields): void
  error(code: string, fields?: LogFields): void
}
export interface LogFields {
  readonly application?: string
  readonly detail?: string
}

/** Appends to the run's history. Gives back the event's number, for `because`. */
export interface Recorder {
  record(event: EventDraft): number
}

/** What a service's task has. */
export interface World {
  /** Who this is: `print:munakata/1#shop-1-3`. */
  readonly process: string
  /** The application this task works for, if any. */
  readonly application: string | undefined
  readonly clock: Clock
  readonly random: Random
  readonly ids: Ids
  readonly files: WorkFiles
  readonly engine: Engine
  readonly queue: Queue
  readonly database: Database
  readonly network: Network
  readonly crypto: Crypto
  readonly log: Log
  readonly history: Recorder
}

/** The kiosk's journal survives its restart. */
export interface Journal {
  append(entry: JournalEntry): Promise<void>
  entries(): Promise<readonly JournalEntry[]>
}

/** What a kiosk knows after a restart of what it was doing: enough to give money back and to say how it ended. */
export interface JournalEntry {
  readonly application: string
  readonly municipality: string
  readonly session: string
  /**
   * `applied`, `paying` before money may be taken, `paid`, `feeding` before a sheet may move, then `printed`, `refunded` or
   * `cancelled`, and `closed` once the issuing side has been told.
   */
  readonly state: 'applied' | 'paying' | 'paid' | 'feeding' | 'printed' | 'cancelled' | 'refunded' | 'closed'
  readonly yen: number
  /** Why it was refunded. */
  readonly code?: RefusalCode
}

/** The cash box. It has a counter of its own, which survives the kiosk's restart. */
export interface Cash {
  /** Takes `yen` from the person standing there. What was put in is given back where it throws. @throws Refusal MONEY_SHORT, USER_CANCELLED */
  take(application: string, yen: number): Promise<void>
  /** What it took for the application and has given no ticket for, in yen. */
  held(application: string): Promise<number>
  /** Prints a refund ticket over what it holds for the application; gives its amount, 0 where there was nothing to refund. */
  refund(application: string, code: RefusalCode): Promise<number>
}

export interface Printer {
  /** Makes the image ready for the machine, before anybody pays. @throws Refusal SERVER_ERROR where it is no image that can be printed */
  prepare(image: Image): Promise<void>
  /** Feeds paper and prints every page of the application's image, sheet by sheet. */
  feed(application: string, image: Image): Promise<Tray>
  /** Prints a slip that says why somebody was refused. */
  slip(slip: Slip): Promise<void>
}

/** What lies in the tray after a print, as a reader sees it. */
export interface Tray {
  readonly sheets: readonly PrintedSheet[]
  /** Why it stopped before the last page, if it did. */
  readonly trouble?: PrinterTrouble
}
export type PrinterTrouble = 'PAPER_JAM' | 'NO_PAPER' | 'NO_TONER'

/** What a kiosk session has besides. */
export interface KioskWorld extends World {
  readonly journal: Journal
  readonly cash: Cash
  readonly printer: Printer
}
