import { feedSheets, type KioskMachine } from '../kiosk-devices.ts'
import type { Cash, Journal, JournalEntry, KioskWorld, Printer } from '../ports.ts'
import type { Person } from '../stage.ts'
import { stepNames } from '../step-names.ts'
import type { SimulatedProcess } from './process.ts'
import { NOTHING } from './step.ts'
import { type Surroundings, SimulatedWorld } from './world.ts'

/** What a kiosk keeps over sessions and crashes. */
export interface SimulatedKiosk {
  readonly machine: KioskMachine
  readonly journal: JournalEntry[]
}

/** A kiosk session's world: the ports of a process, and the devices of the machine. */
export class SimulatedKioskWorld extends SimulatedWorld implements KioskWorld {
  readonly journal: Journal
  readonly cash: Cash
  readonly printer: Printer

  constructor(process: SimulatedProcess, around: Surroundings, person: Person, { machine, journal }: SimulatedKiosk) {
    super(process, around)
    this.journal = journalOf(process, journal)
    this.cash = cashOf(process, person, machine)
    this.printer = {
      prepare: (image) => process.step(stepNames.prepare(process.role), NOTHING, () => void around.images.read(image)),
      feed: (application, image) =>
        feedSheets(machine, application, around.images.read(image), {
          sleep: (ms) => this.clock.sleep(ms),
          step: (feed, jammed) => process.step(stepNames.feed(process.role), NOTHING, feed, { kind: 'jam', perform: jammed }),
        }),
      slip: () => process.step(stepNames.slip(process.role), NOTHING, () => undefined),
    }
  }
}

const journalOf = (process: SimulatedProcess, entries: JournalEntry[]): Journal => ({
  append: (entry) => process.step(stepNames.journal(process.role, entry.state), NOTHING, () => void entries.push(entry)),
  entries: () => process.step(stepNames.readJournal(process.role), NOTHING, () => [...entries]),
})

const cashOf = (process: SimulatedProcess, person: Person, { cash }: KioskMachine): Cash => ({
  take: (application, yen) =>
    process.step(stepNames.takeMoney(process.role), NOTHING, () => {
      cash.take(person.purseYen, application, yen)
    }),
  held: (application) => process.step(stepNames.countMoney(process.role), NOTHING, () => cash.held(application)),
  refund: (application) => process.step(stepNames.refund(process.role), NOTHING, () => cash.refund(application)),
})
