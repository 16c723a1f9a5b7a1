import { FEED_MS_PER_SHEET, refuseShortMoney } from '../kiosk-devices.ts'
import type { Cash, Journal, JournalEntry, KioskWorld, Printer } from '../ports.ts'
import type { Person } from '../stage.ts'
import { stepNames } from '../step-names.ts'
import type { SimulatedProcess } from './process.ts'
import { NOTHING } from './step.ts'
import { type Surroundings, SimulatedWorld } from './world.ts'

/** A kiosk session's world: the ports of a process, and the devices of the machine. */
export class SimulatedKioskWorld extends SimulatedWorld implements KioskWorld {
  readonly journal: Journal
  readonly cash: Cash
  readonly printer: Printer

  /** @param entries the kiosk's journal, which outlives the session and the kiosk's crashes */
  constructor(process: SimulatedProcess, around: Surroundings, person: Person, entries: JournalEntry[]) {
    super(process, around)
    this.journal = journalOf(process, entries)
    this.cash = cashOf(process, person)
    this.printer = {
      feed: async (_application, image) => {
        await this.clock.sleep(image.pages * FEED_MS_PER_SHEET)
        return process.step(stepNames.feed(process.role), NOTHING, () => around.images.read(image))
      },
    }
  }
}

const journalOf = (process: SimulatedProcess, entries: JournalEntry[]): Journal => ({
  append: (entry) => process.step(stepNames.journal(process.role, entry.state), NOTHING, () => void entries.push(entry)),
  entries: () => process.step(stepNames.readJournal(process.role), NOTHING, () => [...entries]),
})

const cashOf = (process: SimulatedProcess, person: Person): Cash => ({
  take: (yen) =>
    process.step(stepNames.takeMoney(process.role), NOTHING, () => {
      refuseShortMoney(person.purseYen, yen)
    }),
  refund: () => process.step(stepNames.refund(process.role), NOTHING, () => undefined),
})
