import { Refusal, type Resident, SEAL_AGE_MIN, type SealRegistration } from '../../contract/index.ts'
import { ageOn } from '../../world/calendar.ts'
import type { Row, World } from '../../world/ports.ts'
import { operation } from './operation.ts'
import { RESIDENTS } from './register.ts'
import { type SealRow, SEALS, writeSeal } from './seal-register.ts'

/** How a site's seal desk works. */
export interface SealDeskSettings {
  /** It tells the issuing system of each operation at once; without, only the link's runs do. */
  readonly notices: boolean
}

/** An operation at the seal desk. */
export interface SealOperation {
  readonly resident: string
  /** How long the clerk has the operation open on the screen, its transaction with it, before confirming. */
  readonly takesMs?: number
}

/** The seal desk of a counter (印鑑登録窓口): each operation one transaction on the seal register of record. */
export interface SealDesk {
  /** Registers a seal (登録). @throws Refusal NOT_IN_REGISTER, UNDER_AGE; REGISTER_BEING_UPDATED where one is in force */
  register(world: World, operation: SealOperation & { readonly impression: string }): Promise<SealRegistration>
  /** Registers another seal in place of the one in force (改印). @throws Refusal SEAL_NOT_REGISTERED */
  change(world: World, operation: SealOperation & { readonly impression: string }): Promise<SealRegistration>
  /** Revokes the registration (廃止). @throws Refusal SEAL_NOT_REGISTERED */
  revoke(world: World, operation: SealOperation): Promise<SealRegistration>
}

export function createSealDesk({ notices }: SealDeskSettings): SealDesk {
  const operate = async (world: World, words: string, { resident, takesMs = 0 }: SealOperation, next: Next): Promise<SealRegistration> => {
    const seal = await operation<SealRegistration>(world, words, [resident], (after) => ({ residents: [], seals: [after] }), async (tx) => {
      const stampedMs = world.clock.now()
      const person = await tx.get(RESIDENTS, resident)
      if (person?.data.status !== 'resident') throw new Refusal('NOT_IN_REGISTER')
      const present = await tx.get(SEALS, resident)
      const written = next(person.data, present, world.clock.today())
      if (takesMs > 0) await world.clock.sleep(takesMs)
      await writeSeal(tx, { seal: written, stampedMs })
      return written
    })
    if (notices) await notify(world, seal)
    return seal
  }
  return {
    register: (world, { impression, ...rest }) => operate(world, 'register seal', rest, (person, row, today) => registered(person, row, impression, today)),
    change: (world, { impression, ...rest }) =>
      operate(world, 'change seal', rest, (_person, row, today) => ({ ...inForce(row), impression, registeredOn: today, version: inForce(row).version + 1 })),
    revoke: (world, rest) => operate(world, 'revoke seal', rest, (_person, row) => ({ ...inForce(row), status: 'revoked', version: inForce(row).version + 1 })),
  }
}

type Next = (person: Resident, present: Row<SealRow> | undefined, today: string) => SealRegistration

function registered(person: Resident, row: Row<SealRow> | undefined, impression: string, today: string): SealRegistration {
  if (ageOn(person.birthDate, today) < SEAL_AGE_MIN) throw new Refusal('UNDER_AGE')
  const before = row?.data.seal
  if (before?.status === 'active') throw new Refusal('REGISTER_BEING_UPDATED')
  const { id: resident, municipality } = person
  return { resident, municipality, impression, registeredOn: today, status: 'active', version: (before?.version ?? 0) + 1 }
}

function inForce(row: Row<SealRow> | undefined): SealRegistration {
  if (row?.data.seal.status !== 'active') throw new Refusal('SEAL_NOT_REGISTERED')
  return row.data.seal
}

/** A notice that does not get through is no harm: the link's next run carries the change over. */
async function notify(world: World, seal: SealRegistration): Promise<void> {
  try {
    await world.network.call('sealNotice', seal.municipality, { seal })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    world.log.warn('SEAL_NOTICE_FAILED', { detail: error.code })
  }
}
