import { type CertificateType, type EventOf, isFamilyType, personsOn, readSheet, type Sheet } from '../contract/index.ts'
import type { Application } from './application.ts'
import { type Block, identify } from './identity.ts'
import type { Register } from './register.ts'
import type { KioskSession } from './sessions.ts'
import { type Snapshot, snapshotsBetween } from './snapshots.ts'

/** A copy of a certificate as it came out: sheets up to where a new copy begins. */
export type Copy = readonly Sheet[]

/** What one print put into the tray: at least one sheet, read once and shared by all checks. */
export class Paper {
  private reading: { readonly sheets: readonly Sheet[]; readonly unreadable: readonly string[] } | undefined
  private divided: readonly Copy[] | undefined
  private identified: readonly Block[] | undefined
  private window: readonly Snapshot[] | undefined
  private mayShow: ReadonlySet<string> | undefined
  private around: ReadonlySet<string> | undefined
  private readonly allowedOf = new Map<Block, readonly string[]>()

  constructor(
    readonly register: Register,
    readonly application: Application,
    readonly print: EventOf<'ok' | 'fail', 'print'>,
    /** Who stood before that kiosk when the paper came; `undefined` where nobody did. */
    readonly session: KioskSession | undefined,
  ) {}

  /** Sheets that can be read, in the order of the tray. */
  get sheets(): readonly Sheet[] {
    return this.read().sheets
  }

  /** Of what type its first sheet is that can be read; what was asked for, where there is none. */
  get type(): CertificateType | undefined {
    return this.sheets[0]?.type ?? this.application.apply?.wish.type
  }

  get isSealCertificate(): boolean {
    return this.sheets.some(({ type }) => type === 'seal-certificate')
  }

  /** Why the others cannot be read. */
  get unreadable(): readonly string[] {
    return this.read().unreadable
  }

  /** The copies in it: a new one begins where the sheet number does not go on. */
  get copies(): readonly Copy[] {
    this.divided ??= copiesIn(this.sheets)
    return this.divided
  }

  /** Everybody on the paper, with whom each may be. */
  get blocks(): readonly Block[] {
    this.identified ??= this.sheets.flatMap((sheet) =>
      personsOn(sheet).map((person) => identify(this.register, sheet, person, this.print.i)),
    )
    return this.identified
  }

  /**
   * The register of the applicant's circle in the allowed window: from the `invoke` of the last link run that had completed
   * when the application was made (from the beginning where none had) to the print.
   */
  get snapshots(): readonly Snapshot[] {
    const { application, register, print } = this
    this.window ??= snapshotsBetween(register, this.circle, application.windowFromI(this.isSealCertificate), print.i)
    return this.window
  }

  /** Everyone who ever shared a household with the applicant. */
  get circle(): ReadonlySet<string> {
    this.around ??= this.register.circleOf(this.application.apply?.applicant ?? '')
    return this.around
  }

  /** Whom the applicant may request and chose, at some instant of the window. */
  get allowed(): ReadonlySet<string> {
    this.mayShow ??= this.findAllowed()
    return this.mayShow
  }

  /** Those whom a block may be and who are allowed. */
  allowedFor(block: Block): readonly string[] {
    const known = this.allowedOf.get(block)
    if (known !== undefined) return known
    const people = [...block.people].filter((id) => this.allowed.has(id))
    this.allowedOf.set(block, people)
    return people
  }

  private findAllowed(): ReadonlySet<string> {
    const { apply } = this.application
    if (apply === undefined) return new Set()
    const { scope, type } = apply.wish
    if (scope === 'applicant') return new Set([apply.applicant])
    const household = new Set(isFamilyType(type) ? this.register.families.circleOf(apply.applicant) : [apply.applicant])
    if (isFamilyType(type)) return scope === 'household' ? household : new Set(scope.filter((id) => household.has(id)))
    for (const snapshot of this.snapshots) {
      for (const id of snapshot.householdOf(apply.applicant, this.circle)) household.add(id)
    }
    return scope === 'household' ? household : new Set(scope.filter((id) => household.has(id)))
  }

  private read(): { readonly sheets: readonly Sheet[]; readonly unreadable: readonly string[] } {
    if (this.reading !== undefined) return this.reading
    const sheets: Sheet[] = []
    const unreadable: string[] = []
    for (const printed of this.print.sheets) {
      const reading = readSheet({ text: printed.text })
      if ('sheet' in reading) sheets.push(reading.sheet)
      else unreadable.push(reading.unreadable)
    }
    this.reading = { sheets, unreadable }
    return this.reading
  }
}

function copiesIn(sheets: readonly Sheet[]): readonly Copy[] {
  const copies: Sheet[][] = []
  for (const sheet of sheets) {
    const copy = copies.at(-1)
    const before = copy?.at(-1)
    if (copy === undefined || before === undefined || sheet.k <= before.k) copies.push([sheet])
    else copy.push(sheet)
  }
  return copies
}
