import type { EventOf, RegisterName } from '../contract/index.ts'
import type { KioskSession } from './sessions.ts'

/** A document that reached the kiosk: the asking, where it is recorded, and the answer. */
export interface Fetch {
  readonly invoke: EventOf<'invoke', 'document'> | undefined
  readonly ready: EventOf<'ok', 'document'>
}

/** An answer that ends an application without a certificate. */
export type Stop =
  | EventOf<'fail', 'apply' | 'document' | 'pay'>
  | EventOf<'info', 'log'>
  | EventOf<'info', 'outcome'>

/** One application as the history tells it, each list in the order of events. Filled once, then only read. */
export class Application {
  apply: EventOf<'invoke', 'apply'> | undefined
  /** The issuing side had taken it in. */
  accepted: EventOf<'ok', 'apply'> | undefined
  /** The session at the kiosk in which it was made. */
  session: KioskSession | undefined
  /** By register `i` of the `invoke` of the last link run completed before it was made; absent for none. */
  linkedI: Readonly<Partial<Record<RegisterName, number>>> = {}
  asking: EventOf<'invoke', 'document'> | undefined
  readonly fetches: Fetch[] = []
  readonly pays: EventOf<'ok', 'pay'>[] = []
  readonly refunds: EventOf<'info', 'refund'>[] = []
  /** Prints that ended well, with and without a sheet. */
  readonly prints: EventOf<'ok', 'print'>[] = []
  /** The first print that put at least one sheet into the tray, be it a jammed one. */
  firstPaper: EventOf<'ok' | 'fail', 'print'> | undefined
  readonly outcomes: EventOf<'info', 'outcome'>[] = []
  readonly stops: Stop[] = []

  constructor(readonly id: string) {}

  /** Prints that ended well and gave paper. */
  get delivered(): EventOf<'ok', 'print'>[] {
    return this.prints.filter(({ sheets }) => sheets.length > 0)
  }

  /** Where the allowed lag begins: a seal certificate rests on both registers and may be as old as the older copy. */
  windowFromI(sealCertificate: boolean): number {
    const { residents = -1, seals = -1 } = this.linkedI
    return sealCertificate ? Math.min(residents, seals) : residents
  }

  /** The last document that had reached the kiosk before event `i`. */
  fetchedBefore(i: number): Fetch | undefined {
    return this.fetches.findLast(({ ready }) => ready.i < i)
  }
}
