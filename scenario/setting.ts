import type { FamilyRegister, Municipality, Resident, SealRegistration, TaxRecord } from '../contract/index.ts'
import type { Card } from '../kiosk-sim/card.ts'
import { castPeople, familyRegistersOf, generatePopulation, type LivesElsewhere, peopleElsewhere, type PopulationOptions, sealsOf, taxRecordsOf } from '../seeds/people/index.ts'
import type { Build } from '../services/build.ts'
import { FAMILY_REGISTERS, familyKey } from '../services/family/family-system.ts'
import { DOMICILE_USERS, type DomicileUser } from '../services/issuing/domicile-users.ts'
import { TAXES, taxKey } from '../services/issuing/taxes.ts'
import { REPLICA, SEAL_REPLICA } from '../services/link/replica.ts'
import { RESIDENTS } from '../services/register/register.ts'
import { SEALS } from '../services/register/seal-register.ts'
import { familySite, issuingSite, offersFamily, offersTaxes, registerSite, systemNodes } from '../services/system.ts'
import { type CardPress, virtualMs } from '../world/ports.ts'
import type { Seeded, Setting } from '../world/stage.ts'
import type { ArrivalProfile } from './arrival-profile.ts'
import { CardMaker } from './cards.ts'
import type { Catalogue } from './catalogue.ts'
import type { Incident } from './incident.ts'
import type { Scenario } from './scenario-file.ts'
import { timeOfDayMs } from './script.ts'

/** What of an incident a run needs to know; a load of no incident's own is one too. */
export type Scene = Pick<Incident, 'id' | 'date' | 'start' | 'municipality' | 'people' | 'link' | 'live'> & Partial<Pick<Incident, 'kiosks' | 'script' | 'load' | 'witness'>> & Pick<Scenario, 'until'>

/** What the runs of one incident share: its people, their cards, and the tables that a run begins with. */
export interface Ground<S extends Scene = Incident> extends Settlement {
  readonly incident: S
  readonly profile: ArrivalProfile
}

/** The people of one municipality, their cards, and the tables that its sites, the authority and the centre begin with. */
export interface Settlement {
  readonly municipality: Municipality
  readonly population: readonly Resident[]
  readonly seals: ReadonlyMap<string, SealRegistration>
  /** Family registers that are kept there; none where no certificate of them is offered. */
  readonly families: readonly FamilyRegister[]
  /** People who live elsewhere and stand in them. */
  readonly elsewhere: readonly LivesElsewhere[]
  /** What the tax register says of its people; nothing where no certificate of that is offered. */
  readonly taxes: readonly TaxRecord[]
  readonly seeded: readonly Seeded[]
  readonly cards: CardMaker
}

/** Lays the ground for an incident: invents its people and makes their cards. */
export function layGround<S extends Scene>(incident: S, catalogue: Catalogue, press: CardPress): Ground<S> {
  const municipality = catalogue.municipalities.get(incident.municipality)
  if (municipality === undefined) throw new RangeError(`no municipality "${incident.municipality}"`)
  const { seed, size } = incident.people
  return { incident, profile: catalogue.profile, ...settle({ seed, municipality, today: incident.date, ...(size === undefined ? {} : { size }) }, press) }
}

