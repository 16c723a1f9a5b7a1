import type { CertificateStatus, UserCertificate } from '../../contract/index.ts'
import { certificateText } from '../../contract/index.ts'
import type { Handlers } from '../../world/node.ts'
import type { KeyPair, Signer, TableDefinition } from '../../world/ports.ts'

/**
 * The test certificate authority: what JPKI (公的個人認証サービス) is to the centre. It has issued the cards' user-authentication
 * certificates, and says of each what has become of it. Key and group: the certificate's serial.
 */
export const CERTIFICATES: TableDefinition<CertificateRecord> = { name: 'certificates' }

/** A certificate that was issued. */
export interface CertificateRecord {
  /** The holder's key in the register, for the history; the centre is never told. */
  readonly resident: string
  readonly status: CertificateStatus
}

/** The name under which the authority's own keys are made. */
export const AUTHORITY = 'test-authority'

/** The first and the last day on which a certificate is good. */
export interface Validity {
  readonly notBefore: string
  readonly notAfter: string
}

/** Issues a certificate over a card's public key: signed with the authority's key, when cards are made and outside of any run. */
export function issueCertificate(sign: Signer, authority: KeyPair, serial: string, publicKey: string, { notBefore, notAfter }: Validity): UserCertificate {
  const certificate = { serial, publicKey, notBefore, notAfter }
  return { ...certificate, signature: sign(authority.privateKey, certificateText(certificate)) }
}

/** What the authority answers to the centre. */
export function createAuthority(): Handlers {
  return {
    certificateStatus: async (world, { serial }) => {
      const row = await world.database.get(CERTIFICATES, serial)
      return { status: row?.data.status ?? 'revoked' }
    },
  }
}
