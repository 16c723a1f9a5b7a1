import { Arena } from '../../../explore/arena.ts'
import { search } from '../../../explore/search.ts'
import { type Catalogue, readCatalogue } from '../../../scenario/catalogue.ts'
import type { Incident } from '../../../scenario/incident.ts'
import type { NamedBuild } from '../../../scenario/named-build.ts'
import { buildsOf } from '../../../scenario/regress.ts'
import { type Scenario, scenarioOf } from '../../../scenario/scenario-file.ts'
import { withParts } from '../../../services/build.ts'

/** Schedules of each scenario, with faults in every other one. */
export const SCHEDULES = 60

/** Whether the finished image is compared with the applicant. */
export type Match = 'none' | 'compare-image'

/** One scenario, to be searched on the repaired system. */
export interface Searched {
  readonly name: string
  readonly scenario: Scenario
  /** Base `repaired` with the incident's limits and times, with and without the final match. */
  readonly builds: Readonly<Record<Match, NamedBuild>>
}

const catalogue = readCatalogue()

/** The neutral scenario, and every script of every incident: its own or its witness, and those on which half-fixes fail. */
export function searched(from: Catalogue = catalogue): Searched[] {
  const neutral: Searched = { name: 'neutral', scenario: from.scenario('neutral'), builds: buildsFor(from.build('repaired')) }
  return [neutral, ...[...from.incidents.values()].flatMap((incident) => {
    const builds = buildsFor(buildsOf(incident, from).repaired)
    return scenariosOf(incident).map(([name, scenario]) => ({ name: `${incident.id}: ${name}`, scenario, builds }))
  })]
}

const buildsFor = (repaired: NamedBuild['build']): Searched['builds'] => ({ none: matched(repaired, 'none'), 'compare-image': matched(repaired, 'compare-image') })

const matched = (repaired: NamedBuild['build'], match: Match): NamedBuild => {
  const name = `repaired, final match ${match}`
  return { name, build: withParts(repaired, name, { 'issuing/final-match': match }), goal: [] }
}

function scenariosOf(incident: Incident): (readonly [name: string, scenario: Scenario])[] {
  const own = scenarioOf(incident)
  if (own === undefined) return []
  return [['script', own], ...incident.halfFixes.map(({ variant, stillFails: { script, start } }) => [`where ${variant} fails`, { ...own, script, start: start ?? own.start }] as const)]
}

/** Whether a search of this scenario on this build finds a run that ends badly: with a violation, or not at all. */
export async function searchFinds({ scenario }: Searched, named: NamedBuild): Promise<boolean> {
  const arena = Arena.make(scenario, named, 1, catalogue)
  const { failing, tally } = await search(arena, { seed: 1, runs: SCHEDULES, strategy: 'portfolio', faults: true })
  return failing !== undefined || tally.unknown.size > 0
}
