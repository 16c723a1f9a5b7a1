import type { DocumentAnswer, OperationName, Wish } from '../../contract/index.ts'
import { KioskHall, type VisitEnd } from '../../kiosk-sim/hall.ts'
import { runSession, type SessionEnd } from '../../kiosk-sim/session.ts'
import type { Screen } from '../../kiosk-sim/session-machine.ts'
import { type AtPanel, type Visit, Visitor } from '../../kiosk-sim/visit.ts'
import { PIN } from '../../scenario/cards.ts'
import { wishOf } from '../../scenario/performances.ts'
import type { Settlement } from '../../scenario/setting.ts'
import type { Target } from '../../scenario/target.ts'
import { castPeople } from '../../seeds/people/index.ts'

/** Grown-up people of a settlement, each of another household, as many as asked for. */
export function grownUps({ population, seals }: Settlement, date: string, count: number) {
  const roles = Array.from({ length: count }, (_, index) => [`visitor-${String(index + 1)}`, 'adult'])
  const cast = castPeople(population, Object.fromEntries(roles) as Record<string, string>, 1, date, seals)
  const people = [...cast.values()]
  return people.filter(({ household }, at) => people.findIndex((other) => other.household === household) === at)
}

function visitor({ settlements, system }: Target, who: number) {
  const [settlement] = settlements
  if (settlement === undefined) throw new RangeError('the target has no municipality')
  const resident = grownUps(settlement, system.date, who + 10)[who]
  if (resident === undefined) throw new RangeError(`the target has no visitor ${String(who)}`)
  return { resident: resident.id, municipality: settlement.municipality.code, card: settlement.cards.cardOf(resident) }
}

/** A visit to a kiosk before a target for a certificate of oneself. @param who which of its people, from 0 */
export function visitBefore(target: Target, kiosk: string, who: number, wish: Partial<Wish> = {}): Visit {
  return { kiosk, ...visitor(target, who), pin: PIN, touchMs: 20, wish: wishOf({ scope: 'applicant', ...wish }) }
}

/** Goes to a kiosk before a target and asks for a certificate of oneself. @param who which of its people, from 0 */
export function goToKiosk(target: Target, kiosk: string, who: number, wish: Partial<Wish> = {}): Promise<VisitEnd> {
  return comeWith(target, visitBefore(target, kiosk, who, wish))
}

/** Makes a visit to a kiosk before a target. */
export const comeWith = ({ stage }: Target, visit: Visit): Promise<VisitEnd> => new KioskHall(stage).visit({ purseYen: 10_000 }, visit)

/** A session that stands still at one place until it is told to go on. */
export interface HeldSession {
  /** Resolves when it stands there. */
  readonly reached: Promise<void>
  goOn(): void
  readonly end: Promise<SessionEnd>
}

/** A session whose person does nothing on one screen before being told to. */
export function heldOnScreen({ stage }: Target, visit: Visit, screen: Screen): HeldSession {
  const { reached, reach, goOn } = hold()
  const person = new Visitor(visit)
  const waiting: AtPanel = {
    sees: (shown) => {
      person.sees(shown)
    },
    decide: async (shown) => {
      if (shown === screen) await reach()
      return person.decide(shown)
    },
    nextPin: () => person.nextPin(),
  }
  return { reached, goOn, end: runSession(stage.kioskWorld(visit.kiosk, { purseYen: 10_000 }), visit, waiting) }
}

/** A session of a kiosk whose line does not carry one operation before it is told to. */
export function heldOnLine({ stage }: Target, visit: Visit, operation: OperationName): HeldSession {
  const { reached, reach, goOn } = hold()
  const world = stage.kioskWorld(visit.kiosk, { purseYen: 10_000 })
  const call: typeof world.network.call = async (name, municipality, request) => {
    if (name === operation) await reach()
    return world.network.call(name, municipality, request)
  }
  return { reached, goOn, end: runSession({ ...world, network: { call } }, visit) }
}

function hold() {
  let arrive = (): void => undefined
  let goOn = (): void => undefined
  const reached = new Promise<void>((resolve) => (arrive = resolve))
  const told = new Promise<void>((resolve) => (goOn = resolve))
  const reach = (): Promise<void> => {
    arrive()
    return told
  }
  return { reached, reach, goOn: () => { goOn() } }
}

/** Applies as a kiosk does and goes away: what is then asked for is its document. */
export async function applyOnly(target: Target, kiosk: string, who: number): Promise<{ application: string; session: string; document(): Promise<DocumentAnswer> }> {
  const { network, crypto, ids } = target.stage.kioskWorld(kiosk, { purseYen: 0 })
  const { municipality, card } = visitor(target, who)
  const { challenge } = await network.call('challenge', municipality, { kiosk })
  const signature = await card.sign(crypto, PIN, challenge)
  const { session } = await network.call('openSession', municipality, { kiosk, municipality, card: { face: card.face(), certificate: card.read().certificate }, challenge, signature })
  const application = ids.next('application', kiosk)
  await network.call('apply', municipality, { application, session, wish: wishOf({ scope: 'applicant' }) })
  return { application, session, document: () => network.call('fetchDocument', municipality, { application, session }) }
}
