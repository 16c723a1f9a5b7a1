import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { timeWords } from '../calendar.ts'
import { feedSheets, type KioskMachine } from '../kiosk-devices.ts'
import type { Cash, Journal, JournalEntry, KioskWorld, Printer, World } from '../ports.ts'
import type { Person } from '../stage.ts'
import { stepNames } from '../step-names.ts'
import type { Paper } from './engine.ts'
import { drawSlip } from './paper/draw.ts'
import type { LiveTask } from './task.ts'

export interface DeviceOptions {
  readonly task: LiveTask
  readonly world: World
  readonly person: Person
  readonly paper: Paper
  readonly kiosk: string
  /** Cash box and printer, which outlive sessions and crashes. */
  readonly machine: KioskMachine
  /** Where the journal is, and where the papers from the tray are laid. */
  readonly folder: string
}

/** The devices of one kiosk in the live world: a journal on disk, a cash box, a printer whose tray is a folder of PDFs. */
export function createDevices(options: DeviceOptions): Pick<KioskWorld, 'journal' | 'cash' | 'printer'> {
  return { journal: journalOf(options), cash: cashOf(options), printer: printerOf(options) }
}

function journalOf({ task, kiosk, folder }: DeviceOptions): Journal {
  const file = join(folder, `${kiosk}.journal`)
  return {
    append: (entry) =>
      task.step(stepNames.journal(task.role, entry.state), () => {
        appendFileSync(file, `${JSON.stringify(entry)}\n`, { mode: 0o600 })
      }),
    entries: () => task.step(stepNames.readJournal(task.role), () => readJournal(file)),
  }
}

/** Entries as they were written; a last line cut off by a restart is none. */
function readJournal(file: string): JournalEntry[] {
  if (!existsSync(file)) return []
  const lines = readFileSync(file, 'utf8').split('\n')
  return lines.slice(0, -1).map((line) => JSON.parse(line) as JournalEntry)
}

const cashOf = ({ task, world, person, kiosk, folder, machine: { cash } }: DeviceOptions): Cash => ({
  take: (application, yen) =>
    task.step(stepNames.takeMoney(task.role), () => {
      cash.take(person.purseYen, application, yen)
    }),
  held: (application) => task.step(stepNames.countMoney(task.role), () => cash.held(application)),
  refund: (application, code) =>
    task.step(stepNames.refund(task.role), async () => {
      const refundYen = cash.held(application)
      if (refundYen === 0) return 0
      const pdf = await drawSlip({ code, kiosk, application, refundYen, at: timeWords(world.clock) })
      // The counter goes down as the ticket comes out, at once: a kiosk that stops before has given none, and still owes it.
      if (!task.life.alive) return 0
      laySlip(folder, kiosk, pdf)
      return cash.refund(application)
    }),
})

/**
 * The tray: a folder of PDFs, each named after the application it was printed for. Of a print that stopped half way there is
 * no PDF; the history has the sheets that came out.
 */
function printerOf({ task, world, paper, folder, machine }: DeviceOptions): Printer {
  return {
    feed: async (application, image) => {
      const pdf = Buffer.from(image.body, 'base64')
      const sheets = image.body === '' ? [] : await task.step(stepNames.readImage(task.role), () => paper.readPdf(pdf))
      const tray = await feedSheets(machine, application, sheets, {
        sleep: (ms) => world.clock.sleep(ms),
        step: (feed) => task.step(stepNames.feed(task.role), feed),
      })
      if (tray.trouble === undefined && tray.sheets.length > 0) {
        mkdirSync(join(folder, 'papers'), { recursive: true, mode: 0o700 })
        writeFileSync(join(folder, 'papers', `${application}.pdf`), pdf, { mode: 0o600 })
      }
      return tray
    },
    slip: (slip) =>
      task.step(stepNames.slip(task.role), async () => {
        const pdf = await drawSlip(slip)
        if (task.life.alive) laySlip(folder, slip.kiosk, pdf)
      }),
  }
}

/** Slips lie beside the papers, a PDF each, named by the kiosk and counted. */
function laySlip(folder: string, kiosk: string, pdf: Uint8Array): void {
  const slips = join(folder, 'slips')
  mkdirSync(slips, { recursive: true, mode: 0o700 })
  const number = readdirSync(slips).filter((name) => name.startsWith(`${kiosk}.`)).length + 1
  writeFileSync(join(slips, `${kiosk}.${String(number)}.pdf`), pdf, { mode: 0o600 })
}
