import { judge } from '../../../oracle/index.ts'
import { type Catalogue, readCatalogue } from '../../../scenario/catalogue.ts'
import type { Incident, Witness } from '../../../scenario/incident.ts'
import { scriptPlan } from '../../../scenario/plan.ts'
import { buildsOf } from '../../../scenario/regress.ts'
import { type Ground, layGround } from '../../../scenario/setting.ts'
import { performSimulated } from '../../../scenario/simulated.ts'
import { type Build, withParts } from '../../../services/build.ts'
import { simulatedPress } from '../../../world/simulated/keys.ts'

/** Seeds tried on each script. */
export const SEEDS = 30

/** One script of an incident, to be searched on the repaired system. */
export interface Searched {
  readonly name: string
  readonly ground: Ground
  readonly script: Omit<Witness, 'expect'>
  /** Base `repaired` with the incident's limits and times, with and without the net downstream. */
  readonly builds: Readonly<Record<'none' | 'compare-image', Build>>
}

/** Every script of every incident: its own, its witness, and those on which half-fixes fail. Loads are not searched. */
export function searched(catalogue: Catalogue = readCatalogue()): Searched[] {
  return [...catalogue.incidents.values()].flatMap((incident) => {
    const ground = layGround(incident, catalogue, simulatedPress)
    const { repaired } = buildsOf(incident, catalogue)
    const withMatch = (match: 'none' | 'compare-image'): Build => withParts(repaired, `repaired, final match ${match}`, { 'issuing/final-match': match })
    const builds = { none: withMatch('none'), 'compare-image': withMatch('compare-image') }
    return scriptsOf(incident).map(([name, script]) => ({ name: `${incident.id}: ${name}`, ground, script, builds }))
  })
}

function scriptsOf({ script, witness, halfFixes }: Incident): (readonly [name: string, script: Omit<Witness, 'expect'>])[] {
  return [
    ...(script === undefined ? [] : [['script', { script }] as const]),
    ...(witness === undefined ? [] : [['witness', witness] as const]),
    ...halfFixes.map(({ variant, stillFails }) => [`where ${variant} fails`, stillFails] as const),
  ]
}

/** Whether search finds a run of this script on this build that ends badly: with a violation, or not at all. */
export async function searchFinds({ ground, script }: Searched, build: Build): Promise<boolean> {
  for (let seed = 1; seed <= SEEDS; seed++) {
    const { history, incomplete } = await performSimulated(scriptPlan(ground, build, seed, script))
    if (incomplete !== undefined || judge(history).verdict !== 'pass') return true
  }
  return false
}
