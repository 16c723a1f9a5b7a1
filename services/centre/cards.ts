import { type CardFace, Refusal } from '../../contract/index.ts'
import type { TableDefinition, World } from '../../world/ports.ts'

/** What the centre knows of a card's user-authentication certificate (利用者証明用電子証明書) and of who holds it. */
export interface CardRecord {
  readonly resident: string
  readonly municipality: string
  readonly publicKey: string
  readonly revoked: boolean
}
export const CARDS: TableDefinition<CardRecord> = { name: 'cards' }

/** Challenges given out; used once. */
export const CHALLENGES: TableDefinition<{ readonly kiosk: string; readonly used: boolean }> = { name: 'challenges' }

export interface SignedChallenge {
  readonly kiosk: string
  readonly card: { readonly serial: string; readonly face: CardFace }
  readonly challenge: string
  readonly signature: string
}

/**
 * The holder of the card that signed. A challenge is good once, and only at the kiosk that asked for it.
 * @throws Refusal CARD_UNREADABLE where challenge, card or signature do not hold; CERTIFICATE_REVOKED
 */
export async function authenticate(world: World, { kiosk, card, challenge, signature }: SignedChallenge): Promise<CardRecord> {
  const given = await world.database.get(CHALLENGES, challenge)
  if (given === undefined || given.data.used || given.data.kiosk !== kiosk) throw new Refusal('CARD_UNREADABLE')
  if (!(await world.database.replace(CHALLENGES, given, { kiosk, used: true }))) throw new Refusal('CARD_UNREADABLE')
  const record = await world.database.get(CARDS, card.serial)
  if (record === undefined) throw new Refusal('CARD_UNREADABLE')
  if (record.data.revoked) throw new Refusal('CERTIFICATE_REVOKED')
  if (!(await world.crypto.verify(record.data.publicKey, challenge, signature))) throw new Refusal('CARD_UNREADABLE')
  return record.data
}
