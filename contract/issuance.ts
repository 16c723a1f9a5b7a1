import Type, { type Static } from 'typebox'
import { REFUSAL_CODES } from './refusals.ts'
import { CardFace, IsoDate } from './resident.ts'
import { SealRegistration } from './seal.ts'

/**
 * What kiosk, centre and issuing system say to each other. J-LIS's interface specification is under a confidentiality
 * pledge; this wire format is our invention and says nothing about the real one.
 */
const Id = Type.String({ minLength: 1, maxLength: 64, pattern: '^[A-Za-z0-9][A-Za-z0-9:._#-]*$' })

/**
 * Whose records: everyone in the household, or in the family register where a certificate of that was chosen; the applicant alone;
 * or the named members (register keys from the offer).
 */
export const Scope = Type.Union([
  Type.Literal('household'),
  Type.Literal('applicant'),
  Type.Array(Id, { minItems: 1, maxItems: 20, uniqueItems: true }),
])
export type Scope = Static<typeof Scope>

/** Items shown or omitted on a residence record. */
export const ShownItems = Type.Object({
  relation: Type.Boolean(),
  domicile: Type.Boolean(),
  individualNumber: Type.Boolean(),
  recordCode: Type.Boolean(),
  foreignItems: Type.Boolean(),
})
export type ShownItems = Static<typeof ShownItems>

/** The most copies of one application; no published figure was found, 10 is our parameter. */
export const COPIES_MAX = 10

/** All types of certificates, in the order in which a touch panel offers them. */
export const CERTIFICATE_TYPES = [
  'residence-record',
  'certificate-of-items',
  'seal-certificate',
  'income-tax-certificate',
  'tax-payment-certificate',
  'family-register',
  'family-register-extract',
  'register-supplement',
] as const
/**
 * A type: copy of the residence record (住民票の写し), certificate of items of it (住民票記載事項証明書), seal registration
 * certificate (印鑑登録証明書), income and tax certificate (所得・課税証明書), tax payment certificate (納税証明書), family register
 * with all records (戸籍全部事項証明書) or those of single persons (戸籍個人事項証明書), and its supplement (戸籍の附票の写し).
 */
export const CertificateType = Type.Enum([...CERTIFICATE_TYPES])
export type CertificateType = Static<typeof CertificateType>

/**
 * What the person chose on the touch panel. Certificates of seal and taxes are of the applicant alone; only the residence record and
 * the certificate of items have items to choose.
 */
export const Wish = Type.Object({
  type: CertificateType,
  scope: Scope,
  show: ShownItems,
  copies: Type.Integer({ minimum: 1, maximum: COPIES_MAX }),
  /** Of which fiscal year, of a certificate of taxes; the newest if absent. */
  fiscalYear: Type.Optional(Type.Integer({ minimum: 1950, maximum: 2200 })),
})
export type Wish = Static<typeof Wish>

/** A kiosk asks for a challenge that a card will sign. */
export const ChallengeRequest = Type.Object({ kiosk: Id })
/** The challenge, good once and only at that kiosk. */
export const ChallengeAnswer = Type.Object({ challenge: Type.String() })

/**
 * A card's user-authentication certificate (利用者証明用電子証明書), as the test certificate authority issued it. Good from the
 * day `notBefore` to the day `notAfter`, both included, unless the authority says otherwise. `signature` is the authority's
 * over {@link certificateText}.
 */
export const UserCertificate = Type.Object({
  serial: Id,
  publicKey: Type.String({ minLength: 1, maxLength: 256 }),
  notBefore: IsoDate,
  notAfter: IsoDate,
  signature: Type.String({ minLength: 1, maxLength: 512 }),
})
export type UserCertificate = Static<typeof UserCertificate>

/** What the authority signs of a certificate. */
export const certificateText = ({ serial, publicKey, notBefore, notAfter }: Omit<UserCertificate, 'signature'>): string =>
  [serial, publicKey, notBefore, notAfter].join('\n')

/** What the authority knows of a certificate: in force, revoked (失効), or suspended, its card reported lost (一時停止). */
export const CertificateStatus = Type.Enum(['good', 'revoked', 'suspended'])
export type CertificateStatus = Static<typeof CertificateStatus>

/** The centre asks the authority what has become of a certificate. */
export const CertificateStatusRequest = Type.Object({ serial: Id })
/** A certificate that the authority never issued is `revoked`. */
export const CertificateStatusAnswer = Type.Object({ status: CertificateStatus })

/** A card on the reader and its signature: opens a session. The PIN never leaves kiosk and card and is not in it. */
export const SessionRequest = Type.Object({
  kiosk: Id,
  municipality: Id,
  card: Type.Object({ face: CardFace, certificate: UserCertificate }),
  challenge: Type.String({ minLength: 1, maxLength: 256 }),
  /** The card's signature over the challenge, made after the PIN; base64 (live) or a keyed hash (simulated). */
  signature: Type.String({ minLength: 1, maxLength: 512 }),
})
export type SessionRequest = Static<typeof SessionRequest>

/** Household members the applicant may choose from, as the issuing system's replica knows them. */
export const SessionAnswer = Type.Object({
  session: Id,
  types: Type.Array(CertificateType),
  members: Type.Array(Type.Object({ id: Id, name: Type.String() })),
})
export type SessionAnswer = Static<typeof SessionAnswer>

