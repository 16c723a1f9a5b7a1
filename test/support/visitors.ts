import type { DocumentAnswer, Wish } from '../../contract/index.ts'
import { KioskHall, type VisitEnd } from '../../kiosk-sim/hall.ts'
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

/** Goes to a kiosk before a target and asks for a certificate of oneself. @param who which of its people, from 0 */
export function goToKiosk(target: Target, kiosk: string, who: number, wish: Partial<Wish> = {}): Promise<VisitEnd> {
  const visit = { kiosk, ...visitor(target, who), pin: PIN, touchMs: 20 }
  return new KioskHall(target.stage).visit({ purseYen: 10_000 }, { ...visit, wish: wishOf({ scope: 'applicant', ...wish }) })
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
