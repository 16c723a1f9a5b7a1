import {
  type EventDraft,
  type EventOf,
  HEAD_OF_HOUSEHOLD,
  type History,
  type HistoryEvent,
  type HistoryHeader,
  HISTORY_SCHEMA,
  PERSONS_PER_SHEET,
  printedSheet,
  type RegisterName,
  type Resident,
  type ResidenceRecordSheet,
  type SealCertificateSheet,
  type SealRegistration,
  type Sheet,
  type SheetPerson,
  type Wish,
} from '../../contract/index.ts'

/** Histories by hand: a clean base, from which a test departs in one thing. */
const MUNICIPALITY = { code: 'munakata', name: '宗像市', prefecture: '福岡県', mayor: '見本市長', feesYen: { 'residence-record': 300, 'seal-certificate': 300 } }

export const HEADER: HistoryHeader = {
  schema: HISTORY_SCHEMA,
  tool: '0.0.0',
  world: 'simulated',
  seed: 1,
  incident: 'by-hand',
  build: 'by-hand',
  fixture: 'by-hand',
  date: '2023-06-28',
  clockFactor: 1,
  rate: 'script',
  municipalities: [MUNICIPALITY],
  types: ['residence-record', 'seal-certificate'],
}

/** A resident of whom a test names what matters to it; name and key differ for each `id`. */
export function resident(id: string, given: Partial<Resident> = {}): Resident {
  return {
    id,
    municipality: 'munakata',
    household: `household-of-${id}`,
    name: `見本　${id}`,
    kana: 'ミホン',
    birthDate: '1980-01-02',
    sex: 'female',
    relation: HEAD_OF_HOUSEHOLD,
    address: '福岡県宗像市東郷1番1号',
    becameResident: '2010-04-01',
    addressFixed: '2010-04-01',
    notified: '2010-04-02',
    previousAddress: '福岡県福津市中央1番1号',
    domicile: '福岡県宗像市東郷1番',
    domicileHead: '見本　筆頭',
    individualNumber: `number-${id}`,
    recordCode: `code-${id}`,
    status: 'resident',
    restricted: false,
    version: 1,
    ...given,
  }
}

/** The next version of a record. */
export const changed = (record: Resident, change: Partial<Resident>): Resident => ({ ...record, version: record.version + 1, ...change })

export const HANAKO = resident('hanako', { name: '山田　花子', household: 'yamada' })
export const TARO = resident('taro', { name: '山田　太郎', sex: 'male', birthDate: '1978-05-06', household: 'yamada', relation: '夫' })
/** A man of another household. */
export const ICHIRO = resident('ichiro', { name: '佐藤　一郎', sex: 'male', birthDate: '1991-11-30', address: '福岡県宗像市田熊2番2号' })
export const PEOPLE = [HANAKO, TARO, ICHIRO]

export const SHOW_NOTHING = { relation: false, domicile: false, individualNumber: false, recordCode: false, foreignItems: false }
export const wish = (given: Partial<Wish> = {}): Wish => ({
  type: 'residence-record',
  scope: 'household',
  show: SHOW_NOTHING,
  copies: 1,
  ...given,
})

/** The typed sheets of a whole, correct document over these people. */
export function sheetsOf(people: readonly Resident[], { show }: Wish = wish(), issueNumber = '1'): ResidenceRecordSheet[] {
  const parts = Array.from({ length: Math.ceil(people.length / PERSONS_PER_SHEET) }, (_, at) =>
    people.slice(at * PERSONS_PER_SHEET, (at + 1) * PERSONS_PER_SHEET),
  )
  const head = people.find(({ relation }) => relation === HEAD_OF_HOUSEHOLD) ?? people[0]
  return parts.map((persons, at) => ({
    type: 'residence-record',
    form: 'household',
    municipality: MUNICIPALITY.name,
    mayor: MUNICIPALITY.mayor,
    k: at + 1,
    of: parts.length,
    address: people[0]?.address ?? '',
    ...(show.relation ? { headOfHousehold: head?.name ?? '' } : {}),
    persons: persons.map((person) => blockOf(person, show)),
    certifiedOn: HEADER.date,
    issueNumber,
    provenance: 'application 1 job 1',
  }))
}