/** Invents the people of a municipality and makes their cards: the same for the same options. */
export function settle(options: PopulationOptions, press: CardPress): Settlement {
  const { municipality, seed, today } = options
  const population = generatePopulation(options)
  const seals = sealsOf(population, seed, today)
  const own = offersFamily(municipality) ? familyRegistersOf(population, municipality, seed) : []
  const { people: elsewhere, families: theirs } = offersFamily(municipality) ? peopleElsewhere(options) : NOBODY_ELSEWHERE
  const families = [...own, ...theirs]
  const taxes = offersTaxes(municipality) ? taxRecordsOf(population, municipality, seed, today) : []
  const residents = population.map((data) => ({ key: data.id, group: data.household, data }))
  const cards = new CardMaker(press, today)
  return {
    municipality,
    population,
    seals: new Map(seals.map((seal) => [seal.resident, seal])),
    families,
    elsewhere,
    taxes,
    seeded: [
      { site: registerSite(municipality.code), table: RESIDENTS, rows: residents },
      { site: issuingSite(municipality.code), table: REPLICA, rows: residents },
      { site: registerSite(municipality.code), table: SEALS, rows: seals.map((seal) => sealRow(seal, { seal, stampedMs: BEFORE_MS })) },
      { site: issuingSite(municipality.code), table: SEAL_REPLICA, rows: seals.map((seal) => sealRow(seal, seal)) },
      ...(families.length === 0 ? [] : [{ site: familySite(municipality.code), table: FAMILY_REGISTERS, rows: families.map(familyRow) }]),
      ...(taxes.length === 0 ? [] : [{ site: issuingSite(municipality.code), table: TAXES, rows: taxes.map((data) => ({ key: taxKey(data), group: data.resident, data })) }]),
      ...(elsewhere.length === 0 ? [] : [{ site: issuingSite(municipality.code), table: DOMICILE_USERS, rows: elsewhere.flatMap(userRow) }]),
      ...cards.seeded([...population, ...elsewhere.map(({ resident }) => resident)]),
    ],
    cards,
  }
}

const NOBODY_ELSEWHERE: ReturnType<typeof peopleElsewhere> = { people: [], families: [] }

function userRow({ resident: { id, name, birthDate, domicile, domicileHead }, from }: LivesElsewhere): Seeded['rows'] {
  if (from === undefined || domicile === undefined || domicileHead === undefined) return []
  return [{ key: id, group: id, data: { id, name, birthDate, domicile, domicileHead, from } satisfies DomicileUser }]
}

/** Whatever is registered at the beginning was stamped before the scenario's first day. */
const BEFORE_MS = -1

const sealRow = ({ resident }: SealRegistration, data: unknown): Seeded['rows'][number] => ({ key: resident, group: resident, data })

const familyRow = (data: FamilyRegister): Seeded['rows'][number] => ({ key: familyKey(data), group: data.domicile, data })

/** The setting of one run on this ground. @param start time of day; default: the incident's own */
export function settingOf(ground: Ground<Scene>, build: Build, seed: number, start = ground.incident.start): Setting {
  const { incident, municipality, seeded, population, seals, families, elsewhere, taxes, cards } = ground
  const { everyMs } = incident.link
  const sealTiming = { everyMs, pageMs: 0, transferMs: 0, ...incident.link.seals }
  return {
    seed,
    date: incident.date,
    startMs: virtualMs(timeOfDayMs(start)),
    ...(incident.kiosks === undefined ? {} : { kiosks: incident.kiosks }),
    nodes: systemNodes([{ municipality, build, link: { ...incident.link, seals: sealTiming } }], cards.authorityKey),
    seeded,
    registered: { residents: population, seals: [...seals.values()], families, domicileUsers: domicileUsersOf(elsewhere), taxes },
  }
}

/** Who of them may use the family registers, each from a day on. */
export const domicileUsersOf = (elsewhere: readonly LivesElsewhere[]): NonNullable<Setting['registered']['domicileUsers']> =>
  elsewhere.flatMap(({ resident, from }) => (from === undefined ? [] : [{ resident: resident.id, from }]))

/** A person with a card, as far as a scenario needs one. */
export interface Actor {
  readonly resident: Resident
  readonly card: Card
  /** The seal registration at the beginning, if there is one. */
  readonly seal?: SealRegistration
}

/** Who plays which role, drawn from the population by the run's seed. */
export function castOf(ground: Ground<Scene>, seed: number): ReadonlyMap<string, Actor> {
  const { incident, population, seals, families, elsewhere } = ground
  const familySizes = new Map(families.flatMap(({ members }) => members.map(({ id }) => [id, members.length])))
  const cast = castPeople(population, incident.people.cast, seed, incident.date, seals, familySizes, elsewhere)
  return new Map([...cast].map(([role, resident]) => [role, actorOf(ground, resident)]))
}

function actorOf(ground: Ground<Scene>, resident: Resident): Actor {
  const seal = ground.seals.get(resident.id)
  return { resident, card: ground.cards.cardOf(resident), ...(seal === undefined ? {} : { seal }) }
}
