import { type FamilyType, isFamilyType, Refusal, type Resident, type Wish } from '../../contract/index.ts'
import type { TableDefinition, World } from '../../world/ports.ts'
import { put } from '../rows.ts'

/** What the issuing side knows of somebody to whom a family register may be certified, resident or not. */
export type InFamilyRegister = Pick<Resident, 'name' | 'birthDate' | 'domicile' | 'domicileHead'>

/**
 * Somebody who lives elsewhere and has registered for use of the family registers here (本籍地証明書の利用登録申請). Of such a
 * person this municipality knows what was written into the application, and nothing of what happens where he or she lives.
 */
export interface DomicileUser extends InFamilyRegister {
  readonly id: string
  /** The day from which it may be used: checking an application takes some working days (`domain.md`, section 3). */
  readonly from: string
}

/** Key: the register key of the person where he or she lives. Group: the same. */
export const DOMICILE_USERS: TableDefinition<DomicileUser> = { name: 'domicile-users' }

/**
 * Enters somebody from elsewhere who is to use the family registers here; whoever applies again is entered anew.
 * @param from ISO day from which it holds
 * @throws Refusal NOT_IN_REGISTER where the person says no registered domicile
 */
export async function registerForUse(world: World, { id, name, birthDate, domicile, domicileHead }: Omit<DomicileUser, 'from'>, from: string): Promise<void> {
  if (domicile === undefined || domicileHead === undefined) {
    world.history.record({ type: 'info', f: 'log', level: 'warn', code: 'NOT_IN_REGISTER' })
    throw new Refusal('NOT_IN_REGISTER')
  }
  await put(world, DOMICILE_USERS, id, { id, name, birthDate, domicile, domicileHead, from })
  world.history.record({ type: 'info', f: 'domicile-user', resident: id, from })
}

/**
 * Somebody who lives elsewhere, as far as he or she may use this municipality's family registers today.
 * @throws Refusal DOMICILE_USE_NOT_REGISTERED
 */
export async function domicileUser(world: World, resident: string): Promise<DomicileUser> {
  const row = await world.database.get(DOMICILE_USERS, resident)
  if (row === undefined || world.clock.today() < row.data.from) throw new Refusal('DOMICILE_USE_NOT_REGISTERED')
  return row.data
}

/** The same for a certificate: of all types only those of family registers. @throws Refusal NOT_IN_REGISTER, DOMICILE_USE_NOT_REGISTERED */
export async function domicileUserFor(world: World, resident: string, { type }: Pick<Wish, 'type'>): Promise<{ readonly user: DomicileUser; readonly type: FamilyType }> {
  if (!isFamilyType(type)) throw new Refusal('NOT_IN_REGISTER')
  return { user: await domicileUser(world, resident), type }
}