function blockOf(person: Resident, show: Wish['show']): SheetPerson {
  const { name, kana, birthDate, sex, becameResident, addressFixed, notified, previousAddress } = person
  const { relation, domicile, domicileHead, individualNumber, recordCode, foreign } = person
  return {
    ...{ name, kana, birthDate, sex, becameResident, addressFixed, notified, previousAddress },
    ...(show.relation ? { relation } : {}),
    ...(show.domicile && domicile !== undefined ? { domicile, domicileHead: domicileHead ?? '' } : {}),
    ...(show.individualNumber ? { individualNumber } : {}),
    ...(show.recordCode ? { recordCode } : {}),
    ...(show.foreignItems && foreign !== undefined ? { foreign } : {}),
  }
}

/** A person's seal registration; what a test does not name is of no matter to it. */
export const sealOf = (person: Resident, given: Partial<SealRegistration> = {}): SealRegistration => ({
  resident: person.id,
  municipality: person.municipality,
  impression: '山田',
  registeredOn: '2015-04-01',
  status: 'active',
  version: 1,
  ...given,
})

/** The sheet of a correct seal certificate. */
export const sealSheetOf = ({ name, birthDate, address }: Resident, { impression }: SealRegistration): SealCertificateSheet => ({
  ...{ type: 'seal-certificate', k: 1, of: 1, name, birthDate, address, impression, municipality: MUNICIPALITY.name },
  ...{ mayor: MUNICIPALITY.mayor, certifiedOn: HEADER.date, issueNumber: '1', provenance: 'application 1 job 1' },
})

export const sealWish = (): Wish => wish({ type: 'seal-certificate', scope: 'applicant' })

/** A sheet as a print event holds it. */
export type PaperSheet = EventOf<'ok', 'print'>['sheets'][number]

export const onPaper = (sheet: Sheet): PaperSheet => ({ text: [...printedSheet(sheet).text], provenance: sheet.provenance })

export const paperOf = (people: readonly Resident[], wished: Wish = wish(), issueNumber = '1'): PaperSheet[] =>
  sheetsOf(people, wished, issueNumber).map(onPaper)

/** Steps of a session in their order. */
export type Step = 'session' | 'authenticate' | 'apply' | 'job' | 'document' | 'pay' | 'print' | 'end'

export interface SessionOptions {
  readonly application?: string
  readonly kiosk?: string
  readonly applicant?: Resident
  readonly wish?: Wish
  /** What lies in the tray; a correct document over HANAKO and TARO by default. */
  readonly paper?: readonly PaperSheet[]
  readonly skip?: readonly Step[]
  /** Does something just before a step. */
  readonly before?: Partial<Record<Step, () => void>>
  /** Does something between the `invoke` and the `ok` of a step. */
  readonly during?: Partial<Record<Step, () => void>>
}

/** Writes a history event by event; each comes a second after the one before. */
export class HistoryBuilder {
  readonly events: HistoryEvent[] = []
  private nowMs = 14 * 3_600_000

  constructor(people: readonly Resident[] = PEOPLE, readonly header: HistoryHeader = HEADER, seals: readonly SealRegistration[] = []) {
    for (const person of people) this.add('register', { type: 'info', f: 'registered', resident: person })
    for (const seal of seals) this.add('register', { type: 'info', f: 'seal-registered', seal })
  }

  /** Sets the clock: hours of the day, with fractions. */
  at(hours: number): this {
    this.nowMs = hours * 3_600_000
    return this
  }

  add(process: string, draft: EventDraft): this {
    this.events.push({ i: this.events.length, atMs: this.nowMs, process, ...draft })
    this.nowMs += 1000
    return this
  }

  counter(operation: string, residents: Resident[], during: () => void = () => undefined): this {
    this.add('counter', { type: 'invoke', f: 'counter', operation, residents: residents.map(({ id }) => id) })
    during()
    return this.add('counter', { type: 'ok', f: 'counter', operation, residents })
  }

  /** An operation at the seal desk. */
  sealDesk(operation: string, seal: SealRegistration, during: () => void = () => undefined): this {
    this.add('counter', { type: 'invoke', f: 'counter', operation, residents: [seal.resident] })
    during()
    return this.add('counter', { type: 'ok', f: 'counter', operation, residents: [], seals: [seal] })
  }

  /** An operation of the help line on the certificate of somebody's card. */
  certificate(id: string, status: 'good' | 'revoked' | 'suspended'): this {
    this.add('authority', { type: 'invoke', f: 'counter', operation: 'set certificate', residents: [] })
    return this.add('authority', { type: 'ok', f: 'counter', operation: 'set certificate', residents: [], certificates: [{ resident: id, status }] })
  }

  /** A link run that carries these records over. */
  link(records: readonly Resident[] = [], during: () => void = () => undefined): this {
    return this.linkRun('residents', records.map(({ id, version }) => ({ resident: id, version })), during)
  }

