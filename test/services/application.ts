import type { Application } from '../../services/issuing/applications.ts'
import { HANAKO } from '../oracle/history-builder.ts'
import { cardOf, wishOf } from './small-system.ts'

/** The id of {@link APPLICATION}. */
export const APPLICATION_ID = 'application-shop-1-1'

/** An application as the issuing server has just taken it in. */
export const APPLICATION: Application = {
  kiosk: 'shop-1',
  applicant: { resident: HANAKO.id, face: cardOf(HANAKO).face() },
  wish: wishOf(),
  issueNumber: 'no-1',
  feeYen: 300,
  state: 'received',
  attempt: 0,
  receivedMs: 0,
}
