import { type EventDraft, type PrintedSheet, Refusal } from '../contract/index.ts'
import type { PrinterTrouble, Tray } from './ports.ts'

/** Time to print both sides of one sheet: ours. A whole session of two minutes or more is normal (`docs/parameters.md`). */
export const FEED_MS_PER_SHEET = 6_000

/** What is the matter with a kiosk's devices at the beginning of a scenario. By default nothing ever is. */
export interface DeviceCondition {
  /** Sheets of paper in the cassette. */
  readonly paperSheets?: number
  /** Sheets for which there is toner. */
  readonly tonerSheets?: number
  /** The sheet that jams, counted from 1 over all sessions; it is cleared after that. */
  readonly jamAtSheet?: number
  /** Time for one sheet; {@link FEED_MS_PER_SHEET} by default. */
  readonly feedMsPerSheet?: number
}

/** A kiosk's printer as a mechanism: paper, toner and tray, which are there whether or not the kiosk's program runs. */
class PrinterMechanism {
  private fed = 0
  /** The print under way, and what of it lies in the tray. */
  private present: { readonly application: string; readonly sheets: PrintedSheet[] } | undefined

  constructor(private readonly condition: DeviceCondition) {}

  get msPerSheet(): number {
    return this.condition.feedMsPerSheet ?? FEED_MS_PER_SHEET
  }

  begin(application: string): void {
    this.present = { application, sheets: [] }
  }

  /** One sheet through the machine, or what stops it. @param jams whether this one does, whatever its number */
  feedOne(sheet: PrintedSheet, jams = false): PrinterTrouble | undefined {
    const { paperSheets = Infinity, tonerSheets = Infinity, jamAtSheet } = this.condition
    if (this.fed >= paperSheets) return 'NO_PAPER'
    if (this.fed >= tonerSheets) return 'NO_TONER'
    this.fed += 1
    if (jams || this.fed === jamAtSheet) return 'PAPER_JAM'
    this.present?.sheets.push(sheet)
    return undefined
  }

  /** The print is over for the kiosk's program, which has been told what lies in the tray. */
  end(trouble: PrinterTrouble | undefined): Tray {
    const sheets = this.present?.sheets ?? []
    this.present = undefined
    return { sheets, ...(trouble === undefined ? {} : { trouble }) }
  }

  /** The program died while it fed: what had come out by then, if a print was under way. */
  interrupted(): { readonly application: string; readonly sheets: readonly PrintedSheet[] } | undefined {
    const left = this.present
    this.present = undefined
    return left
  }
}

/** A kiosk's cash box, with a counter for each application that outlives the kiosk's program. */
class CashBox {
  private readonly taken = new Map<string, number>()

  /** @throws Refusal MONEY_SHORT if the purse does not hold the fee; what was put in is given back */
  take(purseYen: number, application: string, yen: number): void {
    if (purseYen < yen) throw new Refusal('MONEY_SHORT')
    this.taken.set(application, yen)
  }

  held(application: string): number {
    return this.taken.get(application) ?? 0
  }

  /** A ticket over what it holds, once. */
  refund(application: string): number {
    const yen = this.held(application)
    this.taken.delete(application)
    return yen
  }
}

/** The devices of one kiosk that outlive its program; both worlds drive the same ones. */
export class KioskMachine {
  readonly printer: PrinterMechanism
  readonly cash = new CashBox()

  constructor(condition: DeviceCondition = {}) {
    this.printer = new PrinterMechanism(condition)
  }
}

/** How a world lets a sheet take its time, and makes the feeding of it a step. */
export interface FeedSteps {
  readonly sleep: (ms: number) => Promise<void>
  /** @param jammed what happens where the world wants the sheet to jam */
  readonly step: (feed: () => PrinterTrouble | undefined, jammed: () => PrinterTrouble | undefined) => Promise<PrinterTrouble | undefined>
}

/** Feeds sheet after sheet until all are out or something stops it. */
export async function feedSheets({ printer }: KioskMachine, application: string, sheets: readonly PrintedSheet[], { sleep, step }: FeedSteps): Promise<Tray> {
  printer.begin(application)
  let trouble: PrinterTrouble | undefined
  for (const sheet of sheets) {
    await sleep(printer.msPerSheet)
    trouble = await step(
      () => printer.feedOne(sheet),
      () => printer.feedOne(sheet, true),
    )
    if (trouble !== undefined) break
  }
  return printer.end(trouble)
}

/** What the world saw of a print whose kiosk stopped while it fed; nothing where none was under way. */
export function interruptedPrint(kiosk: string, { printer }: KioskMachine): Extract<EventDraft, { type: 'fail'; f: 'print' }> | undefined {
  const left = printer.interrupted()
  if (left === undefined) return undefined
  return { type: 'fail', f: 'print', application: left.application, kiosk, sheets: left.sheets.map(sheetOnPaper) }
}

/** A sheet as a history holds it. */
export const sheetOnPaper = ({ text, provenance }: PrintedSheet): { text: string[]; provenance?: string } => ({
  text: [...text],
  ...(provenance === undefined ? {} : { provenance }),
})