/** `application` is made by the kiosk and is the idempotency key: sent twice, it is one application. */
export const ApplicationRequest = Type.Object({ application: Id, session: Id, wish: Wish })
export type ApplicationRequest = Static<typeof ApplicationRequest>

/**
 * The application's life: `received`, `printing`, `ready`, then `closed` once it ended at the kiosk; or `cancelled` there, or
 * `failed` while it was being printed.
 */
export const ApplicationState = Type.Enum([
  'received',
  'printing',
  'ready',
  'closed',
  'cancelled',
  'failed',
])
export type ApplicationState = Static<typeof ApplicationState>

/** How far an application is. */
export const ApplicationAnswer = Type.Object({ application: Id, state: ApplicationState })
export type ApplicationAnswer = Static<typeof ApplicationAnswer>

/**
 * A certificate on its way: `body` is the print image (base64 of a PDF in the live world), `digest` its fingerprint,
 * `pages` the number of sheets in it. Services carry it and never look inside; only an engine makes or reads one.
 */
export const Image = Type.Object({ digest: Type.String(), pages: Type.Integer({ minimum: 0 }), body: Type.String() })
export type Image = Static<typeof Image>

/** The kiosk asks for the document; asked too early, the answer is `pending`. */
export const DocumentRequest = Type.Object({ application: Id, session: Id })
export type DocumentRequest = Static<typeof DocumentRequest>

/** `pending` until the document is there. `feeYen` is for all copies together. */
export const DocumentAnswer = Type.Union([
  Type.Object({ state: Type.Literal('pending') }),
  Type.Object({ state: Type.Literal('ready'), feeYen: Type.Integer({ minimum: 0 }), image: Image }),
])
export type DocumentAnswer = Static<typeof DocumentAnswer>

/**
 * How it ended at the kiosk. `printer-failed`: a jam, no paper or no toner after payment, and a refund ticket.
 * `paper-unknown`: the kiosk restarted while feeding, so nobody knows (`incidents.md`, PAID).
 */
export const Outcome = Type.Enum(['printed', 'cancelled', 'printer-failed', 'paper-unknown'])
export type Outcome = Static<typeof Outcome>
/** The kiosk says how the application ended. */
export const OutcomeRequest = Type.Object({ application: Id, session: Id, outcome: Outcome })
export type OutcomeRequest = Static<typeof OutcomeRequest>

/** The body of every refusal, at any of the operations. */
export const RefusalAnswer = Type.Object({
  code: Type.Enum([...REFUSAL_CODES]),
  message: Type.String(),
})
export type RefusalAnswer = Static<typeof RefusalAnswer>

/** From the centre to the issuing system of a municipality: the same, with the card resolved to who holds it. */
export const Applicant = Type.Object({
  resident: Id,
  face: CardFace,
  /** Lives in another municipality, and asks where the family register is. */
  elsewhere: Type.Optional(Type.Literal(true)),
})
export type Applicant = Static<typeof Applicant>

/** What may this applicant ask for here? */
export const OfferRequest = Type.Object({ applicant: Applicant })
/** Types offered, and the household members to choose from, as the replica knows them. */
export const OfferAnswer = Type.Object({
  types: Type.Array(CertificateType),
  members: Type.Array(Type.Object({ id: Id, name: Type.String() })),
})
/** An application relayed by the centre. `application` stays the idempotency key. */
export const IssueRequest = Type.Object({ application: Id, kiosk: Id, applicant: Applicant, wish: Wish })
export type IssueRequest = Static<typeof IssueRequest>
/** The centre asks for the document on behalf of the kiosk. */
export const IssuedRequest = Type.Object({ application: Id })
/** The outcome, relayed by the centre. */
export const IssueOutcomeRequest = Type.Object({ application: Id, outcome: Outcome })

/** Between the register of record and what stands beside it: the link's extract and the stop list. */
export const ChangesRequest = Type.Object({ after: Type.Integer({ minimum: 0 }), limit: Type.Integer({ minimum: 1, maximum: 1000 }) })
/** Asks the register of record for what must stop an issue at once. */
export const StopListRequest = Type.Object({ residents: Type.Array(Id, { minItems: 1, maxItems: 100 }) })
/** Reads through the seal register by key, only rows stamped after a time if one is given. `after` is the last key of the page before. */
export const SealScanRequest = Type.Object({
  stampedAfterMs: Type.Optional(Type.Number()),
  after: Type.String({ maxLength: 64 }),
  limit: Type.Integer({ minimum: 1, maximum: 1000 }),
})
/**
 * The exchange asks the family-register system, which knows no keys of the resident register: a register by domicile and head, and
 * that somebody stands in it by name and birth date.
 */
export const FamilyQuestion = Type.Object({ domicile: Type.String(), head: Type.String(), name: Type.String(), birthDate: IsoDate })
export type FamilyQuestion = Static<typeof FamilyQuestion>
/** The issuing system has laid a request into the exchange under this key, and waits for the answer to it there. */
export const ExchangeRequest = Type.Object({ request: Type.String({ minLength: 1, maxLength: 100 }) })

/** The seal desk tells the issuing system of one registration at once, beside the link's runs. */
export const SealNotice = Type.Object({ seal: SealRegistration })
export { Id }
