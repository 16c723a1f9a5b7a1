import { createHash } from 'node:crypto'
import { CERTIFICATE_TYPES, HISTORY_SCHEMA, type HistoryHeader } from '../contract/index.ts'
import type { ArrivalProfile } from '../scenario/arrival-profile.ts'
import type { LiveHouse } from '../scenario/live.ts'
import { timeOfDayMs } from '../scenario/script.ts'
import { settle, type Settlement } from '../scenario/setting.ts'
import { buildsOf } from '../scenario/target.ts'
import { VERSION } from '../scenario/version.ts'
import { systemNodes } from '../services/system.ts'
import type { Metrics } from '../world/live/metrics.ts'
import { virtualMs } from '../world/ports.ts'
import type { Setting } from '../world/stage.ts'
import { type LoadScene, QUIET_LINK } from './scene.ts'
import type { Venue } from './venue.ts'

/** A system of this process as a load's venue: one centre, and each municipality with its build. The house is closed with it. */
export function liveVenue(house: LiveHouse, scene: LoadScene, profile: ArrivalProfile, metrics: Metrics): Venue {
  const { id, date, start, size, seed, clockFactor, sites } = scene
  const press = house.cardPress(seed)
  const settled = sites.map(({ municipality, build }) => ({ ...settle({ seed, size, municipality, today: date }, press), build: build.id }))
  const builds = buildsOf(settled.map(({ municipality: { code }, build }) => ({ code, build })))
  // One municipality's build needs no place beside it.
  const build = settled.length === 1 ? settled[0]?.build ?? '' : builds
  const folder = [...new Set(settled.map((place) => place.build))].join('+')
  return {
    world: 'live',
    build,
    ground: { date, start, clockFactor, profile, places: settled },
    hold: async ({ rate, purpose, onEvent, drive }) => {
      const header = { ...headerOfLoad(scene, settled), build, rate }
      const staging = { setting: settingOfLoad(scene, settled), header, orderings: [], metrics, ...(onEvent === undefined ? {} : { onEvent }) }
      const named = `${folder}-${purpose}`
      const { history } = await house.stage({ ...staging, purpose: named }, (stage) => drive(stage, stage.directory('challenge', sites[0]?.municipality.code ?? '') ?? ''))
      return { history, file: house.historyFile(id, named) }
    },
    interrupt: async () => {
      house.interrupt()
      await house.stopServer()
    },
    close: () => house.close(),
  }
}

function settingOfLoad({ seed, date, start, sites }: LoadScene, settled: readonly Settlement[]): Setting {
  return {
    seed,
    date,
    startMs: virtualMs(timeOfDayMs(start)),
    nodes: systemNodes(sites.map((site) => ({ ...site, link: QUIET_LINK })), settled[0]?.cards.authorityKey ?? ''),
    seeded: settled.flatMap(({ seeded }) => seeded),
    registered: { residents: settled.flatMap(({ population }) => population), seals: settled.flatMap(({ seals }) => [...seals.values()]) },
  }
}

function headerOfLoad({ id, date, start, size, seed, clockFactor, sites }: LoadScene, settled: readonly Settlement[]): Omit<HistoryHeader, 'build' | 'rate'> {
  const inputs = { date, start, size, seed, sites }
  return {
    schema: HISTORY_SCHEMA,
    tool: VERSION,
    world: 'live',
    seed,
    incident: id,
    fixture: `sha256:${createHash('sha256').update(JSON.stringify(inputs)).digest('hex').slice(0, 32)}`,
    date,
    clockFactor,
    municipalities: settled.map(({ municipality }) => municipality),
    types: [...CERTIFICATE_TYPES],
  }
}
