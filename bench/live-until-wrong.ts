import type { History } from '../contract/index.ts'
import { profileOfDemand } from '../load/demand.ts'
import { liveVenue } from '../load/live-venue.ts'
import { performLoad } from '../load/open-load.ts'
import { loadScene } from '../load/scene.ts'
import { judge } from '../oracle/index.ts'
import type { Catalogue } from '../scenario/catalogue.ts'
import type { LiveHouse } from '../scenario/live.ts'
import type { NamedBuild } from '../scenario/named-build.ts'
import { Metrics } from '../world/live/metrics.ts'

const DURATION_MS = 30_000

/**
 * Puts a load on a build that people who know nothing of its defect would put on it: what is asked for follows from the build, 10
 * sessions a second. Gives the applications up to the first that got what another should have, or how many there were.
 */
export async function requestsUntilWrong(house: LiveHouse, { name, build }: NamedBuild, seed: number, catalogue: Catalogue): Promise<string> {
  const metrics = new Metrics()
  const scene = loadScene({ municipalities: [{ code: 'yokohama', build: 'repaired' }], size: 2_000, seed, clockFactor: 20, durationMs: DURATION_MS }, catalogue)
  const sites = scene.sites.map((site) => ({ ...site, build }))
  const venue = liveVenue(house, { ...scene, sites }, profileOfDemand(catalogue, name.split('/').slice(0, 1)), metrics)
  const { history } = await performLoad(venue, { schedule: { arrivals: 'poisson', perSecond: 10, durationMs: DURATION_MS, seed }, kiosks: 100, metrics })
  const asked = applicationsOf(history)
  const wrong = new Set(judge(history).violations.flatMap(({ invariant, application = '' }) => (invariant === 'SUBJECT' || invariant === 'FRESH' ? [application] : [])))
  const first = asked.findIndex((application) => wrong.has(application))
  return first < 0 ? `none in ${String(asked.length)}` : String(first + 1)
}

const applicationsOf = ({ events }: History): readonly string[] => events.flatMap((event) => (event.type === 'invoke' && event.f === 'apply' ? [event.application] : []))
