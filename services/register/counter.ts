import { Refusal, type Resident } from '../../contract/index.ts'
import type { CounterTransaction, World } from '../../world/ports.ts'
import { operation } from './operation.ts'
import { RESIDENTS, writeChanges } from './register.ts'

/**
 * The operations at the counter (窓口): each one transaction on the register of record, each recorded in the history with
 * what the register says afterwards. Rows are locked in the order of their keys.
 */
type Change = (resident: Resident, today: string) => Partial<Resident>

/** The household moves within the municipality (転居); the address before becomes the previous address. */
export const moveWithin = (world: World, household: string, address: string): Promise<readonly Resident[]> =>
  operate(world, 'move within', household, ({ address: previousAddress }, today) => ({
    address,
    previousAddress,
    addressFixed: today,
    notified: today,
  }))

/** The household moves out (転出). */
export const moveOut = (world: World, household: string): Promise<readonly Resident[]> =>
  operate(world, 'move out', household, (_resident, today) => ({ status: 'moved-out', notified: today }))

/** A notice that the household will move out (転出届); until the move itself it blocks issue from shops. @param on the day given */
export const giveMoveOutNotice = (world: World, household: string, on: string): Promise<readonly Resident[]> =>
  operate(world, 'move-out notice', household, () => ({ movingOutOn: on }))

/** A protective measure (支援措置) begins for the household: all issue from shops is blocked. */
export const restrict = (world: World, household: string): Promise<readonly Resident[]> =>
  operate(world, 'protective measure', household, () => ({ restricted: true }))

/** The protective measure ends. */
export const liftRestriction = (world: World, household: string): Promise<readonly Resident[]> =>
  operate(world, 'end of protective measure', household, () => ({ restricted: false }))

/** A death is recorded (死亡届). @throws Refusal NOT_IN_REGISTER */
export const recordDeath = (world: World, person: string): Promise<readonly Resident[]> =>
  changePerson(world, 'death', person, (_resident, today) => ({ status: 'deceased', notified: today }))

/** One person changes to another household at the same address or another (世帯変更). */
export function changeHousehold(
  world: World,
  person: string,
  to: { readonly household: string; readonly relation: string; readonly address: string },
): Promise<readonly Resident[]> {
  const change: Change = (resident, today) => ({
    ...to,
    ...(to.address === resident.address ? {} : { previousAddress: resident.address, addressFixed: today }),
    notified: today,
  })
  return changePerson(world, 'change of household', person, change)
}

const changePerson = (world: World, operation: string, person: string, change: Change): Promise<readonly Resident[]> =>
  record(world, operation, [person], async (tx) => {
    const row = await tx.get(RESIDENTS, person)
    if (row?.data.status !== 'resident') throw new Refusal('NOT_IN_REGISTER')
    return [changed(row.data, change, world.clock.today())]
  })

/** People move in (転入) and are registered with version 1. Nobody may be registered already. */
export const moveIn = (world: World, residents: readonly Resident[]): Promise<readonly Resident[]> =>
  record(world, 'move in', residents.map(({ id }) => id), async (tx) => {
    for (const id of residents.map((resident) => resident.id).sort()) {
      if ((await tx.get(RESIDENTS, id)) !== undefined) throw new Refusal('REGISTER_BEING_UPDATED')
    }
    return residents.map((resident) => ({ ...resident, version: 1 }))
  })

async function operate(world: World, operation: string, household: string, change: Change): Promise<readonly Resident[]> {
  const members = await world.database.list(RESIDENTS, household)
  return record(world, operation, members.map(({ key }) => key), async (tx) => {
    const rows = await tx.list(RESIDENTS, household)
    const living = rows.filter(({ data }) => data.status === 'resident')
    if (living.length === 0) throw new Refusal('NOT_IN_REGISTER')
    return living.map(({ data }) => changed(data, change, world.clock.today()))
  })
}

const changed = (resident: Resident, change: Change, today: string): Resident => ({
  ...resident,
  ...change(resident, today),
  version: resident.version + 1,
})

const record = (
  world: World,
  words: string,
  residents: readonly string[],
  body: (tx: CounterTransaction) => Promise<readonly Resident[]>,
): Promise<readonly Resident[]> =>
  operation(world, words, residents, (written) => ({ residents: [...written] }), async (tx) => {
    const written = await body(tx)
    await writeChanges(tx, written)
    return written
  })
