import fc from 'fast-check'
import type { History } from '../contract/index.ts'
import { type Catalogue } from '../scenario/catalogue.ts'
import { incidentPlan } from '../scenario/plan.ts'
import { layGround } from '../scenario/setting.ts'
import { performSimulated } from '../scenario/simulated.ts'
import { simulatedPress } from '../world/simulated/keys.ts'
import { incidents, type IncidentOptions } from './incidents.ts'

/**
 * Histories of real simulated runs, each as a promise: what was made up is played on its build when the value is drawn. For
 * whoever reads, judges or tells histories.
 */
export const histories = (catalogue: Catalogue, options: IncidentOptions): fc.Arbitrary<Promise<History>> =>
  fc.tuple(incidents(options), fc.integer({ min: 1, max: 1_000_000 })).map(async ([incident, seed]) => {
    const ground = layGround(incident, catalogue, simulatedPress)
    return (await performSimulated(incidentPlan(ground, catalogue.build(options.build), seed))).history
  })
