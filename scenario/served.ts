import { type TestSystem, TorichigaeError } from '../contract/index.ts'
import { AUTHORITY } from '../services/authority/authority.ts'
import { APPLICATIONS, OPEN_STATES } from '../services/issuing/applications.ts'
import { type Deployment, systemNodes } from '../services/system.ts'
import { createCardPress } from '../world/live/crypto.ts'
import type { SharedRunOptions } from '../world/live/host/shared-run.ts'
import type { NodeDefinition } from '../world/node.ts'
import type { Catalogue } from './catalogue.ts'
import { timeOfDayMs } from './script.ts'
import { settle, type Settlement } from './setting.ts'

/** A system that is served: not played by a scenario, but there for whoever calls it. */
export interface ServedSystem {
  readonly seed: number
  /** Residents of each municipality. */
  readonly size: number
  readonly municipalities: readonly { readonly code: string; readonly build: string }[]
  readonly clockFactor: number
  /** The scenario time at which it begins. Default: the time of day in Japan. */
  readonly start?: { readonly date: string; readonly time: string }
}

/** From one run of a link to the next in a served system. Ours. */
const LINK_EVERY_MS = 600_000

/** The nodes of a served system. @throws TorichigaeError UNKNOWN_MUNICIPALITY, UNKNOWN_BUILD, UNKNOWN_PART */
export function servedNodes({ seed, municipalities }: ServedSystem, catalogue: Catalogue): readonly NodeDefinition[] {
  const seals = { everyMs: LINK_EVERY_MS, pageMs: 0, transferMs: 0 }
  return systemNodes(
    municipalities.map(({ code, build }): Deployment => {
      return { municipality: municipalityOf(code, catalogue), build: catalogue.build(build), link: { everyMs: LINK_EVERY_MS, seals } }
    }),
    createCardPress(seed).makeKeys(AUTHORITY).publicKey,
  )
}

/** Its people, municipality by municipality: made anew from the seed, by the system as by its clients. */
export function servedSettlements({ seed, size, municipalities }: Pick<ServedSystem, 'seed' | 'size' | 'municipalities'>, date: string, catalogue: Catalogue): readonly Settlement[] {
  const press = createCardPress(seed)
  return municipalities.map(({ code }) => settle({ seed, size, municipality: municipalityOf(code, catalogue), today: date }, press))
}

/** What the processes of a served system share. @param run name of its schema in the database */
export function sharedRunOf(system: ServedSystem, run: string, catalogue: Catalogue): SharedRunOptions {
  const { seed, size, municipalities, clockFactor, start } = system
  return {
    run,
    clockFactor,
    terms: {
      seed: String(seed),
      size: String(size),
      municipalities: municipalities.map(({ code, build }) => `${code}=${build}`).join(' '),
      'clock factor': String(clockFactor),
      start: start === undefined ? 'the time of day' : `${start.date} ${start.time}`,
    },
    ...(start === undefined ? {} : { start: { date: start.date, startMs: timeOfDayMs(start.time) } }),
    openRows: { table: APPLICATIONS.name, states: OPEN_STATES },
    fill: (date) => servedSettlements(system, date, catalogue).flatMap(({ seeded }) => seeded),
  }
}

/** What the centre of a served system says of it. */
export const testSystemOf = ({ seed, size, clockFactor, municipalities }: ServedSystem): Omit<TestSystem, 'date' | 'nowMs'> => ({
  testSystem: true,
  name: 'torichigae',
  seed,
  size,
  clockFactor,
  municipalities: municipalities.map(({ code, build }) => ({ code, build })),
})

function municipalityOf(code: string, { municipalities }: Catalogue) {
  const municipality = municipalities.get(code)
  if (municipality === undefined) throw new TorichigaeError('UNKNOWN_MUNICIPALITY', code)
  return municipality
}
