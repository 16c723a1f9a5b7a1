import { TorichigaeError } from '../contract/index.ts'
import type { ArrivalProfile } from '../scenario/arrival-profile.ts'
import { mixOf } from '../scenario/arrivals.ts'
import type { Catalogue } from '../scenario/catalogue.ts'
import type { Incident } from '../scenario/incident.ts'

/** What `--demand` says for what people ask for on an ordinary day. */
export const ORDINARY = 'ordinary'

/**
 * The profile of a load with what people ask for in it: as on an ordinary day, or as on the day of an incident that is a load
 * itself (Yokohama's had bulk printing, without which its limit is hardly ever passed).
 * @param choice `ordinary`, or an incident's id or row; left out, the incident of which a build under load is the build as
 *   deployed, if there is one, else ordinary
 * @throws TorichigaeError UNKNOWN_INCIDENT; USAGE for an incident that is a script and no load
 */
export function profileOfDemand(catalogue: Catalogue, builds: readonly string[], choice?: string): ArrivalProfile {
  const { profile, incidents } = catalogue
  if (choice === ORDINARY) return profile
  const incident = choice === undefined ? [...incidents.values()].find(({ build, load }) => load !== undefined && builds.includes(build)) : catalogue.incident(choice)
  return incident === undefined ? profile : { ...profile, mix: mixOfIncident(incident, profile) }
}

function mixOfIncident({ id, load }: Incident, profile: ArrivalProfile): ArrivalProfile['mix'] {
  if (load === undefined) throw new TorichigaeError('USAGE', `--demand ${id}: that incident is a script and no load`)
  const mix = mixOf(profile, load)
  const says = `As on the day of ${id}: ${String(Math.round(mix.householdShare * 100))} % of the records are of the whole household, and the weights of 1, 2, 3, ... copies are ${mix.copies.join(', ')}.`
  return { ...mix, source: { kind: 'ours', says } }
}
