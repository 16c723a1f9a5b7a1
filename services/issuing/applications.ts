import type { Applicant, ApplicationState, Image, RefusalCode, Wish } from '../../contract/index.ts'
import type { Row, TableDefinition, World } from '../../world/ports.ts'

/**
 * The application's life: `received -> printing -> ready -> closed`, ending early in `failed` or `cancelled`. The kiosk's id
 * is the key, so an application sent twice is one; every change is a compare-and-set on the row's version, so a stalled or
 * duplicated job cannot write over a newer state.
 */
export interface Application {
  readonly kiosk: string
  readonly applicant: Applicant
  readonly wish: Wish
  readonly issueNumber: string
  readonly feeYen: number
  readonly state: ApplicationState
  /** When it was taken in, in scenario time. */
  readonly receivedMs: number
  /** How often a worker has begun it. */
  readonly attempt: number
  /** Why it failed. */
  readonly code?: RefusalCode
  /** Register keys of the people on the certificate; known once it is ready. */
  readonly persons?: readonly string[]
  /** Erased when the application ends. */
  readonly image?: Image
}

export const APPLICATIONS: TableDefinition<Application> = { name: 'applications' }

type ApplicationRow = Row<Application>

/** States in which a worker may begin or begin again. */
const OPEN: readonly ApplicationState[] = ['received', 'printing']

/** States in which an application is not over: somebody still waits for it, or it waits for somebody. */
export const OPEN_STATES: readonly ApplicationState[] = [...OPEN, 'ready']

/** Claims the application for a print job; `undefined` if it is over or another worker was faster. */
export async function beginPrinting(world: World, id: string): Promise<ApplicationRow | undefined> {
  const row = await world.database.get(APPLICATIONS, id)
  if (row === undefined || !OPEN.includes(row.data.state)) return undefined
  const claimed: Application = { ...row.data, state: 'printing', attempt: row.data.attempt + 1 }
  const won = await world.database.replace(APPLICATIONS, row, claimed)
  return won ? { ...row, version: row.version + 1, data: claimed } : undefined
}

/** How many attempts were made at an application of which no job can change anything any more; 0 while one still can. */
export async function attemptsOver(world: World, id: string): Promise<number> {
  const row = await world.database.get(APPLICATIONS, id)
  return row === undefined || OPEN.includes(row.data.state) ? 0 : row.data.attempt
}

/** The image is there. False if the application has changed since `row`: cancelled, or taken over by another worker. */
export function becomeReady(
  world: World,
  row: ApplicationRow,
  image: Image | undefined,
  persons: readonly string[],
): Promise<boolean> {
  const handed = image === undefined ? {} : { image }
  return world.database.replace(APPLICATIONS, row, { ...row.data, state: 'ready', persons, ...handed })
}

/** It failed for `code`. False if the application has changed since `row`. */
export function becomeFailed(world: World, row: ApplicationRow, code: RefusalCode): Promise<boolean> {
  return world.database.replace(APPLICATIONS, row, { ...withoutImage(row.data), state: 'failed', code })
}

/** It ended at the kiosk; from then on nothing of the certificate is kept. Ending it twice is ending it once. */
export async function end(world: World, id: string, state: 'closed' | 'cancelled'): Promise<ApplicationState | undefined> {
  for (;;) {
    const row = await world.database.get(APPLICATIONS, id)
    if (row === undefined) return undefined
    if (!isOpen(row.data)) return row.data.state
    if (await world.database.replace(APPLICATIONS, row, { ...withoutImage(row.data), state })) return state
  }
}

/** Whether it has not ended yet. */
export const isOpen = ({ state }: Application): boolean => state === 'ready' || OPEN.includes(state)

function withoutImage(application: Application): Application {
  const { image: _erased, ...rest } = application
  return rest
}
