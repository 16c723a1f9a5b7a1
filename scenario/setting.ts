import type { Municipality, Resident, SealRegistration } from '../contract/index.ts'
import { createCard, type Card } from '../kiosk-sim/card.ts'
import { castPeople, generatePopulation, type PopulationOptions, sealsOf } from '../seeds/people/index.ts'
import { CARDS, type CardRecord } from '../services/centre/cards.ts'
import type { Build } from '../services/build.ts'
import { REPLICA, SEAL_REPLICA } from '../services/link/replica.ts'
import { RESIDENTS } from '../services/register/register.ts'
import { SEALS } from '../services/register/seal-register.ts'
import { CENTRE_SITE, issuingSite, registerSite, systemNodes } from '../services/system.ts'
import { type KeyMaker, virtualMs } from '../world/ports.ts'
import type { Seeded, Setting } from '../world/stage.ts'
import type { Catalogue } from './catalogue.ts'
import { type Incident, timeOfDayMs } from './incident.ts'

/** All cards have this PIN; nobody in this project's data is real. */
export const PIN = '1234'

/** What the runs of one incident share: its people, their cards, and the tables that a run begins with. */
export interface Ground extends Settlement {
  readonly incident: Incident
}

/** The people of one municipality, their cards, and the tables that its sites and the centre begin with. */
export interface Settlement {
  readonly municipality: Municipality
  readonly population: readonly Resident[]
  readonly seals: ReadonlyMap<string, SealRegistration>
  readonly seeded: readonly Seeded[]
  privateKey(resident: string): string
}

/** Lays the ground for an incident: invents its people and makes their cards. */
export function layGround(incident: Incident, catalogue: Catalogue, makeKeys: KeyMaker): Ground {
  const municipality = catalogue.municipalities.get(incident.municipality)
  if (municipality === undefined) throw new RangeError(`no municipality "${incident.municipality}"`)
  const { seed, size } = incident.people
  return { incident, ...settle({ seed, municipality, today: incident.date, ...(size === undefined ? {} : { size }) }, makeKeys) }
}

/** Invents the people of a municipality and makes their cards: the same for the same options. */
export function settle(options: PopulationOptions, makeKeys: KeyMaker): Settlement {
  const { municipality, seed, today } = options
  const population = generatePopulation(options)
  const seals = sealsOf(population, seed, today)
  const keys = new Map(population.map(({ id }) => [id, makeKeys(cardSerial(id))]))
  const residents = population.map((data) => ({ key: data.id, group: data.household, data }))
  const cards = population.map(({ id }) => {
    const data: CardRecord = { resident: id, municipality: municipality.code, publicKey: keys.get(id)?.publicKey ?? '', revoked: false }
    return { key: cardSerial(id), group: id, data }
  })
  return {
    municipality,
    population,
    seals: new Map(seals.map((seal) => [seal.resident, seal])),
    seeded: [
      { site: registerSite(municipality.code), table: RESIDENTS, rows: residents },
      { site: issuingSite(municipality.code), table: REPLICA, rows: residents },
      { site: registerSite(municipality.code), table: SEALS, rows: seals.map((seal) => sealRow(seal, { seal, stampedMs: BEFORE_MS })) },
      { site: issuingSite(municipality.code), table: SEAL_REPLICA, rows: seals.map((seal) => sealRow(seal, seal)) },
      { site: CENTRE_SITE, table: CARDS, rows: cards },
    ],
    privateKey: (resident) => keys.get(resident)?.privateKey ?? '',
  }
}

/** Whatever is registered at the beginning was stamped before the scenario's first day. */
const BEFORE_MS = -1

const sealRow = ({ resident }: SealRegistration, data: unknown): Seeded['rows'][number] => ({ key: resident, group: resident, data })

const cardSerial = (resident: string): string => `card-${resident}`

/** The setting of one run on this ground. @param start time of day; default: the incident's own */
export function settingOf(ground: Ground, build: Build, seed: number, start = ground.incident.start): Setting {
  const { incident, municipality, seeded, population, seals } = ground
  const { everyMs } = incident.link
  return {
    seed,
    date: incident.date,
    startMs: virtualMs(timeOfDayMs(start)),
    nodes: systemNodes([{ municipality, build, link: { everyMs, seals: { everyMs, pageMs: 0, transferMs: 0, ...incident.link.seals } } }]),
    seeded,
    registered: { residents: population, seals: [...seals.values()] },
  }
}

/** A person with a card, as far as a scenario needs one. */
export interface Actor {
  readonly resident: Resident
  readonly card: Card
  /** The seal registration at the beginning, if there is one. */
  readonly seal?: SealRegistration
}

/** The card a person carries at the beginning. */
export function cardOf(ground: Settlement, { id, name, birthDate, sex, address }: Resident): Card {
  return createCard({ serial: cardSerial(id), pin: PIN, privateKey: ground.privateKey(id), face: { name, birthDate, sex, address } })
}

/** Who plays which role, drawn from the population by the run's seed. */
export function castOf(ground: Ground, seed: number): ReadonlyMap<string, Actor> {
  const { incident, population, seals } = ground
  const cast = castPeople(population, incident.people.cast, seed, incident.date, seals)
  return new Map([...cast].map(([role, resident]) => [role, actorOf(ground, resident)]))
}

function actorOf(ground: Ground, resident: Resident): Actor {
  const seal = ground.seals.get(resident.id)
  return { resident, card: cardOf(ground, resident), ...(seal === undefined ? {} : { seal }) }
}
