import Type, { type Static, type TSchema } from 'typebox'
import {
  ApplicationAnswer,
  ApplicationRequest,
  CertificateStatusAnswer,
  CertificateStatusRequest,
  ChallengeAnswer,
  ChallengeRequest,
  ChangesRequest,
  DocumentAnswer,
  DocumentRequest,
  ExchangeRequest,
  FamilyQuestion,
  IssuedRequest,
  IssueOutcomeRequest,
  IssueRequest,
  OfferAnswer,
  OfferRequest,
  OutcomeRequest,
  SealNotice,
  SealScanRequest,
  SessionAnswer,
  SessionRequest,
  StopListRequest,
} from './issuance.ts'
import { FamilyRegister } from './family-register.ts'
import { Resident, ResidentStatus } from './resident.ts'
import { SealRegistration, SealStatus } from './seal.ts'

/**
 * Every call that crosses a network, in one table: who serves it, its path, what goes in, what comes out, and the words by
 * which a step of the simulated world names it. Types, routes and OpenAPI are made from this table.
 * A refusal is answered with the status of its code and a `RefusalAnswer`.
 */
export interface Operation<Req extends TSchema = TSchema, Ans extends TSchema = TSchema> {
  readonly server: 'centre' | 'authority' | 'issuing' | 'register' | 'exchange' | 'family'
  readonly path: string
  /** What is sent, in domain words: "ask for challenge". */
  readonly words: string
  readonly request: Req
  readonly answer: Ans
}

function operation<Req extends TSchema, Ans extends TSchema>(
  server: Operation['server'],
  path: string,
  words: string,
  request: Req,
  answer: Ans,
): Operation<Req, Ans> {
  return { server, path, words, request, answer }
}

/** The table. All of it is ours (`docs/wire-format.md`); each call is a POST of JSON in the live world. */
export const OPERATIONS = {
  challenge: operation('centre', '/v1/challenges', 'challenge', ChallengeRequest, ChallengeAnswer),
  openSession: operation('centre', '/v1/sessions', 'signed challenge', SessionRequest, SessionAnswer),
  apply: operation('centre', '/v1/applications', 'application', ApplicationRequest, ApplicationAnswer),
  fetchDocument: operation('centre', '/v1/documents', 'document request', DocumentRequest, DocumentAnswer),
  reportOutcome: operation('centre', '/v1/outcomes', 'outcome', OutcomeRequest, ApplicationAnswer),
  certificateStatus: operation('authority', '/v1/certificate-statuses', 'certificate status request', CertificateStatusRequest, CertificateStatusAnswer),
  offer: operation('issuing', '/v1/offers', 'offer request', OfferRequest, OfferAnswer),
  issue: operation('issuing', '/v1/issues', 'application', IssueRequest, ApplicationAnswer),
  issued: operation('issuing', '/v1/issued', 'document request', IssuedRequest, DocumentAnswer),
  issueOutcome: operation('issuing', '/v1/issue-outcomes', 'outcome', IssueOutcomeRequest, ApplicationAnswer),
  changes: operation(
    'register',
    '/v1/changes',
    'request for changes',
    ChangesRequest,
    Type.Object({ changes: Type.Array(Type.Object({ sequence: Type.Integer(), resident: Resident })) }),
  ),
  stopList: operation(
    'register',
    '/v1/stop-list',
    'stop-list request',
    StopListRequest,
    Type.Object({
      residents: Type.Array(
        Type.Object({
          id: Type.String(),
          household: Type.String(),
          status: ResidentStatus,
          restricted: Type.Boolean(),
          /** A move-out notice stands in the household. */
          movingOut: Type.Boolean(),
          /** Absent for somebody who never registered a seal. */
          seal: Type.Optional(SealStatus),
        }),
      ),
    }),
  ),
  sealChanges: operation(
    'register',
    '/v1/seal-changes',
    'request for seal changes',
    ChangesRequest,
    Type.Object({ changes: Type.Array(Type.Object({ sequence: Type.Integer(), seal: SealRegistration })) }),
  ),
  sealScan: operation(
    'register',
    '/v1/seal-scans',
    'seal scan',
    SealScanRequest,
    Type.Object({
      seals: Type.Array(SealRegistration),
      /** The key with which the next page begins; absent on the last one. */
      next: Type.Optional(Type.String()),
    }),
  ),
  exchange: operation('exchange', '/v1/exchange', 'word of a request', ExchangeRequest, Type.Object({})),
  familyRecords: operation('family', '/v1/family-records', 'question for a family register', FamilyQuestion, Type.Object({ register: FamilyRegister })),
  sealNotice: operation('issuing', '/v1/seal-notices', 'seal notice', SealNotice, Type.Object({ version: Type.Integer() })),
} as const

export type OperationName = keyof typeof OPERATIONS
export type RequestOf<N extends OperationName> = Static<(typeof OPERATIONS)[N]['request']>
export type AnswerOf<N extends OperationName> = Static<(typeof OPERATIONS)[N]['answer']>
