import { type CardFace, type CertificateStatus, Refusal, type Resident, type Wish } from '../contract/index.ts'
import type { KioskHall } from '../kiosk-sim/hall.ts'
import type { Visit } from '../kiosk-sim/session.ts'
import { otherImpression } from '../seeds/people/index.ts'
import { setCertificate } from '../services/authority/help-line.ts'
import { registerForUse } from '../services/issuing/domicile-users.ts'
import { giveMoveOutNotice, liftRestriction, moveOut, moveWithin, recordDeath, restrict } from '../services/register/counter.ts'
import { createSealDesk, type SealDesk, type SealDeskSettings } from '../services/register/seal-desk.ts'
import { authorityNode, issuingSite, registerNode } from '../services/system.ts'
import type { World } from '../world/ports.ts'
import { type Stage, untilCrash } from '../world/stage.ts'
import { PIN } from './cards.ts'
import type { Act } from './play.ts'
import { entryMs, type ScriptEntry } from './script.ts'
import type { Actor } from './setting.ts'
import { visitAgain } from './try-again.ts'

/** What people carry where a script says nothing; enough for any fee. */
const PURSE_YEN = 10_000

/** Where a script is played, and how. */
export interface Place {
  readonly municipality: string
  /** The scenario's first day. */
  readonly date: string
  readonly desk: SealDeskSettings
  /** How long a person takes for a touch of the panel. */
  readonly touchMs: number
}

type EntryOf<K extends string> = Extract<ScriptEntry, Readonly<Record<K, unknown>>>

/** The acts of a script. */
export function scriptActs(script: readonly ScriptEntry[], cast: ReadonlyMap<string, Actor>, place: Place): Act[] {
  const sealDesk = createSealDesk(place.desk)
  return script.map((entry) => ({ atMs: entryMs(entry), perform: performanceOf(entry, cast, place, sealDesk) }))
}

function performanceOf(entry: ScriptEntry, cast: ReadonlyMap<string, Actor>, place: Place, sealDesk: SealDesk): Act['perform'] {
  if ('crash' in entry) return (stage) => Promise.resolve(stage.crash(entry.crash))
  const actor = cast.get(entry.who)
  if (actor === undefined) throw new RangeError(`nobody plays "${entry.who}"`)
  const register = registerNode(place.municipality)
  if ('counter' in entry) return (stage) => operated(stage, register, atCounter(stage.world(register), place, actor, entry))
  if ('register' in entry) return (stage) => operated(stage, issuingSite(place.municipality), registerForUse(stage.world(issuingSite(place.municipality)), actor.resident, entry.from ?? place.date))
  if ('sealDesk' in entry) return (stage) => operated(stage, register, atSealDesk(stage.world(register), sealDesk, actor, entry))
  if ('card' in entry) return (stage) => operated(stage, authorityNode, setCertificate(stage.world(authorityNode), actor.card.serial, CARD_STATUS[entry.card]))
  return (_stage, hall) => atKiosk(hall, place, actor, entry)
}

/** An operation that is refused has failed and says so in the history; one whose machine stops under it never ends. */
async function operated(stage: Stage, node: string, operation: Promise<unknown>): Promise<void> {
  try {
    await untilCrash(stage, node, () => operation)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
  }
}

const CARD_STATUS: Readonly<Record<EntryOf<'card'>['card'], CertificateStatus>> = { suspend: 'suspended', lift: 'good', revoke: 'revoked' }

function atSealDesk(world: World, desk: SealDesk, { resident, seal }: Actor, { sealDesk, takesMs }: EntryOf<'sealDesk'>): Promise<unknown> {
  const operation = { resident: resident.id, ...(takesMs === undefined ? {} : { takesMs }) }
  return sealDesk === 'revoke' ? desk.revoke(world, operation) : desk[sealDesk](world, { ...operation, impression: otherImpression(resident, seal?.impression ?? '') })
}

async function atCounter(world: World, place: Place, { resident, card }: Actor, entry: EntryOf<'counter'>): Promise<void> {
  const after = await operationOf(world, place, resident, entry)
  const self = after.find(({ id }) => id === resident.id)
  if (self !== undefined) card.rewriteFace(faceOf(self))
}

function operationOf(world: World, { date }: Place, { id, household, previousAddress }: Resident, { counter, to, on }: EntryOf<'counter'>): Promise<readonly Resident[]> {
  switch (counter) {
    case 'moveWithin':
      return moveWithin(world, household, to ?? previousAddress)
    case 'moveOutNotice':
      return giveMoveOutNotice(world, household, on ?? date)
    case 'moveOut':
      return moveOut(world, household)
    case 'restrict':
      return restrict(world, household)
    case 'liftRestriction':
      return liftRestriction(world, household)
    case 'death':
      return recordDeath(world, id)
  }
}

const faceOf = ({ name, birthDate, sex, address }: Resident): CardFace => ({ name, birthDate, sex, address })

function atKiosk(hall: KioskHall, { municipality, touchMs }: Place, { resident, card }: Actor, entry: EntryOf<'kiosk'>): Promise<unknown> {
  const { kiosk, apply, wish, patienceMs, pins, purseYen = PURSE_YEN, cancelsAt, walksAwayAt, triesAgain = 0 } = entry
  const visit: Visit = {
    kiosk,
    municipality,
    resident: resident.id,
    card,
    pin: pins ?? PIN,
    wish: wishOf({ type: apply, ...wish }),
    touchMs,
    ...(patienceMs === undefined ? {} : { patienceMs }),
    ...(cancelsAt === undefined ? {} : { cancelsAt }),
    ...(walksAwayAt === undefined ? {} : { walksAwayAt }),
  }
  return visitAgain(hall, { purseYen }, visit, triesAgain)
}

const NOTHING_SHOWN: Wish['show'] = { relation: false, domicile: false, individualNumber: false, recordCode: false, foreignItems: false }

/** A whole wish of a partial one: whole household, relations shown, one copy; a family register and its supplement are of all in it, other certificates but that of items of the applicant alone. */
export const wishOf = (wish: Partial<Wish>): Wish => ({
  type: 'residence-record',
  copies: 1,
  ...(wish.type !== undefined && wish.type !== 'residence-record' && wish.type !== 'certificate-of-items'
    ? { scope: wish.type === 'family-register' || wish.type === 'register-supplement' ? 'household' : 'applicant', show: NOTHING_SHOWN }
    : { scope: 'household', show: { ...NOTHING_SHOWN, relation: true, foreignItems: true } }),
  ...wish,
})
