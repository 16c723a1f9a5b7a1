import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Image, type PrintedSheet, Refusal, TorichigaeError } from '../../contract/index.ts'
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
  const file = journalFile(folder, kiosk)
  let whole = false
  return {
    append: (entry) =>
      task.step(stepNames.journal(task.role, entry.state), () => {
        // A line that a power failure cut off is none, and the next one must not be glued to it.
        if (!whole) cutTornLine(file)
        whole = true
        appendFileSync(file, `${JSON.stringify(entry)}\n`, { mode: 0o600 })
      }),
    entries: () => task.step(stepNames.readJournal(task.role), () => readJournal(file)),
  }
}

const journalFile = (folder: string, kiosk: string): string => join(folder, `${kiosk}.journal`)

/** Kiosks begin a run with empty journals: an earlier run in the same folder is over, and its money is not this one's. */
export function emptyJournals(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  for (const name of readdirSync(folder)) if (name.endsWith('.journal')) rmSync(join(folder, name))
}

function cutTornLine(file: string): void {
  if (!existsSync(file)) return
  const text = readFileSync(file, 'utf8')
  const whole = text.slice(0, text.lastIndexOf('\n') + 1)
  if (whole.length < text.length) truncateSync(file, Buffer.byteLength(whole))
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
  let prepared: { readonly digest: string; readonly sheets: readonly PrintedSheet[] } | undefined
  const sheetsOf = async ({ digest, body }: Image): Promise<readonly PrintedSheet[]> => {
    if (body === '') return []
    if (prepared?.digest !== digest) prepared = { digest, sheets: await paper.readPdf(Buffer.from(body, 'base64')) }
    return prepared.sheets
  }
  return {
    prepare: (image) =>
      task.step(stepNames.prepare(task.role), async () => {
        try {
          await sheetsOf(image)
        } catch (error) {
          if (error instanceof TorichigaeError && error.code === 'UNREADABLE_IMAGE') throw new Refusal('SERVER_ERROR')
          throw error
        }
      }),
    feed: async (application, image) => {
      const sheets = await task.step(stepNames.readImage(task.role), () => sheetsOf(image))
      const tray = await feedSheets(machine, application, sheets, {
        sleep: (ms) => world.clock.sleep(ms),
        step: (feed) => task.step(stepNames.feed(task.role), feed),
      })
      if (tray.trouble === undefined && tray.sheets.length > 0) {
        mkdirSync(join(folder, 'papers'), { recursive: true, mode: 0o700 })
        writeFileSync(join(folder, 'papers', `${application}.pdf`), Buffer.from(image.body, 'base64'), { mode: 0o600 })
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