  /** A run of the seal link that carries these registrations over. */
  sealLink(seals: readonly SealRegistration[] = [], during: () => void = () => undefined): this {
    return this.linkRun('seals', seals, during)
  }

  private linkRun(register: RegisterName, records: readonly { readonly resident: string; readonly version: number }[], during: () => void): this {
    const run = { f: 'link', municipality: MUNICIPALITY.code, register } as const
    this.add('link', { type: 'invoke', ...run })
    during()
    for (const { resident: id, version } of records) this.add('link', { type: 'info', f: 'replica', municipality: run.municipality, register, resident: id, version })
    return this.add('link', { type: 'ok', ...run })
  }

  /** A whole session, clean unless the options say otherwise. */
  session(options: SessionOptions = {}): this {
    const { application = 'a-1', kiosk = 'shop-1', applicant = HANAKO, wish: wished = wish(), paper = paperOf([HANAKO, TARO], wished) } = options
    const process = `${kiosk}#${application}`
    const step = (name: Step, begin: () => void, finish: () => void): void => {
      options.before?.[name]?.()
      if (options.skip?.includes(name) === true) return
      begin()
      options.during?.[name]?.()
      finish()
    }
    const say = (draft: EventDraft) => () => void this.add(process, draft)
    const nothing = (): void => undefined
    const who = { kiosk, resident: applicant.id }
    step('session', say({ type: 'invoke', f: 'session', ...who, municipality: 'munakata' }), nothing)
    step('authenticate', say({ type: 'invoke', f: 'authenticate', ...who }), say({ type: 'ok', f: 'authenticate' }))
    step(
      'apply',
      say({ type: 'invoke', f: 'apply', application, kiosk, applicant: applicant.id, municipality: 'munakata', wish: wished }),
      say({ type: 'ok', f: 'apply', application }),
    )
    step('job', () => void this.jobStart(application), () => void this.jobEnd(application))
    step(
      'document',
      say({ type: 'invoke', f: 'document', application }),
      say({ type: 'ok', f: 'document', application, state: 'ready', digest: `digest-${application}`, pages: paper.length }),
    )
    step('pay', say({ type: 'invoke', f: 'pay', application, yen: 300 }), say({ type: 'ok', f: 'pay', application, yen: 300 }))
    step(
      'print',
      say({ type: 'invoke', f: 'print', application, kiosk }),
      say({ type: 'ok', f: 'print', application, kiosk, sheets: [...paper] }),
    )
    step('end', say({ type: 'info', f: 'outcome', application, outcome: 'printed' }), say({ type: 'ok', f: 'session' }))
    return this
  }

  /** A print job draws and writes its work file. */
  jobStart(application: string, name = `munakata/${application}.img`): this {
    const job = jobOf(application)
    return this.add(job, { type: 'info', f: 'job', op: 'start', job, application })
      .add(job, { type: 'info', f: 'image', op: 'made', digest: `digest-${application}`, job, application })
      .file('write', application, name)
  }

  /** It reads the file back, removes it and ends. */
  jobEnd(application: string, name = `munakata/${application}.img`): this {
    const job = jobOf(application)
    return this.file('read', application, name)
      .file('remove', application, name)
      .add(job, { type: 'info', f: 'job', op: 'end', job, application })
  }

  file(op: 'write' | 'read' | 'remove', application: string, name: string): this {
    const job = jobOf(application)
    return this.add(job, { type: 'info', f: 'work-file', op, name, job, application })
  }

  history(footer: { readonly complete: boolean } = { complete: true }): History {
    const papers = this.events.reduce((sum, event) => sum + (event.type === 'ok' && event.f === 'print' ? event.sheets.length : 0), 0)
    const { header, events } = this
    return { header, events, footer: { footer: true, events: events.length, papers, complete: footer.complete, digest: '' } }
  }
}

export const jobOf = (application: string): string => `print:munakata/1#${application}`

/** A clean session in a history of its own. */
export const sessionHistory = (options: SessionOptions = {}, people: readonly Resident[] = PEOPLE): History =>
  new HistoryBuilder(people).session(options).history()

/** The same history with every print's sheets changed. */
export function withPaper(history: History, change: (sheets: readonly PaperSheet[], event: HistoryEvent) => PaperSheet[]): History {
  const events = history.events.map((event) =>
    event.f === 'print' && event.type !== 'invoke' ? { ...event, sheets: change(event.sheets, event) } : event,
  )
  return { ...history, events }
}
