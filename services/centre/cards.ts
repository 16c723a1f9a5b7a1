import { certificateText, Refusal, type SessionRequest, type UserCertificate } from '../../contract/index.ts'
import type { TableDefinition, World } from '../../world/ports.ts'

/** Who holds a card, by the serial of its user-authentication certificate (利用者証明用電子証明書), and where it is in use. */
export interface CardHolder {
  readonly resident: string
  readonly municipality: string
  /** False from a move in until the card was continued at the counter (継続利用). */
  readonly continued: boolean
}
export const CARD_HOLDERS: TableDefinition<CardHolder> = { name: 'card-holders' }

/** Challenges given out; used once. */
export const CHALLENGES: TableDefinition<{ readonly kiosk: string; readonly used: boolean }> = { name: 'challenges' }

/**
 * The holder of the card that signed. A challenge is good once, and only at the kiosk that asked for it; the certificate is the
 * authority's own, in force today, and the authority is asked what has become of it.
 * @param authorityKey the public key of the certificate authority
 * @throws Refusal CARD_UNREADABLE where challenge, certificate or signature do not hold; NOT_YET_ACTIVE, CERTIFICATE_EXPIRED,
 *   CERTIFICATE_REVOKED, CERTIFICATE_SUSPENDED
 */
export async function authenticate(world: World, authorityKey: string, request: SessionRequest): Promise<CardHolder> {
  const { kiosk, card, challenge, signature } = request
  const given = await world.database.get(CHALLENGES, challenge)
  if (given === undefined || given.data.used || given.data.kiosk !== kiosk) throw new Refusal('CARD_UNREADABLE')
  if (!(await world.database.replace(CHALLENGES, given, { kiosk, used: true }))) throw new Refusal('CARD_UNREADABLE')
  await refuseBadCertificate(world, authorityKey, card.certificate)
  if (!(await world.crypto.verify(card.certificate.publicKey, challenge, signature))) throw new Refusal('CARD_UNREADABLE')
  const holder = await world.database.get(CARD_HOLDERS, card.certificate.serial)
  if (holder === undefined) throw new Refusal('CARD_UNREADABLE')
  return holder.data
}

async function refuseBadCertificate(world: World, authorityKey: string, certificate: UserCertificate): Promise<void> {
  if (!(await world.crypto.verify(authorityKey, certificateText(certificate), certificate.signature))) throw new Refusal('CARD_UNREADABLE')
  const today = world.clock.today()
  if (today < certificate.notBefore) throw new Refusal('NOT_YET_ACTIVE')
  if (today > certificate.notAfter) throw new Refusal('CERTIFICATE_EXPIRED')
  const { status } = await world.network.call('certificateStatus', '', { serial: certificate.serial })
  if (status === 'revoked') throw new Refusal('CERTIFICATE_REVOKED')
  if (status === 'suspended') throw new Refusal('CERTIFICATE_SUSPENDED')
}
