import type { CertificateStatus, EventDraft, FamilyRegister, Resident, TaxRecord, SealRegistration } from '../contract/index.ts'
import type { DeviceCondition } from './kiosk-devices.ts'
import type { NodeDefinition } from './node.ts'
import type { KioskWorld, TableDefinition, VirtualMs, World } from './ports.ts'

/**
 * A stage is a world with a system on it, seen by whoever drives a scenario: it gives out `World`s for tasks of the
 * driver's own (a kiosk session, an operation at the counter), lets scenario time pass, and says when the system is idle.
 * Both worlds are one.
 */
export interface Stage {
  readonly nodes: readonly NodeDefinition[]
  /** The world of a new task on `node`. */
  world(node: string, application?: string): World
  /** The world of a session on a kiosk; journal, cash box and printer are the kiosk's own and outlive the session. */
  kioskWorld(kiosk: string, person: Person): KioskWorld
  /** Crashes a node or kiosk now: its tasks end without a word and its memory is lost; then it is there again. */
  crash(node: string): void | Promise<void>
  /**
   * Calls `tell` once, when the node or kiosk crashes next. A task of the driver's own on one that crashes never settles, so
   * whoever waits for one is told beside it ({@link untilCrash}). Gives back how to take that back.
   */
  onCrash(node: string, tell: () => void): () => void
  /** How often the node or kiosk has crashed. */
  crashes(node: string): number
  /** Scenario time now. */
  now(): VirtualMs
  /** Resolves at scenario time `atMs`, at once if that is past. Idle time in between costs nothing. */
  waitUntil(atMs: VirtualMs): Promise<void>
  /** Says that a task of the driver's is going on until `task` settles: as long as one is, time is not idle. */
  attend(task: Promise<unknown>): void
  /** Resolves once no request, job or run is going on and no job waits. */
  idle(): Promise<void>
}

/** What a person brings to a kiosk besides the card. */
export interface Person {
  readonly purseYen: number
}

/** Rows that a site has from the beginning, with version 1. */
export interface Seeded {
  readonly site: string
  readonly table: TableDefinition<unknown>
  readonly rows: readonly { readonly key: string; readonly group: string; readonly data: unknown }[]
}

/** What both worlds are made from. */
export interface Setting {
  readonly seed: number
  /** The scenario's day, `YYYY-MM-DD`, and the time at which it begins. */
  readonly date: string
  readonly startMs: VirtualMs
  readonly nodes: readonly NodeDefinition[]
  /** Kiosks of which something is the matter; of the others nothing is. */
  readonly kiosks?: Readonly<Record<string, DeviceCondition>>
  readonly seeded: readonly Seeded[]
  /** The registers as they are at the beginning, for the history. */
  readonly registered: Registered
}

/** What the registers of record hold. */
export interface Registered {
  readonly residents: readonly Resident[]
  readonly seals: readonly SealRegistration[]
  /** Where certificates of family registers are offered. */
  readonly families?: readonly FamilyRegister[]
  /** Who lives elsewhere and may use the family registers, each from a day on. */
  readonly domicileUsers?: readonly { readonly resident: string; readonly from: string }[]
  /** Where certificates of taxes are offered. */
  readonly taxes?: readonly TaxRecord[]
  /** Certificates of cards that are not in force. */
  readonly certificates?: readonly { readonly resident: string; readonly status: CertificateStatus }[]
}

/** The events with which a history begins: the registers, entry by entry. */
export const registeredEvents = ({ residents, seals, families = [], domicileUsers = [], taxes = [], certificates = [] }: Registered): readonly EventDraft[] => [
  ...residents.map((resident) => ({ type: 'info', f: 'registered', resident }) as const),
  ...seals.map((seal) => ({ type: 'info', f: 'seal-registered', seal }) as const),
  ...families.map((register) => ({ type: 'info', f: 'family-registered', register }) as const),
  ...domicileUsers.map((user) => ({ type: 'info', f: 'domicile-user', ...user }) as const),
  ...taxes.map((record) => ({ type: 'info', f: 'tax-registered', record }) as const),
  ...certificates.map((certificate) => ({ type: 'info', f: 'certificate', ...certificate }) as const),
]

/**
 * What `run` gives, or that `node` crashed under it; nothing is left waiting behind whichever comes first.
 * @throws whatever `run` does
 */
export function untilCrash<T>(stage: Pick<Stage, 'onCrash'>, node: string, run: () => Promise<T>): Promise<T | 'crashed'> {
  return new Promise((resolve, reject) => {
    const forget = stage.onCrash(node, () => {
      resolve('crashed')
    })
    run().then(resolve, reject).finally(forget)
  })
}
